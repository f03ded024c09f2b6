import type { SalesforceRecord } from '#lib/crm/ports.ts';
import type { Intended, Shadow } from './shadow.ts';

/** Salesforce's clock and ours may differ by so much. */
const clockMarginMs = 60_000;

type Memory = { shadow: Shadow; intended: Intended | null };

/**
 * Did the sync make a record's last modification, by this link? Others may share its user, such as another workspace
 * of the same org: what was saved after our own last word was theirs. A write without a stored answer may have arrived
 * at any time.
 */
export function isOurModification(
  { lastModifiedById, lastModifiedAt }: Pick<SalesforceRecord, 'lastModifiedById' | 'lastModifiedAt'>,
  integrationUserId: string | null,
  link: Memory | null,
): boolean {
  if (lastModifiedById !== integrationUserId) return false;
  if (!link || link.intended) return true;
  let newest = '';
  for (const { at } of Object.values(link.shadow)) if (at > newest) newest = at;
  return newest === '' || lastModifiedAt.getTime() <= Date.parse(newest) + clockMarginMs;
}
