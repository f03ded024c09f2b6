import type { Because, HealthHour, Receipt, ReceiptCounts } from './schemas.ts';

export { isConflictShown } from './why-history.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Calls of each of the last 24 hours, oldest first, hours without any included; the last one is under way. */
export function hoursOf(counted: readonly { hour: Date; calls: number }[], now: Date): HealthHour[] {
  const calls = new Map(counted.map((each) => [each.hour.getTime(), each.calls]));
  const current = Math.floor(now.getTime() / hourMs) * hourMs;
  return Array.from({ length: 24 }, (_, index) => {
    const at = current - (23 - index) * hourMs;
    return { hour: new Date(at).toISOString(), calls: calls.get(at) ?? 0 };
  });
}

/**
 * When calls are free again: hour by hour those of 24 hours ago no longer count. Null: some are free now.
 */
export function freeAgainAt(
  counted: readonly { hour: Date; calls: number }[],
  allocation: number | null,
): Date | null {
  let used = counted.reduce((sum, { calls }) => sum + calls, 0);
  if (allocation === null || used < allocation) return null;
  const byTime = [...counted].sort((a, b) => a.hour.getTime() - b.hour.getTime());
  for (const { hour, calls } of byTime) {
    used -= calls;
    if (used < allocation) return new Date(hour.getTime() + dayMs);
  }
  return null;
}

/**
 * How the people of a run stand: whoever a field failed of is written, but does not agree on both sides.
 */
export function standOf(counts: ReceiptCounts): { agreed: number; written: number; errors: number } {
  const written = counts.created + counts.updated;
  return {
    agreed: Math.max(written + counts.unchanged - counts.partial, 0),
    written,
    errors: counts.failed + counts.partial,
  };
}

/** Forecasts that are off by more than a quarter and by more than 20 calls deserve a word. */
export function isOff(forecast: number, actual: number): boolean {
  const off = Math.abs(actual - forecast);
  return off > 20 && off > forecast * 0.25;
}

export type RunFacts = {
  forecast: { contacts: number; newRecords: number; updates: number; salesforceCalls: number } | null;
  counts: ReceiptCounts;
  people: number;
  salesforceCalls: number;
  /** How many times the members were gone through again for those who had to wait. */
  morePasses: number;
  /** How many times a CRM gave no useful answer. */
  troubles: number;
};

/** Forecast and actual, with the reasons that were counted; what was not counted is not explained. */
export function comparisonOf(facts: RunFacts): Receipt['comparison'] {
  const { forecast, counts, people } = facts;
  if (!forecast) return [];
  const moved = people - forecast.contacts;
  const movedReason = moved === 0 ? [] : [because(moved > 0 ? 'joined' : 'left', Math.abs(moved))];
  const line = (
    id: Receipt['comparison'][number]['id'],
    expected: number,
    actual: number,
    why: Because[],
  ) => ({
    ...{ id, forecast: expected, actual },
    because: expected === actual ? [] : why.length > 0 ? why : [because('not_explained', 0)],
  });
  const callReasons = [
    ...(facts.troubles > 0 ? [because('retries', facts.troubles)] : []),
    ...(facts.morePasses > 0 ? [because('passes', facts.morePasses)] : []),
    ...movedReason,
  ];
  return [
    line('people', forecast.contacts, people, movedReason),
    line('salesforceCalls', forecast.salesforceCalls, facts.salesforceCalls, callReasons),
    line('created', forecast.newRecords, counts.created, createdReasons(facts, movedReason)),
    line('updated', forecast.updates, counts.updated, movedReason),
  ];
}

function createdReasons({ forecast, counts }: RunFacts, moved: Because[]): Because[] {
  const fewer = (forecast?.newRecords ?? 0) > counts.created;
  return fewer && counts.failed > 0 ? [because('refused', counts.failed), ...moved] : moved;
}

function because(reason: Because['reason'], count: number): Because {
  return { reason, count };
}
