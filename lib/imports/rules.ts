import type { ImportCounts } from './schemas.ts';

const dayMs = 24 * 60 * 60_000;
const groupSize = 200;
const contactsACall = 100;

/** A plan of yesterday is too old to be carried out. */
export function isOldPlan(countedAt: Date, at: Date): boolean {
  return at.getTime() - countedAt.getTime() > dayMs;
}

/** Who is to be imported. */
export function toImport({ create, link }: ImportCounts): number {
  return create.inList + create.emailOnly + link.inList + link.emailOnly;
}

export function skippedOf({ skipped }: Pick<ImportCounts, 'skipped'>): number {
  return skipped.reduce((sum, { count }) => sum + count, 0);
}

/** The calls of an import in batches of 200: reading definitions, the records, looking up, creating. */
export function callsOf(counts: ImportCounts): { salesforce: number; hubspot: number } {
  const all = toImport(counts);
  const creating = counts.create.inList + counts.create.emailOnly;
  const linking = counts.link.inList + counts.link.emailOnly;
  const calls = (count: number, each: number) => Math.ceil(count / each);
  if (all === 0) return { salesforce: 0, hubspot: 0 };
  return {
    // Members are looked up by their addresses and, where both sides differ, written.
    salesforce: 4 + calls(all, groupSize) + 2 * calls(counts.link.inList, groupSize),
    hubspot:
      4 +
      calls(all, groupSize) +
      calls(all, contactsACall) +
      2 * calls(linking, contactsACall) +
      calls(counts.link.inList, contactsACall) +
      calls(creating, contactsACall),
  };
}

/** Minutes for so many people at the speed of former runs; null without any. */
export function minutesFor(
  people: number,
  former: readonly { processed: number; startedAt: Date | null; finishedAt: Date | null }[],
): number | null {
  const timed = former.flatMap(({ processed, startedAt, finishedAt }) =>
    startedAt && finishedAt && processed > 0
      ? [{ processed, ms: finishedAt.getTime() - startedAt.getTime() }]
      : [],
  );
  const done = timed.reduce((sum, { processed }) => sum + processed, 0);
  const ms = timed.reduce((sum, each) => sum + each.ms, 0);
  return done === 0 || ms <= 0 ? null : Math.ceil((people * ms) / done / 60_000);
}
