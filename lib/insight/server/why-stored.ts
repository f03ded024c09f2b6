import { z } from 'zod';
import type { Change } from '#lib/activity/schemas.ts';
import { unpackChanges } from '#lib/activity/server/index.ts';
import { flushApiUse } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { currentGate, currentSettings } from '#lib/settings/server/index.ts';
import { allocationOf, budgetWindowMs, writingStop } from '#lib/sync/server/index.ts';
import { freeAgainAt } from '../rules.ts';
import type { WhyFacts } from '../why-rules.ts';
import * as facts from './facts-repository.ts';
import * as why from './why-repository.ts';

/** What is stored about a person and about what holds up everybody; no CRM is asked. */
export type Stored = Awaited<ReturnType<typeof readStored>>;

const throughSchema = z.object({ property: z.string(), value: z.string().nullable() }).nullable().catch(null);
const causesSchema = z
  .array(
    z.object({
      kind: z.string(),
      side: z.string(),
      fields: z.array(z.string()).optional(),
      at: z.string(),
    }),
  )
  .catch([]);

export async function readStored(workspaceId: string, contactId: string) {
  await flushApiUse();
  const at = await now();
  const connections = await why.findConnections(db(), workspaceId);
  const orgId = connections.salesforce?.accountId ?? '';
  const person = { workspaceId, orgId, contactId };
  const [settings, gate, links, outcomes, stays, trigger, conflicts, general, nextCheckAt] =
    await Promise.all([
      currentSettings(db(), workspaceId),
      currentGate(db(), workspaceId, at),
      why.findLinks(db(), person),
      why.findOutcomes(db(), person),
      why.findStays(db(), person),
      why.findTrigger(db(), person),
      why.findConflicts(db(), person),
      readGeneral(person, at),
      why.findNextCheck(db(), workspaceId),
    ]);
  const segment = gate.listId ? await facts.findSegment(db(), workspaceId, gate.listId) : null;
  const paused = settings.values.paused ? await facts.findPause(db(), workspaceId) : null;
  const allocation = allocationOf(settings.values.apiAllocation, connections.salesforce?.apiLimit ?? null);
  return {
    ...{ at, connections, person, settings: settings.values, gate, segment, links, outcomes, stays, trigger },
    ...{ conflicts, nextCheckAt, paused, hold: general.hold },
    budget: {
      used: general.calls.reduce((sum, each) => sum + each.calls, 0),
      allocation,
      freeAt: freeAgainAt(general.calls, allocation)?.toISOString() ?? null,
    },
  };
}

async function readGeneral({ workspaceId, orgId }: { workspaceId: string; orgId: string }, at: Date) {
  const [calls, stop] = await Promise.all([
    facts.findCalls(db(), workspaceId, new Date(at.getTime() - budgetWindowMs)),
    writingStop(db(), { workspaceId, orgId }, at),
  ]);
  return { calls, hold: stop?.kind === 'hold' ? stop : null };
}

/** Through which criterion a stay began or ended, as far as it was told. */
export function readThrough(through: unknown) {
  return throughSchema.parse(through);
}

export function readChanges(outcome: why.StoredOutcome): Change[] {
  return unpackChanges(outcome, outcome.run);
}

