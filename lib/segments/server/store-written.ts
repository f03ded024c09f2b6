import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/core/db.ts';
import type { HubSpotList } from '#lib/crm/ports.ts';
import type { FilterBranch } from '../filter/model.ts';
import { deleteDraft, storeCriteria, storeDescription, storeLists } from './repository.ts';

type Written = {
  list: HubSpotList;
  action: 'segment.created' | 'segment.renamed' | 'segment.filtersChanged' | 'segment.restored';
  oldValue?: unknown;
  newValue?: unknown;
  filterBranch?: FilterBranch;
  description?: string;
  /** Key of the draft that became this. */
  draftOf?: string;
};

/** Stores what HubSpot answered to a write, and who did it. */
export async function storeWritten(actor: Actor, written: Written): Promise<void> {
  const { workspaceId, userId } = actor;
  const { list, action, filterBranch, description, draftOf } = written;
  const { listId } = list;
  await inTransaction(async (tx) => {
    const at = await now(tx);
    await storeLists(tx, workspaceId, [list], at);
    if (filterBranch) {
      await storeCriteria(tx, { workspaceId, listId, version: list.version }, filterBranch, at, actor.name);
    }
    if (description !== undefined) await storeDescription(tx, workspaceId, listId, description);
    if (draftOf !== undefined) await deleteDraft(tx, workspaceId, userId, draftOf);
    await recordAudit(tx, {
      workspaceId,
      actorId: userId,
      actor: actor.name,
      action,
      app: 'hubspot',
      oldValue: written.oldValue,
      newValue: written.newValue ?? { listId, name: list.name },
      at,
    });
  });
}
