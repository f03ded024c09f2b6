import type { FaultKind } from './memory/faults.ts';
import { faultKinds } from './memory/faults.ts';
import type { CrmName } from './memory/trace.ts';
import type { OrgName } from './org-names.ts';
import type { Random } from './random.ts';
import { type RareStep, rareMakers } from './rare-steps.ts';
import { oneScene, timeAway } from './scenes.ts';

/**
 * One thing that happens. People are named by numbers that are read against those who are there when it
 * happens, so that a history stays a history when steps are left out.
 */
export type Step =
  | { do: 'hubspot.create'; values: Record<string, string> }
  | { do: 'hubspot.edit'; who: number; name: string; value: string | null }
  | { do: 'hubspot.archive' | 'hubspot.restore' | 'hubspot.erase'; who: number }
  | { do: 'hubspot.merge'; who: number; other: number }
  | { do: 'salesforce.create'; object: 'Lead' | 'Contact'; values: Record<string, string> }
  | { do: 'salesforce.edit'; who: number; name: string; value: string | null; lateMs: number }
  | { do: 'salesforce.delete' | 'salesforce.undelete' | 'salesforce.touch'; who: number }
  | { do: 'salesforce.merge'; who: number; other: number }
  | { do: 'salesforce.convert'; who: number; into: number | null }
  | { do: 'list.edit'; list: number; city: string }
  | { do: 'list.state'; list: number; to: ListState }
  | { do: 'choose'; list: number | null }
  | { do: 'set'; key: 'salesforceChanges' | 'hubspotCreates' | 'salesforceDeletes' | 'paused'; on: boolean }
  | { do: 'advance'; ms: number }
  | { do: 'fault'; crm: CrmName; kind: FaultKind; times: number; method?: string }
  | { do: Work; dies: number | null }
  | { do: 'two'; first: Work; second: Work; dies: number | null }
  | { do: 'sync_now'; who: number }
  /** Somebody does this in an org that may not be connected now. */
  | { do: 'in_org'; org: OrgName; step: Step }
  | RareStep;

const listStates = ['deleted', 'static', 'active', 'active'] as const;
/** What becomes of a list as a whole; `active` is restored, or active again. */
export type ListState = (typeof listStates)[number];

export const works = ['poll', 'work', 'resync'] as const;
export type Work = (typeof works)[number];

