import type { Rule } from '#lib/mappings/default-mappings.ts';
import { type AutomateStep, automate } from './automations.ts';
import type { CrmName } from './memory/trace.ts';
import type { FoundRecord, OrgName } from './org-names.ts';
import type { Random } from './random.ts';

/** What happens seldom, but to everybody some day: runs that a person asks for and stops, rules that change. */
export type RareStep =
  | { do: 'import.start'; object: 'Lead' | 'Contact' | null }
  | { do: 'run.stop' | 'run.resume' }
  | { do: 'rule'; property: string; rule: Rule }
  /** Field-level security: the integration user sees a field no more, or again. */
  | { do: 'field.hide' | 'field.show'; object: 'Lead' | 'Contact'; name: string }
  /** Somebody ends a connection, or connects the same account and org again. */
  | { do: 'disconnect'; crm: CrmName }
  | { do: 'connect' }
  /** Somebody connects another org instead, in which there are these people when it is connected first. */
  | { do: 'swap'; to: OrgName; found: FoundRecord[] }
  | AutomateStep
  /** A privacy deletion of which HubSpot tells by webhook. */
  | { do: 'hubspot.forget'; who: number };

const kinds: readonly string[] = [
  'import.start',
  'run.stop',
  'run.resume',
  'rule',
  'field.hide',
  'field.show',
  'hubspot.forget',
  'disconnect',
  'connect',
  'swap',
  'automate',
] satisfies RareStep['do'][];

export function isRare<T extends { do: string }>(step: T): step is Extract<T, RareStep> {
  return kinds.includes(step.do);
}

/** Mappings without a rule of their own and without a field that every record must have. */
export const freeProperties = ['firstname', 'jobtitle', 'phone', 'message', 'city', 'annualrevenue'];
export const rules = ['TWO_WAY', 'PREFER_SALESFORCE', 'ALWAYS_SALESFORCE'] as const;

/** Mapped fields that no record must have. */
const fields = {
  Lead: ['Title', 'Phone', 'City', 'Description', 'FirstName', 'AnnualRevenue'],
  Contact: ['Title', 'Phone', 'MailingCity', 'Description', 'FirstName'],
} as const;

function fieldStep(random: Random, what: 'field.hide' | 'field.show'): RareStep {
  const object = random.pick(['Lead', 'Contact'] as const);
  return { do: what, object, name: random.pick<string>(fields[object]) };
}

export const rareMakers: [number, (random: Random) => RareStep][] = [
  [0.8, (random) => ({ do: 'import.start', object: random.pick(['Lead', 'Contact', null]) })],
  [0.5, () => ({ do: 'run.stop' })],
  [0.7, () => ({ do: 'run.resume' })],
  [0.7, (random) => fieldStep(random, 'field.hide')],
  [0.5, (random) => fieldStep(random, 'field.show')],
  [0.4, automate],
  [0.4, (random) => ({ do: 'hubspot.forget', who: random.int(1_000) })],
  [
    0.8,
    (random) => ({
      do: 'rule',
      property: random.pick(freeProperties),
      rule: random.chance(0.3) ? 'DONT_SYNC' : random.pick(rules),
    }),
  ],
];
