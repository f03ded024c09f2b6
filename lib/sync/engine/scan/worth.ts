import type { SalesforceObject } from '#lib/crm/ports.ts';

/** As the adapter asks: about so many addresses a query, so many queries a call, so many records a page, so many changes a call. */
const addressesAQuery = 300;
const queriesACall = 5;
const recordsAPage = 50_000;
const changesACall = 10_000;
/** People of one group, whose addresses are asked for together. */
const peopleAGroup = 5_000;
/** One Bulk query: it is opened, and asked for about twice before it is done. */
const queryCalls = 3;

/** Calls that looking up so many people by their addresses takes, in both objects. */
export function lookUpCalls(people: number): number {
  return Math.ceil((2 * Math.ceil(people / addressesAQuery)) / queriesACall);
}

/**
 * Calls that matching the same people by a scan takes: the counts, two Bulk queries and their pages, then for each
 * group what changed meanwhile (its own new records too), and reading those that were found.
 */
export function scanCalls(people: number, counts: Record<SalesforceObject, number>): number {
  const pages = (count: number) => Math.max(Math.ceil(count / recordsAPage), 1);
  const groups = Math.ceil(people / peopleAGroup);
  const changes = groups + Math.ceil(people / changesACall);
  // One of each group and object, which takes 10,000 records.
  const found = Math.min(2 * groups, counts.Lead + counts.Contact);
  return 1 + 2 * queryCalls + pages(counts.Lead) + pages(counts.Contact) + changes + found;
}

/** Does scanning the org cost fewer calls than looking these people up (sync rules, section 8)? */
export function scanPays(people: number, counts: Record<SalesforceObject, number>): boolean {
  return lookUpCalls(people) > scanCalls(people, counts);
}
