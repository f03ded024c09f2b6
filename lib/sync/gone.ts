import type { CrmResult } from '#lib/crm/failure.ts';
import type { SalesforceObject, SalesforcePort } from '#lib/crm/ports.ts';
import type { Cause } from './triggers.ts';

/** Salesforce tells deletions 15 days back; a day of margin for clocks that differ. */
const deletionsKnownMs = 14 * 86_400_000;

/** What a record that is gone was merged into, if it was. */
export type Gone = { mergedInto: string | null };

/**
 * Which of these records Salesforce says are gone: those in its bin, and those of which it tells a deletion though the
 * bin was emptied. Of whatever it merely does not return it says nothing.
 */
export async function goneAmong(
  salesforce: Pick<SalesforcePort, 'deletedAmong' | 'deletedIds'>,
  object: SalesforceObject,
  ids: readonly string[],
  now: Date,
): Promise<CrmResult<Map<string, Gone>>> {
  if (ids.length === 0) return { ok: true, value: new Map() };
  const binned = await salesforce.deletedAmong(object, [...ids]);
  if (!binned.ok) return binned;
  const gone = new Map<string, Gone>(binned.value.map(({ id, mergedInto }) => [id, { mergedInto }]));
  const rest = new Set(ids.filter((id) => !gone.has(id)));
  if (rest.size === 0) return { ok: true, value: gone };
  const start = new Date(now.getTime() - deletionsKnownMs);
  const told = await salesforce.deletedIds(object, { start, end: now });
  // Too many to be told, or not to this user: then nothing is said of these.
  if (!told.ok) return told.failure.kind === 'rejected' ? { ok: true, value: gone } : told;
  for (const { id } of told.value.deleted) if (rest.has(id)) gone.set(id, { mergedInto: null });
  return { ok: true, value: gone };
}

/** What tells of it in the inbox. */
export function causeOfGone(id: string, { mergedInto }: Gone): Pick<Cause, 'kind' | 'side' | 'into' | 'of'> {
  const side = 'salesforce';
  return mergedInto ? { kind: 'merged', side, into: mergedInto, of: id } : { kind: 'deleted', side, of: id };
}
