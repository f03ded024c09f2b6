import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { describeSegment } from '#lib/segments/server/index.ts';
import { isOpen } from '../rules.ts';
import { type SettingsView, settingsKeySchema } from '../schemas.ts';
import { countContacts } from './count-contacts.ts';
import * as repository from './repository.ts';

/**
 * The settings as the Contacts tab shows them. Sizes and states are asked of HubSpot; where it does not
 * answer, they are as last seen and `stale` says so: settings stay readable without the CRMs.
 */
export async function getSettings(actor: Actor): Promise<Result<SettingsView>> {
  const { workspaceId } = actor;
  const stored = await repository.newestSettings(db(), workspaceId);
  const listId = stored.values.inclusionListId;
  const [segment, contacts, changed, change, at] = await Promise.all([
    listId === null ? null : describeSegment(workspaceId, listId),
    countContacts(workspaceId),
    repository.lastChanges(db(), workspaceId),
    repository.newestChange(db(), workspaceId),
    now(),
  ]);
  const changes = changesByKey(changed);
  return ok({
    ...stored,
    segment: segment?.segment ?? null,
    stale: contacts.stale || (segment?.stale ?? false),
    contactCount: contacts.count,
    changedBy: changes.inclusionListId?.by ?? null,
    changedAt: changes.inclusionListId?.at ?? null,
    changes,
    undo: change && isOpen(change, at) ? undoOf(change, at) : null,
    lastSwitch: change && { changeId: change.id, at: change.changedAt.toISOString() },
    canEdit: actor.role === 'admin',
  });
}

function undoOf(change: { id: string; inForceAt: Date }, at: Date) {
  const secondsLeft = Math.max(Math.ceil((change.inForceAt.getTime() - at.getTime()) / 1000), 0);
  return { changeId: change.id, until: change.inForceAt.toISOString(), secondsLeft };
}

/** Of the keys that are settings here; mappings have a page of their own. */
function changesByKey(rows: Awaited<ReturnType<typeof repository.lastChanges>>): SettingsView['changes'] {
  const changes: SettingsView['changes'] = {};
  for (const { key, changedBy, changedAt } of rows) {
    const known = settingsKeySchema.safeParse(key);
    if (known.success) changes[known.data] = { by: changedBy, at: changedAt.toISOString() };
  }
  return changes;
}