const second = 1_000;
const minute = 60 * second;
/** What is committed within this time, the polls' overlap finds. */
export const soonMs = 9 * minute;
const addresses = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@x.example`);
const words = ['one', 'Two', 'three '];
export const worldCities = ['Lund', 'Malmö', 'Oslo'];

const contactValues: Record<string, readonly (string | null)[]> = {
  email: [...addresses, null],
  firstname: [...words, null],
  lastname: words,
  jobtitle: [...words, null],
  phone: ['1', '22', null],
  city: [...worldCities, ...worldCities, null],
  company: ['Co', 'Corp'],
  annualrevenue: ['10.004', '10', '7.5', null],
  hs_email_optout: ['true', 'false'],
  hubspot_owner_id: ['70', '71', '72', null],
  message: ['x', 'y', null],
};
const recordValues: Record<string, readonly (string | null)[]> = {
  Email: [...addresses, null],
  FirstName: [...words, null],
  LastName: words,
  Title: [...words, 'x'.repeat(130), null],
  Phone: ['1', '22', null],
  City: [...worldCities, null],
  Company: ['Co', 'Corp'],
  AnnualRevenue: ['10', '7.52', null],
  HasOptedOutOfEmail: ['true', 'false'],
  OwnerId: ['005000000000010AAA', '005000000000011AAA', '005000000000002AAA'],
  Description: ['x', 'y', null],
};

function valuesOf(random: Random, all: Record<string, readonly (string | null)[]>): Record<string, string> {
  const entries = Object.entries(all).flatMap(([name, values]): [string, string][] => {
    const value = random.chance(0.6) ? random.pick(values) : null;
    return value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

const who = (random: Random) => random.int(1_000);
const dies = (random: Random) => (random.chance(0.2) ? random.int(60) : null);
const advance = (random: Random): Step => ({
  do: 'advance',
  ms: random.pick([second, 10 * second, minute, 5 * minute, 31 * minute]) + random.int(second),
});

type Maker = (random: Random) => Step;

function newRecord(random: Random): Step {
  const object = random.pick(['Lead', 'Contact'] as const);
  const { Company, AnnualRevenue, City, ...rest } = valuesOf(random, recordValues);
  const base = { LastName: 'New', ...rest };
  if (object === 'Contact') return { do: 'salesforce.create', object, values: base };
  const own = { ...(AnnualRevenue ? { AnnualRevenue } : {}), ...(City ? { City } : {}) };
  return { do: 'salesforce.create', object, values: { ...base, ...own, Company: Company ?? 'Co' } };
}

function hubspotEdit(random: Random): Step {
  const name = random.pick(Object.keys(contactValues));
  const value = random.pick(contactValues[name] ?? [null]);
  return { do: 'hubspot.edit', who: who(random), name, value };
}

function salesforceEdit(random: Random): Step {
  const name = random.pick(Object.keys(recordValues));
  const value = random.pick(recordValues[name] ?? [null]);
  const lateMs = random.chance(0.08) ? random.int(random.chance(0.8) ? soonMs : 20 * minute) : 0;
  return { do: 'salesforce.edit', who: who(random), name, value, lateMs };
}

const writeMethods = {
  hubspot: ['createContacts', 'updateContacts'],
  salesforce: ['createRecords', 'createRecords', 'updateRecords'],
} as const;

/** A fault of the next call, or of the next one that writes. */
function newFault(random: Random): Step {
  const crm = random.pick(['hubspot', 'salesforce'] as const);
  const fault = { do: 'fault' as const, crm, kind: random.pick(faultKinds), times: 1 + random.int(2) };
  return random.chance(0.5) ? { ...fault, method: random.pick<string>(writeMethods[crm]) } : fault;
}

/** What may happen, and how often compared with the others. */
const makers: [number, Maker][] = [
  [
    4,
    (random) => ({ do: 'hubspot.create', values: { lastname: 'New', ...valuesOf(random, contactValues) } }),
  ],
  [10, hubspotEdit],
  [1, (random) => ({ do: 'hubspot.archive', who: who(random) })],
  [0.7, (random) => ({ do: 'hubspot.restore', who: who(random) })],
  [0.2, (random) => ({ do: 'hubspot.erase', who: who(random) })],
  [0.8, (random) => ({ do: 'hubspot.merge', who: who(random), other: who(random) })],
  [3, newRecord],
  [10, salesforceEdit],
  [1, (random) => ({ do: 'salesforce.delete', who: who(random) })],
  [0.7, (random) => ({ do: 'salesforce.undelete', who: who(random) })],
  [0.5, (random) => ({ do: 'salesforce.touch', who: who(random) })],
  [0.8, (random) => ({ do: 'salesforce.merge', who: who(random), other: who(random) })],
  [
    0.8,
    (random) => ({
      do: 'salesforce.convert',
      who: who(random),
      into: random.chance(0.3) ? who(random) : null,
    }),
  ],
  [0.5, (random) => ({ do: 'list.edit', list: random.int(3), city: random.pick(worldCities) })],
  [0.6, (random) => ({ do: 'list.state', list: random.int(3), to: random.pick(listStates) })],
  [1, (random) => ({ do: 'choose', list: random.chance(0.2) ? null : random.int(3) })],
  [
    0.6,
    (random) => ({
      do: 'set',
      key: random.pick(['salesforceChanges', 'hubspotCreates', 'salesforceDeletes'] as const),
      on: random.chance(0.5),
    }),
  ],
  [8, advance],
  [2, newFault],
  [5, (random) => ({ do: 'poll', dies: dies(random) })],
  [8, (random) => ({ do: 'work', dies: dies(random) })],
  [1.5, (random) => ({ do: 'resync', dies: dies(random) })],
  [2, (random) => ({ do: 'two', first: random.pick(works), second: random.pick(works), dies: dies(random) })],
  [1, (random) => ({ do: 'sync_now', who: who(random) })],
  ...rareMakers,
];
const total = makers.reduce((sum, [weight]) => sum + weight, 0);

function oneStep(random: Random): Step {
  let left = random.next() * total;
  for (const [weight, make] of makers) {
    left -= weight;
    if (left < 0) return make(random);
  }
  return advance(random);
}

/** A history of `length` steps, after some people who were there before. */
export function randomSteps(random: Random, length: number): Step[] {
  return Array.from({ length }, () => {
    if (random.chance(0.04)) return oneScene(random);
    return random.chance(0.006) ? timeAway(random, () => oneStep(random)) : [oneStep(random)];
  }).flat();
}

/** The people of the beginning, before both systems were connected. */
export function firstPeople(random: Random): Step[] {
  const contacts = Array.from(
    { length: 2 + random.int(4) },
    (): Step => ({ do: 'hubspot.create', values: { lastname: 'Old', ...valuesOf(random, contactValues) } }),
  );
  return [...contacts, ...Array.from({ length: random.int(4) }, () => newRecord(random))];
}
