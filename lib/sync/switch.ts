export type SwitchState = 'counting' | 'processing' | 'counted' | 'failed';

/** What a change of the gate does to how many; see the switch preview for what the groups mean. */
export type SwitchCounts = {
  /** Who could sync before, and can now. */
  before: number;
  now: number;
  start: number;
  stop: number;
  both: number;
  neither: number;
  /** Of `start` and `stop` together. */
  linkedMoves: number;
  linkedStops: number;
  linked: number;
  frozen: number;
  frozenBefore: number;
  exception: number;
};

export type Group = { group: string; people: number; linked: number };

/**
 * Adds up the groups. With "all contacts" on one side not everybody is known by id: the rest is what HubSpot's
 * number of contacts leaves over.
 */
export function switchCounts(input: {
  groups: readonly Group[];
  from: string | null;
  to: string | null;
  /** All contacts of the account, as far as counted. */
  contacts: number | null;
  frozenBefore: number;
}): SwitchCounts {
  const { groups, from, to, contacts, frozenBefore } = input;
  const of = (name: string) => groups.find(({ group }) => group === name) ?? { people: 0, linked: 0 };
  const sides = ['start', 'stop', 'both', 'neither'] as const;
  const known = sides.reduce((sum, name) => sum + of(name).people, 0);
  const rest = Math.max((contacts ?? known) - known, 0);
  // Nobody knows the rest: they are in a segment only if it is that of everybody.
  const side = from === null ? (to === null ? 'both' : 'stop') : to === null ? 'start' : 'neither';
  const count = (name: (typeof sides)[number]) => of(name).people + (name === side ? rest : 0);
  const { start, stop, both, neither } = {
    ...{ start: count('start'), stop: count('stop'), both: count('both'), neither: count('neither') },
  };
  return {
    ...{ start, stop, both, neither, before: stop + both, now: start + both },
    linkedMoves: of('start').linked + of('stop').linked,
    linkedStops: of('stop').linked,
    linked: sides.reduce((sum, name) => sum + of(name).linked, 0),
    frozen: of('frozen').people,
    frozenBefore,
    exception: of('exception').people,
  };
}
