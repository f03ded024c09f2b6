import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { mappingsAsOf } from '#lib/mappings/server/index.ts';
import { settingsValuesSchema } from '#lib/settings/schemas.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { type Run, runCursorSchema } from '#lib/sync/schemas.ts';
import { getRun } from '#lib/sync/server/index.ts';
import { comparisonOf } from '../rules.ts';
import type { Receipt } from '../schemas.ts';
import { prove } from './prove.ts';
import * as repository from './receipt-repository.ts';

/** The receipt of a run: what it did, cost and proves, under which settings. Fails with `not_found`. */
export async function getReceipt(
  actor: Pick<Actor, 'workspaceId' | 'role'>,
  id: string,
): Promise<Result<Receipt>> {
  const { workspaceId } = actor;
  const [run, row] = await Promise.all([getRun(actor, id), repository.findRun(db(), workspaceId, id)]);
  if (!run.ok) return run;
  if (!row) return fail({ code: 'not_found' });
  const [number, stoppedBy, person, outcomes, notSynced, settings, newest, confirmations] = await Promise.all(
    [
      repository.countRunsUpTo(db(), workspaceId, row.createdAt),
      repository.findStopper(db(), workspaceId, id),
      repository.findPerson(db(), id),
      repository.countOutcomes(db(), id),
      repository.countNotSynced(db(), id),
      settingsThen(row),
      currentSettings(db(), workspaceId),
      confirmationsOf(row),
    ],
  );
  const counts = { ...countsOf(run.value), partial: outcomes.partial };
  const people = run.value.processed;
  const isErased = people > 0 && outcomes.all === 0;
  return ok({
    ...run.value,
    ...{ number, person, stoppedBy: row.status === 'STOPPED' ? stoppedBy : null, counts },
    comparison: row.status === 'DONE' ? comparisonOf(factsOf(run.value, row, counts)) : [],
    notSynced: notSynced.map(({ to, ...rest }) => ({
      ...rest,
      to: to === 'hubspot' || to === 'salesforce' ? to : null,
    })),
    settings,
    proofs: isErased ? [] : await prove({ ...row, people, outcomes: outcomes.all, open: outcomes.open }),
    confirmations,
    keepingDays: newest.values.keepingDays,
    isErased,
    canControl: actor.role === 'admin',
  });
}

function countsOf({ created, updated, unchanged, skipped, failed }: Run) {
  return { created, updated, unchanged, skipped, failed };
}

function factsOf(run: Run, row: repository.RunRow, counts: Receipt['counts']) {
  const cursor = runCursorSchema.safeParse(row.cursor);
  return {
    forecast: run.forecast,
    counts,
    people: run.processed,
    salesforceCalls: run.salesforceCalls,
    morePasses: cursor.success ? cursor.data.passes : 0,
    troubles: cursor.success ? cursor.data.troubles : 0,
  };
}

async function settingsThen(row: repository.RunRow): Promise<Receipt['settings']> {
  const { workspaceId, settingsVersion: version } = row;
  const began = row.startedAt ?? row.createdAt;
  const [stored, mappings, changes] = await Promise.all([
    repository.findVersion(db(), workspaceId, version),
    mappingsAsOf(db(), workspaceId, version),
    repository.findVersionsBetween(db(), workspaceId, began, row.finishedAt ?? (await now())),
  ]);
  const values = settingsValuesSchema.parse(stored?.values ?? {});
  const { salesforceChanges, hubspotCreates, salesforceDeletes, inclusionListId } = values;
  const listId = row.kind === 'RESYNC' ? row.listId : inclusionListId;
  const name = listId === null ? null : await repository.findSegmentName(db(), workspaceId, listId);
  return {
    ...{ version, salesforceChanges, hubspotCreates, salesforceDeletes },
    since: stored?.changedAt.toISOString() ?? null,
    segment: row.segmentName ?? name ?? listId,
    mappings: {
      all: mappings.length,
      twoWay: mappings.filter(({ rule }) => rule === 'TWO_WAY').length,
    },
    changes: changes.map((change) => ({ version: change.version, at: change.changedAt.toISOString() })),
  };
}

async function confirmationsOf(row: repository.RunRow): Promise<Receipt['confirmations']> {
  const until = row.finishedAt ?? (await now());
  const holds = await repository.findConfirmations(db(), row.workspaceId, row.createdAt, until);
  return holds.flatMap(({ confirmedBy, confirmedAt }) =>
    confirmedAt ? [{ by: confirmedBy, at: confirmedAt.toISOString() }] : [],
  );
}
