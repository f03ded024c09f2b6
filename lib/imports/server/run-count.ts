import { crmFailureToFailure, hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { log, logBug } from '#lib/core/log.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { JobContext } from '#lib/jobs/jobs.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { callsOf, minutesFor, toImport } from '../rules.ts';
import { type ImportForecast, importChoiceSchema } from '../schemas.ts';
import {
  clearPeople,
  countPlan,
  findFormerRuns,
  findTimeZone,
  insertPeople,
  judgeByStore,
  storeCounted,
  storeUncounted,
} from './count-repository.ts';
import { judge } from './judge.ts';
import { readChosen } from './read-chosen.ts';
import { findImport, type ImportRow } from './repository.ts';

/**
 * The job of a count: reads what was chosen, and says of each record what an import would do. It writes in neither
 * system. Whoever dies on the way is followed by one that begins anew.
 */
export async function runImportCount({ importId }: { importId: string }, context: JobContext): Promise<void> {
  const row = await findImport(db(), importId);
  if (row?.state !== 'COUNTING') return;
  try {
    const counted = await count(row, context.signal);
    if (counted.ok) return;
    log.warn({ importId, reason: counted.failure.code }, 'an import could not be counted');
    await storeUncounted(db(), importId, counted.failure.code);
  } catch (error) {
    if (!context.isLastAttempt || context.signal.aborted) throw error;
    logBug(error, { importId });
    await storeUncounted(db(), importId, 'unexpected');
  }
}

async function count(row: ImportRow, signal: AbortSignal): Promise<Result<null>> {
  const { workspaceId, orgId } = row;
  const salesforce = await salesforceFor(workspaceId, { signal, account: orgId });
  if (!salesforce.ok) return fail(crmFailureToFailure('SALESFORCE', salesforce.failure));
  const hubspot = await hubspotFor(workspaceId, { signal });
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const { timeZone } = await findTimeZone(db(), workspaceId);
  await clearPeople(db(), row.id);
  for await (const page of readChosen(salesforce.value, importChoiceSchema.parse(row.choice), timeZone)) {
    if (!page.ok) {
      signal.throwIfAborted();
      return fail(crmFailureToFailure('SALESFORCE', page.failure));
    }
    await insertPeople(db(), row, page.value);
  }
  await judgeByStore(db(), row);
  const judged = await judge(row, hubspot.value, timeZone);
  if (!judged.ok) {
    signal.throwIfAborted();
    return judged;
  }
  const counts = await countPlan(db(), row.id);
  await storeCounted(db(), row.id, {
    counts,
    forecast: await forecastOf(row, counts),
    countedAt: await now(),
  });
  return ok(null);
}

async function forecastOf(
  { workspaceId }: ImportRow,
  counts: Parameters<typeof callsOf>[0],
): Promise<ImportForecast> {
  const { values } = await currentSettings(db(), workspaceId);
  const calls = callsOf(counts);
  const people = toImport(counts);
  return {
    contacts: people,
    newRecords: counts.create.inList + counts.create.emailOnly,
    updates: counts.link.inList,
    salesforceCalls: calls.salesforce,
    hubspotCalls: calls.hubspot,
    creates: values.hubspotCreates,
    minutes: minutesFor(people, await findFormerRuns(db(), workspaceId)),
  };
}
