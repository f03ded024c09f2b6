import type { StoredMapping } from '#lib/mappings/schemas.ts';
import { type SettingsKey, type SettingsValues, settingsKeys } from './schemas.ts';

/** How long a change of the gate waits before it is in force (sync rules, section 7). */
export const switchWaitMs = 60_000;
const lookAgainMs = 5_000;

export type OpenChange = { id: string; baseVersion: number; inForceAt: Date };

/** What a change of the gate asks for: which version's gate stays in force meanwhile, and until when. */
export type ChangeDecision = { wait: { baseVersion: number; inForceAt: Date } | null };

/**
 * Decides the wait of a change of the inclusion segment. A further change starts the time anew against the
 * same gate in force; going back to that gate ends the wait at once.
 */
export function decideChange(input: {
  now: Date;
  currentVersion: number;
  open: OpenChange | null;
  gateInForce: SettingsValues['inclusionListId'];
  newGate: SettingsValues['inclusionListId'];
}): ChangeDecision {
  if (input.newGate === input.gateInForce) return { wait: null };
  return {
    wait: {
      baseVersion: input.open?.baseVersion ?? input.currentVersion,
      inForceAt: new Date(input.now.getTime() + switchWaitMs),
    },
  };
}

/**
 * Whether a change still waits: for its time to be over, and until what it changes was counted and is no more
 * than may happen without a person (`settledAt`).
 */
export function isOpen(
  change: { inForceAt: Date; endedAt: Date | null; settledAt?: Date | null },
  now: Date,
): boolean {
  return change.endedAt === null && (change.inForceAt > now || change.settledAt === null);
}

/** Until when a change waits at least; one that waits for its count or a person is looked at again soon. */
export function waitsUntil(change: { inForceAt: Date }, now: Date): Date {
  return change.inForceAt > now ? change.inForceAt : new Date(now.getTime() + lookAgainMs);
}

/** The gate that decides who may sync: the newest one, and while a switch waits the one in force too. */
export type Gate = {
  listId: string | null;
  /** Undefined: no other gate holds besides. Null: the other one lets everybody pass. */
  alsoListId: string | null | undefined;
  waitsUntil: Date | null;
};

export function gateOf(newest: string | null, waiting: { listId: string | null; until: Date } | null): Gate {
  if (!waiting || waiting.listId === newest)
    return { listId: newest, alsoListId: undefined, waitsUntil: null };
  return { listId: newest, alsoListId: waiting.listId, waitsUntil: waiting.until };
}

/** Which settings are not the same in both, in the order of the page. */
export function differences(a: SettingsValues, b: SettingsValues): SettingsKey[] {
  return settingsKeys.filter((key) => a[key] !== b[key]);
}

/** `after` with the named settings as `from` has them. */
export function withSettings(
  after: SettingsValues,
  from: SettingsValues,
  keys: readonly SettingsKey[],
): SettingsValues {
  return { ...after, ...Object.fromEntries(keys.map((key) => [key, from[key]])) };
}

/** Each mapping of either time, with both of its forms: first those of `former`, in its order. */
export function pairMappings(
  former: readonly StoredMapping[],
  now: readonly StoredMapping[],
): { id: string; former: StoredMapping | null; now: StoredMapping | null; isDifferent: boolean }[] {
  const pair = (id: string) => {
    const then = former.find((each) => each.id === id) ?? null;
    const current = now.find((each) => each.id === id) ?? null;
    return { id, former: then, now: current, isDifferent: !isSameMapping(then, current) };
  };
  const ids = new Set([...former, ...now].map(({ id }) => id));
  return [...ids].map(pair);
}

function isSameMapping(a: StoredMapping | null, b: StoredMapping | null): boolean {
  if (a === null || b === null) return a === b;
  return (['hubspotProperty', 'leadField', 'contactField', 'rule', 'direction'] as const).every(
    (key) => a[key] === b[key],
  );
}
