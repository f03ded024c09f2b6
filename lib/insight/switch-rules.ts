import { explain, type Person } from '#lib/segments/evaluate/evaluate.ts';
import type { FilterBranch } from '#lib/segments/filter/model.ts';

type Clock = Parameters<typeof explain>[2];

/** Where a change of the inclusion segment stands. */
export function phaseOf(
  change: { inForceAt: Date; endedAt: Date | null; settledAt: Date | null },
  isHeld: boolean,
  now: Date,
): 'waiting' | 'uncounted' | 'held' | 'inForce' | 'ended' {
  if (change.endedAt) return 'ended';
  if (isHeld) return 'held';
  if (change.inForceAt > now) return 'waiting';
  return change.settledAt === null ? 'uncounted' : 'inForce';
}

type FilterPlace = { property: string; isMet: boolean };

/** Each filter of a group that looks at a property of the contact, and whether it is met. */
function placesOf(branch: FilterBranch, person: Person, clock: Clock): FilterPlace[][] {
  const explained = explain(branch, person, clock);
  return (branch.filterBranches ?? []).map((group, index) =>
    (group.filters ?? []).flatMap(({ property }, at) => {
      const verdict = explained[index]?.parts[at];
      const isKnown = typeof property === 'string' && verdict !== undefined && verdict !== 'unknown';
      return isKnown ? [{ property, isMet: verdict === 'yes' }] : [];
    }),
  );
}

/**
 * The property through which somebody comes in by the newer criteria: of a group that is met, one that kept
 * the person out of the older ones if there is such, else the group's first. Null where it cannot be told.
 */
export function propertyMet(
  newer: FilterBranch,
  older: FilterBranch | null,
  person: Person,
  clock: Clock,
): string | null {
  const met = placesOf(newer, person, clock).filter(
    (group) => group.length > 0 && group.every(({ isMet }) => isMet),
  );
  const missed = new Set(
    (older ? placesOf(older, person, clock) : [])
      .flat()
      .flatMap((place) => (place.isMet ? [] : [place.property])),
  );
  const places = met.flat();
  return (places.find(({ property }) => missed.has(property)) ?? places[0])?.property ?? null;
}

/** The property that keeps somebody out: the first one missed in the group with the fewest misses. */
export function propertyMissed(criteria: FilterBranch, person: Person, clock: Clock): string | null {
  const groups = placesOf(criteria, person, clock).map((group) => group.filter(({ isMet }) => !isMet));
  const [nearest] = groups.filter((misses) => misses.length > 0).toSorted((a, b) => a.length - b.length);
  return nearest?.[0]?.property ?? null;
}

const leastRuns = 3;

/**
 * How long calls take by how fast the last runs were: the slower side decides. In minutes; null while there
 * are fewer than three runs to compare with.
 */
export function minutesFor(
  calls: { salesforce: number; hubspot: number },
  runs: readonly { salesforceCalls: number; hubspotCalls: number; seconds: number }[],
): number | null {
  if (runs.length < leastRuns) return null;
  const seconds = runs.reduce((sum, run) => sum + Math.max(run.seconds, 1), 0);
  const rateOf = (key: 'salesforceCalls' | 'hubspotCalls') =>
    runs.reduce((sum, run) => sum + run[key], 0) / (seconds / 60);
  const minutes = (count: number, rate: number) => (count === 0 || rate === 0 ? 0 : count / rate);
  return Math.max(
    minutes(calls.salesforce, rateOf('salesforceCalls')),
    minutes(calls.hubspot, rateOf('hubspotCalls')),
  );
}

/**
 * Calls of a day: what the changes of so many members cost so far per member, times the members, and the
 * polls. `difference` is that to now, of Salesforce's calls.
 */
export function dailyCalls(input: {
  /** Calls of runs that changes have caused. */
  salesforce: number;
  hubspot: number;
  days: number;
  membersBefore: number;
  members: number;
  pollsADay: number;
}): { salesforce: number; difference: number; hubspot: number } {
  const { days, membersBefore, members, pollsADay } = input;
  const perMember = (calls: number) => calls / days / Math.max(membersBefore, 1);
  const salesforce = Math.round(perMember(input.salesforce) * members) + pollsADay * 2;
  const before = Math.round(perMember(input.salesforce) * membersBefore) + pollsADay * 2;
  return {
    salesforce,
    difference: salesforce - before,
    hubspot: Math.round(perMember(input.hubspot) * members) + pollsADay * 2,
  };
}

/** By how many percent of what was needed the forecasts were off at most. */
export function accuracyOf(
  forecasts: readonly { forecast: number; actual: number }[],
): { runs: number; percent: number } | null {
  if (forecasts.length === 0) return null;
  const off = forecasts.map(({ forecast, actual }) => Math.abs(forecast - actual) / Math.max(actual, 1));
  return { runs: forecasts.length, percent: Math.round(100 * Math.max(...off)) };
}

/** Whether so many people changing sides would stop the writing (sync rules, section 8). */
export function wouldHold(linkedMoves: number, linked: number, share: number): boolean {
  return linkedMoves > Math.max(100, (linked * share) / 100);
}

/** A Salesforce record that is stored here; `isFree`: it was never linked to anybody. */
export type StoredRecord = { object: 'LEAD' | 'CONTACT'; isFree: boolean };

/**
 * What an unlinked person becomes at the first sync, by the stored records with the same address; a Contact goes
 * before a Lead. `creates`: what would be created where every record is known; null: others may be there.
 */
export function tagOfStart(
  records: readonly StoredRecord[],
  creates: 'lead' | 'contact' | null,
): 'lead_found' | 'contact_found' | 'new_lead' | 'new_contact' | 'decided_at_sync' {
  const free = records.filter(({ isFree }) => isFree);
  if (free.some(({ object }) => object === 'CONTACT')) return 'contact_found';
  if (free.length > 0) return 'lead_found';
  // Who holds the address, and whether they give it up, is for the sync to find out.
  if (records.length > 0 || creates === null) return 'decided_at_sync';
  return creates === 'lead' ? 'new_lead' : 'new_contact';
}
