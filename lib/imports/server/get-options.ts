import type { Actor } from '#lib/auth/actor.ts';
import { getConnection, salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { getSettings } from '#lib/settings/server/index.ts';
import { type ImportOptions, importChoiceSchema } from '../schemas.ts';
import { findActiveImport } from './repository.ts';

/** What may be imported, as Salesforce has it now. Three Salesforce calls. */
export async function getImportOptions(actor: Actor): Promise<Result<ImportOptions>> {
  const { workspaceId } = actor;
  const [connection, settings, active] = await Promise.all([
    getConnection(workspaceId, 'SALESFORCE'),
    getSettings(actor),
    findActiveImport(db(), workspaceId),
  ]);
  if (!settings.ok) return settings;
  const { values, segment } = settings.value;
  const isConnected = connection?.status === 'connected';
  return ok({
    ...(isConnected ? await readOrg(workspaceId) : { counts: null, campaigns: null }),
    active: active && {
      id: active.id,
      total: active.total,
      objects: importChoiceSchema.parse(active.choice).objects,
    },
    segmentName: segment?.name ?? null,
    hasLimit: values.inclusionListId !== null,
    salesforceChanges: values.salesforceChanges,
    isConnected,
    canStart: actor.role === 'admin',
  });
}

async function readOrg(workspaceId: string): Promise<Pick<ImportOptions, 'counts' | 'campaigns'>> {
  const salesforce = await salesforceFor(workspaceId, { timeoutMs: 15_000 });
  if (!salesforce.ok) return { counts: null, campaigns: null };
  const [counts, campaigns] = await Promise.all([salesforce.value.countOpen(), salesforce.value.campaigns()]);
  return {
    counts: counts.ok ? { lead: counts.value.Lead, contact: counts.value.Contact } : null,
    campaigns: campaigns.ok ? campaigns.value : null,
  };
}
