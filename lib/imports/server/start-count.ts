import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, getConnection, salesforceFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { getSettings } from '#lib/settings/server/index.ts';
import type { Import, ImportChoice, ImportRequest } from '../schemas.ts';
import { findCountsWithoutJob } from './count-repository.ts';
import { viewOf } from './get-import.ts';
import { deleteOldPlans, insertImport } from './repository.ts';

/** Plans that nobody carried out are kept so long. */
const planLastsMs = 7 * 24 * 60 * 60_000;

/**
 * Begins to count what an import would do; the work is done by a worker. Fails with `salesforce_not_connected`,
 * `salesforce_auth_lost`, `not_found` for a campaign that isn't there or active, or what Salesforce says.
 */
export async function startCount(actor: Actor, request: ImportRequest): Promise<Result<Import>> {
  const { workspaceId } = actor;
  const connection = await getConnection(workspaceId, 'SALESFORCE');
  if (!connection || connection.status === 'disconnected') return fail({ code: 'salesforce_not_connected' });
  if (connection.status === 'expired') return fail({ code: 'salesforce_auth_lost' });
  const choice = await choiceOf(workspaceId, request);
  if (!choice.ok) return choice;
  const settings = await getSettings(actor);
  if (!settings.ok) return settings;
  const row = await inTransaction(async (tx) => {
    const at = await now(tx);
    await deleteOldPlans(tx, workspaceId, new Date(at.getTime() - planLastsMs));
    const made = await insertImport(tx, {
      ...{ workspaceId, orgId: connection.accountId, choice: choice.value, createdAt: at },
      listId: settings.value.values.inclusionListId,
      segmentName: settings.value.segment?.name ?? null,
      ...{ createdById: actor.userId, createdBy: actor.name },
    });
    await recordAudit(tx, {
      ...{ workspaceId, actorId: actor.userId, actor: actor.name, app: 'segbridge', at },
      action: 'import.counted',
      newValue: { importId: made.id, ...choice.value },
    });
    await enqueueCount(tx, made.id);
    return made;
  });
  return ok(await viewOf(row, actor));
}

async function choiceOf(
  workspaceId: string,
  { objects, which }: ImportRequest,
): Promise<Result<ImportChoice>> {
  if (which.kind !== 'campaign') return ok({ objects, which });
  const salesforce = await salesforceFor(workspaceId);
  if (!salesforce.ok) return fail(crmFailureToFailure('SALESFORCE', salesforce.failure));
  const campaigns = await salesforce.value.campaigns();
  if (!campaigns.ok) return fail(crmFailureToFailure('SALESFORCE', campaigns.failure));
  const campaign = campaigns.value.find(({ id }) => id === which.campaignId);
  return campaign ? ok({ objects, which: { ...which, name: campaign.name } }) : fail({ code: 'not_found' });
}

function enqueueCount(tx: Db, importId: string): Promise<void> {
  return enqueue(tx, 'imports.count', { importId }, { jobKey: `import:${importId}` });
}

/** Gives every count that lost its job a new one. */
export async function resumeImportCounts(): Promise<void> {
  for (const id of await findCountsWithoutJob(db())) await inTransaction((tx) => enqueueCount(tx, id));
}