/** The facts of the rules as far as they are stored. What only the CRMs know is added by who asked them. */
export function storedFacts(stored: Stored): WhyFacts {
  const { connections, paused, hold, links, outcomes, gate, settings } = stored;
  const living = links.find(({ endedAt }) => endedAt === null) ?? null;
  const [newestLink] = links;
  const ended = living ? null : (newestLink ?? null);
  const isErased = ended?.endCause === 'privacy_deleted';
  const isGone = ended?.endCause === 'deleted_in_hubspot' || outcomes[0]?.reason === 'deleted_in_hubspot';
  const crms = [connections.hubspot, connections.salesforce];
  const stay = stored.stays.find(({ listId }) => listId === gate.listId) ?? null;
  return {
    connected: crms.every((crm) => crm?.status === 'CONNECTED'),
    expired: crms.some((crm) => crm?.status === 'EXPIRED'),
    paused: settings.paused ? { by: paused?.actor ?? null, since: paused?.at.toISOString() ?? null } : null,
    held: hold ? { since: hold.since.toISOString() } : null,
    budget: stored.budget,
    list: listOf(stored),
    contact: isErased ? 'erased' : isGone ? 'gone' : 'known',
    goneAt: (ended?.endedAt ?? (isGone ? outcomes[0]?.at : null))?.toISOString() ?? null,
    deletedBySalesforce: false,
    hasEmail: outcomes[0]?.reason !== 'no_email',
    standing: gate.listId === null || (stay && !stay.until) ? 'member' : 'outside',
    switchUntil: gate.waitsUntil?.toISOString() ?? null,
    stay: stay && { since: stay.since.toISOString(), until: stay.until?.toISOString() ?? null },
    groups: '',
    criterion: criterionOf(stay?.until ? readThrough(stay.leftThrough) : null, stay?.until ?? null),
    link: living && {
      object: living.object === 'LEAD' ? 'lead' : 'contact',
      ...{ recordId: living.recordId, origin: living.origin, importOnly: living.importOnly },
      createdAt: living.createdAt.toISOString(),
    },
    tombstone: ended?.endedAt
      ? {
          object: ended.object === 'LEAD' ? 'lead' : 'contact',
          ...{ cause: ended.endCause ?? '', at: ended.endedAt.toISOString(), mergedInto: ended.mergedInto },
        }
      : null,
    outcome: outcomeOf(outcomes[0] ?? null),
    cause: causeOf(stored),
    open: stored.trigger && {
      waitsFor: stored.trigger.waitsFor,
      dueAt: stored.trigger.dueAt.toISOString(),
      attempts: stored.trigger.attempts,
    },
    differing: 0,
    agreedAt:
      (living?.shadowAt ?? outcomes.find(({ result }) => agreed.has(result))?.at)?.toISOString() ?? null,
  };
}

const agreed = new Set(['CREATED', 'UPDATED', 'UNCHANGED']);

function listOf({ gate, segment }: Stored): WhyFacts['list'] {
  if (gate.listId === null) return 'none';
  return segment && (segment.deletedAt || segment.processingType !== 'DYNAMIC') ? 'gone' : 'ready';
}

function criterionOf(through: ReturnType<typeof readThrough>, at: Date | null): WhyFacts['criterion'] {
  if (!through) return null;
  const { property, value } = through;
  return { property, label: property, value, isHidden: false, since: at?.toISOString() ?? null, more: 0 };
}

function outcomeOf(row: why.StoredOutcome | null): WhyFacts['outcome'] {
  if (!row) return null;
  const changes = readChanges(row);
  const written = changes.filter(({ failure }) => !failure);
  const failed = changes.find(({ failure }) => failure) ?? null;
  return {
    result: row.result,
    reason: row.reason,
    at: row.at.toISOString(),
    written: written.length,
    to: written[0]?.to ?? null,
    severalRecords: row.warnings.includes('several_records'),
    failure:
      row.category === null
        ? null
        : {
            outcomeId: row.id,
            category: row.category,
            code: row.code ?? failed?.failure?.code ?? null,
            message: row.message ?? failed?.failure?.message ?? null,
            ...{ field: failed?.label ?? null, value: failed?.new ?? null, to: failed?.to ?? null },
            isPartial: row.result !== 'FAILED',
          },
  };
}

/** What last asked for this person: what waits now, else what the newest outcome closed. */
function causeOf({ trigger, outcomes, at }: Stored): WhyFacts['cause'] {
  const open = causesSchema
    .parse(trigger?.causes ?? [])
    // A retry names the time when it is due.
    .filter((cause) => cause.at <= at.toISOString());
  const closed = causesSchema.parse(
    outcomes.find(({ causes }) => causesSchema.parse(causes).length > 0)?.causes ?? [],
  );
  const newest = [...(open.length > 0 ? open : closed)].sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (newest) {
    return { kind: newest.kind, side: newest.side, label: newest.fields?.[0] ?? null, at: newest.at };
  }
  const [last] = outcomes;
  return last ? { kind: last.trigger, side: 'person', label: null, at: last.at.toISOString() } : null;
}
