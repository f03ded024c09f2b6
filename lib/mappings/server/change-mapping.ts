import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { clashOf, ownRuleOf } from '../pair.ts';
import type { ChangedMapping, MappingsView } from '../schemas.ts';
import { checkMapping } from './check-mapping.ts';
import { getMappings } from './get-mappings.ts';
import { findMappings, lockWorkspace, type MappingRow, toStored } from './repository.ts';
import { takenBy } from './taken-by.ts';
import { writeMapping } from './write-mapping.ts';

/**
 * Changes a mapping, against the version that the person saw. A default one keeps its ends, and e-mail always
 * syncs. Fails with `not_found`, `version_conflict` (and all mappings as they are now), `mapping_is_default`,
 * `mapping_required`, `mapping_taken`, or as `checkMapping`.
 */
export async function changeMapping(
  actor: Actor,
  id: string,
  { version, ...wanted }: ChangedMapping,
): Promise<Result<MappingsView>> {
  const { workspaceId } = actor;
  const seen = (await findMappings(db(), workspaceId)).find((row) => row.id === id);
  if (!seen) return fail({ code: 'not_found' });
  const refusal = refusalOf(seen, wanted);
  if (refusal) return fail(refusal);
  const checked = await directionFor(workspaceId, seen, wanted);
  if (!checked.ok) return checked;
  const changed = await inTransaction<Result<boolean>>(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const rows = await findMappings(tx, workspaceId);
    const row = rows.find((each) => each.id === id);
    if (!row) return fail({ code: 'not_found' });
    if (row.version !== version) return ok(false);
    const clash = clashOf({ ...wanted, id }, rows);
    if (clash) return fail(takenBy(clash));
    const before = toStored(row);
    if (isSame(row, wanted)) return ok(true);
    const after = { ...before, ...wanted, direction: checked.value };
    await writeMapping(tx, actor, { before, after }, await now(tx), 'mapping.changed');
    return ok(true);
  });
  if (!changed.ok) return changed;
  const view = await getMappings(actor);
  return changed.value ? view : conflictOf(view, id);
}

type Wanted = Omit<ChangedMapping, 'version'>;

function isSame(row: MappingRow, wanted: Wanted): boolean {
  return hasSameEnds(row, wanted) && row.rule === wanted.rule;
}

function hasSameEnds(row: MappingRow, wanted: Wanted): boolean {
  return (
    row.hubspotProperty === wanted.hubspotProperty &&
    row.leadField === wanted.leadField &&
    row.contactField === wanted.contactField
  );
}

function refusalOf(row: MappingRow, wanted: Wanted): Failure | null {
  const values = { name: row.hubspotProperty };
  if (row.isDefault && !hasSameEnds(row, wanted)) return { code: 'mapping_is_default', values };
  if (wanted.rule === 'DONT_SYNC' && ownRuleOf(row) === 'email') return { code: 'mapping_required', values };
  return null;
}

/** Default mappings are exempt from the table of types; ending a sync must work without the CRMs. */
async function directionFor(
  workspaceId: string,
  row: MappingRow,
  wanted: Wanted,
): Promise<Result<MappingRow['direction']>> {
  const isExempt = row.isDefault || (hasSameEnds(row, wanted) && wanted.rule === 'DONT_SYNC');
  return isExempt ? ok(row.direction) : checkMapping(workspaceId, wanted);
}

/** Tells who was first, and how things are now. */
export function conflictOf(view: Result<MappingsView>, id: string): Result<MappingsView> {
  if (!view.ok) return view;
  const theirs = view.value.mappings.find((mapping) => mapping.id === id);
  return fail({
    code: 'version_conflict',
    values: { name: theirs?.changedBy ?? '' },
    current: view.value,
  });
}
