import { randomUUID } from 'node:crypto';
import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import type { HubSpotPort, SalesforceObject, SalesforcePort } from '#lib/crm/ports.ts';
import { moveClock, type TestWorkspace } from '#lib/testing/database.ts';
import type { Simulators } from '#lib/testing/simulators.ts';
import { connectedScope, openCollecting } from '../server/poll.ts';
import type { Scope } from '../store.ts';
import { type Cause, causesSchema } from '../triggers.ts';
import { collect, type PollEnd } from './collect.ts';
import type { CollectDeps } from './deps.ts';

export async function depsOf(
  { workspaceId }: TestWorkspace,
  isEnough: () => boolean = () => false,
): Promise<CollectDeps> {
  const scope = await connectedScope(workspaceId);
  if (!scope) throw new Error('Not both systems are connected.');
  const deps = await openCollecting(scope, new AbortController().signal, isEnough);
  if (!deps) throw new Error('A connection has ended.');
  return deps;
}

/** One poll a minute later, so that search knows of everything and lists have been processed. */
export async function pollLater(
  workspace: TestWorkspace,
  simulators: Simulators,
  minutes = 1,
): Promise<PollEnd> {
  await moveClock(minutes * 60_000, simulators);
  return collect(await depsOf(workspace));
}

export type Found = { contactId: string | null; recordId: string | null; causes: Cause[] };

/** Takes everything out of the inbox. */
export async function takeInbox({ workspaceId }: TestWorkspace): Promise<Found[]> {
  const rows = await db().trigger.findMany({ where: { workspaceId }, orderBy: { firstAt: 'asc' } });
  await db().trigger.deleteMany({ where: { workspaceId } });
  return rows.map(({ contactId, recordId, causes }) => ({
    ...{ contactId, recordId },
    causes: causesSchema.parse(causes),
  }));
}

/** What the inbox holds, as `kind id`, sorted; then it is empty. */
export async function kindsInInbox(workspace: TestWorkspace): Promise<string[]> {
  const found = await takeInbox(workspace);
  return found
    .flatMap(({ contactId, recordId, causes }) =>
      causes.map(({ kind }) => `${kind} ${contactId ?? recordId}`),
    )
    .sort();
}

export async function hubspotOf({ workspaceId }: TestWorkspace): Promise<HubSpotPort> {
  const port = await hubspotFor(workspaceId);
  if (!port.ok) throw new Error(port.failure.kind);
  return port.value;
}

export async function salesforceOf({ workspaceId }: TestWorkspace): Promise<SalesforcePort> {
  const port = await salesforceFor(workspaceId);
  if (!port.ok) throw new Error(port.failure.kind);
  return port.value;
}

export async function createContact(
  workspace: TestWorkspace,
  values: Record<string, string>,
): Promise<string> {
  const port = await hubspotOf(workspace);
  const made = await port.createContacts([{ traceId: randomUUID(), values }]);
  const [first] = made.ok ? made.value : [];
  if (!first?.ok) throw new Error(`No contact was made: ${JSON.stringify(first ?? made)}`);
  return first.value.id;
}

export async function changeContact(
  workspace: TestWorkspace,
  id: string,
  values: Record<string, string | null>,
): Promise<void> {
  const changed = await (await hubspotOf(workspace)).updateContacts([{ id, values }]);
  if (!changed.ok || !changed.value[0]?.ok) throw new Error(`${id} was not changed.`);
}

export async function createRecord(
  workspace: TestWorkspace,
  object: SalesforceObject,
  values: Record<string, string>,
): Promise<string> {
  const port = await salesforceOf(workspace);
  const made = await port.createRecords([{ object, values }], { autoAssign: false });
  const [first] = made.ok ? made.value : [];
  if (!first?.ok) throw new Error(`No record was made: ${JSON.stringify(first ?? made)}`);
  return first.value.id;
}

export async function changeRecord(
  workspace: TestWorkspace,
  object: SalesforceObject,
  id: string,
  values: Record<string, string | null>,
): Promise<void> {
  const changed = await (await salesforceOf(workspace)).updateRecords([{ object, id, values }]);
  if (!changed.ok || !changed.value[0]?.ok) throw new Error(`${id} was not changed.`);
}

/** Links a contact and a record, as the sync does. */
export async function link(
  scope: Scope,
  contactId: string,
  recordId: string,
  object: 'LEAD' | 'CONTACT' = 'LEAD',
): Promise<void> {
  await db().link.create({
    data: { ...scope, contactId, recordId, object, origin: 'MATCHED', createdAt: new Date() },
  });
}
