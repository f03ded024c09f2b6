import { unaccountedFor } from './accountability.ts';
import { beginConnection } from './connections.ts';
import { calmDown, setRules, stirredAgain } from './histories.ts';
import { doJob } from './jobs.ts';
import { unsettled } from './model.ts';
import { doStep } from './people.ts';
import { type Random, randomOf } from './random.ts';
import { isRare } from './rare-steps.ts';
import { firstPeople, randomSteps, type Step } from './steps.ts';
import { World } from './world.ts';

type Placed = { in: 0 | 1; step: Step };
/** What happens in which of two workspaces. */
export type TwoHistory = { seed: number; first: Step[]; steps: Placed[] };

/** So often each of them has its turn until both have heard of all that the other one wrote. */
const mostTurns = 4;
const minute = 60_000;

export function twoHistory(seed: number): TwoHistory {
  const random = randomOf(seed);
  const first = firstPeople(random);
  const isJudged = (step: Step) => !isRare(step) && step.do !== 'sync_now';
  const steps = randomSteps(random, 20 + random.int(40)).filter(isJudged);
  const placed = steps.flatMap((step) => [
    ...(random.chance(0.05) ? relay(random) : []),
    { in: random.chance(0.5) ? (0 as const) : (1 as const), step },
  ]);
  return { seed, first, steps: placed };
}

/** A field of one person is edited in one HubSpot account and then in the other, and both write it to the record. */
function relay(random: Random): Placed[] {
  const who = random.int(1_000);
  const name = random.pick(['phone', 'jobtitle', 'message']);
  const starts = random.chance(0.5) ? (0 as const) : (1 as const);
  const turn = (at: 0 | 1, value: string): Placed[] => [
    { in: at, step: { do: 'hubspot.edit', who, name, value } },
    { in: at, step: { do: 'advance', ms: 5 * minute } },
    { in: at, step: { do: 'poll', dies: null } },
    { in: at, step: { do: 'work', dies: null } },
  ];
  const both = (step: Step): Placed[] => [
    { in: 0, step },
    { in: 1, step },
  ];
  return [
    ...both({ do: 'rule', property: name, rule: 'TWO_WAY' }),
    ...(random.chance(0.7) ? both({ do: 'choose', list: null }) : []),
    ...both({ do: 'advance', ms: 2 * minute }),
    ...turn(starts, 'first'),
    ...turn(starts === 0 ? 1 : 0, 'second'),
  ];
}

/**
 * Lives through a history of two workspaces, each with a HubSpot account of its own, that are connected to one org by
 * one user, and answers what is wrong at its end: whoever has a record in the org agrees with it in both.
 */
export async function liveInTwo({ seed, first, steps }: TwoHistory): Promise<string[]> {
  const one = new World(seed);
  const worlds = [one, new World(seed + 1, { neighbour: one })] as const;
  for (const [at, world] of worlds.entries()) {
    setRules(world, randomOf(seed + at + 1));
    for (const step of first) if (at === 0 || step.do.startsWith('hubspot.')) doStep(world, step);
  }
  one.advance(5 * minute);
  for (const world of worlds) beginConnection(world);
  for (const { in: at, step } of steps) await lifeIn(worlds[at], step);
  for (let turn = 0; turn < mostTurns; turn += 1) {
    for (const world of worlds) {
      const problem = await calmDown(world);
      if (problem) return [problem];
    }
  }
  const ends = worlds.flatMap((world) => [...unsettled(world), ...unaccountedFor(world)]);
  if (ends.length > 0) return ends;
  return [...(await stirredAgain(worlds[0])), ...(await stirredAgain(worlds[1]))];
}

async function lifeIn(world: World, step: Step): Promise<void> {
  if (step.do === 'two') {
    await Promise.all([doJob(world, step.first, step.dies), doJob(world, step.second, null)]);
  } else if (step.do === 'poll' || step.do === 'work' || step.do === 'resync') {
    await doJob(world, step.do, step.dies);
  } else doStep(world, step);
}
