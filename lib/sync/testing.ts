import { randomUUID } from 'node:crypto';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { updateSettings } from '#lib/settings/server/index.ts';
import { connectHubSpot, connectSalesforce } from '#lib/testing/connections.ts';
import { createWorkspace, moveClock, type TestWorkspace } from '#lib/testing/database.ts';
import type { Simulators } from '#lib/testing/simulators.ts';
import { isActive, type Run } from './schemas.ts';
import { getRun, runCountSwitch, runResync, startResync } from './server/index.ts';

export const salesReady = 'Sales-ready contacts, EMEA and US';

/** A workspace of the demo account, connected to both simulators. */
export async function connectedWorkspace(simulators: Simulators): Promise<TestWorkspace> {
  const { accounts } = (await simulators.hubspot.config()) as unknown as {
    accounts: { portalId: number; timeZone: string }[];
  };
  const workspace = await createWorkspace({
    hubId: String(accounts[0]?.portalId),
    timeZone: accounts[0]?.timeZone ?? 'UTC',
  });
  await connectHubSpot(workspace, simulators.hubspot);
  await connectSalesforce(workspace);
  return workspace;
}

export type Scene = { workspace: TestWorkspace; listId: string };

/** Before each test: the demo account connected anew, its inclusion segment chosen, and the wait of that over. */
export async function withSalesReady(simulators: Simulators): Promise<Scene> {
  await simulators.reset();
  const workspace = await connectedWorkspace(simulators);
  const listId = await listIdOf(workspace.workspaceId, salesReady);
  await chooseSegment(workspace, listId);
  await moveClock(61_000, simulators);
  return { workspace, listId };
}

/** After each test: no fault and nobody's data is left. */
export async function clearScene(simulators: Simulators): Promise<void> {
  await simulators.salesforce.faults([]);
  await simulators.hubspot.faults([]);
  await db().workspace.deleteMany();
  await db().claim.deleteMany();
}

export async function listIdOf(workspaceId: string, name: string): Promise<string> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) throw new Error(hubspot.failure.kind);
  for await (const page of hubspot.value.lists()) {
    if (!page.ok) throw new Error(page.failure.kind);
    const list = page.value.find((each) => each.name === name);
    if (list) return list.listId;
  }
  throw new Error(`There is no segment ${name}.`);
}

async function choose({ actor }: TestWorkspace, listId: string | null): Promise<void> {
  const newest = await db().settingsVersion.findFirst({
    where: { workspaceId: actor.workspaceId },
    orderBy: { version: 'desc' },
  });
  const version = newest?.version ?? 0;
  const changed = await updateSettings(actor, { key: 'inclusionListId', value: listId, version });
  if (!changed.ok) throw new Error(changed.failure.code);
}

/** Chooses another inclusion segment as a person does; answers the change, which nobody has counted yet. */
export async function saveChoice(workspace: TestWorkspace, listId: string | null): Promise<string> {
  await choose(workspace, listId);
  const change = await db().settingsChange.findFirstOrThrow({
    where: { workspaceId: workspace.workspaceId, endedAt: null },
    orderBy: { version: 'desc' },
  });
  return change.id;
}

/** Counts in this process what a change does. */
export async function countChange(changeId: string): Promise<void> {
  const context = { workerId: randomUUID(), signal: new AbortController().signal, isLastAttempt: false };
  await runCountSwitch({ changeId }, context);
}

/** Chooses the inclusion segment, and lets the choice come into force once it is counted; answers its change. */
export async function chooseInForce(
  workspace: TestWorkspace,
  listId: string | null,
  simulators: Simulators,
): Promise<string> {
  const changeId = await saveChoice(workspace, listId);
  await countChange(changeId);
  await moveClock(61_000, simulators);
  return changeId;
}

/** Chooses the inclusion segment. While the 60 seconds of the switch last, both gates hold. */
export async function chooseSegment(workspace: TestWorkspace, listId: string | null): Promise<void> {
  await choose(workspace, listId);
  // As if it had been counted; what counting does has tests of its own.
  await db().settingsChange.updateMany({ where: { endedAt: null }, data: { settledAt: await now() } });
}

/** Runs a run's jobs in this process until it has ended; whenever it waits, all clocks move on. */
export async function runToEnd(
  workspace: TestWorkspace,
  runId: string,
  simulators: Simulators,
): Promise<Run> {
  for (let jobs = 0; jobs < 30; jobs += 1) {
    const run = await runJob(workspace, runId);
    if (!isActive(run)) return run;
    await moveClock(70_000, simulators);
  }
  throw new Error('The run does not come to an end.');
}

/** Starts a resync and answers its id. */
export async function startRun({ actor }: TestWorkspace): Promise<string> {
  const started = await startResync(actor);
  if (!started.ok) throw new Error(started.failure.code);
  return started.value.id;
}

/** One job of a run, as the worker does it. */
export async function runJob({ actor }: TestWorkspace, runId: string): Promise<Run> {
  const context = { workerId: randomUUID(), signal: new AbortController().signal, isLastAttempt: false };
  await runResync({ runId }, context);
  const run = await getRun(actor, runId);
  if (!run.ok) throw new Error(run.failure.code);
  return run.value;
}

export async function resync(workspace: TestWorkspace, simulators: Simulators): Promise<Run> {
  return runToEnd(workspace, await startRun(workspace), simulators);
}
