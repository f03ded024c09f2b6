import type { History } from './histories.ts';
import { type FoundRecord, type OrgName, orgNames } from './org-names.ts';
import { type Random, randomOf } from './random.ts';
import { firstPeople, randomSteps, type Step } from './steps.ts';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/**
 * A history of a workspace that is connected to another org now and then, also to a copy of the first one with the same
 * record ids, and comes back, while people go on working in all of them.
 */
export function swapHistory(seed: number): History {
  const random = randomOf(seed);
  const first = firstPeople(random);
  const steps = randomSteps(random, 20 + random.int(40)).flatMap((step) => [
    ...(random.chance(0.07) ? swap(random) : []),
    placed(random, step),
  ]);
  return { seed, first, steps: [...steps, ...swap(random)] };
}

/** People edit in Salesforce whether or not the sync is connected there. */
function placed(random: Random, step: Step): Step {
  if (!step.do.startsWith('salesforce.') || random.chance(0.6)) return step;
  return { do: 'in_org', org: random.pick(orgNames), step };
}

function swap(random: Random): Step[] {
  const turn: Step = { do: 'swap', to: random.pick<OrgName>(orgNames), found: foundIn(random) };
  const awayMs = random.pick([second, minute, 60 * minute, 3 * day, 16 * day]) + random.int(minute);
  return [
    ...(random.chance(0.3) ? [{ do: 'disconnect', crm: 'salesforce' } as const] : []),
    ...(random.chance(0.2) ? [{ do: 'work', dies: null } as const] : []),
    turn,
    ...(random.chance(0.7) ? [{ do: 'poll', dies: null } as const] : []),
    ...(random.chance(0.3) ? [{ do: 'resync', dies: null } as const] : []),
    ...(random.chance(0.5) ? [{ do: 'advance', ms: awayMs } as const] : []),
    ...(random.chance(0.5)
      ? ([
          { do: 'poll', dies: null },
          { do: 'work', dies: null },
        ] as const)
      : []),
  ];
}

function foundIn(random: Random): FoundRecord[] {
  return [...firstPeople(random), ...firstPeople(random)].flatMap((step) =>
    step.do === 'salesforce.create' ? [{ object: step.object, values: step.values }] : [],
  );
}
