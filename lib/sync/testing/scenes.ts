import type { Random } from './random.ts';
import { freeProperties, rules } from './rare-steps.ts';
import type { Step } from './steps.ts';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const who = (random: Random) => random.int(1_000);
const wait = (ms: number): Step => ({ do: 'advance', ms });
const work: Step = { do: 'work', dies: null };
const poll: Step = { do: 'poll', dies: null };
/** Nobody else has it. */
const newAddress = (random: Random) => `n${random.int(1_000_000)}@x.example`;

/** A creation is not answered in time, nobody dies, and others look into the inbox while it may still arrive. */
function unansweredCreation(random: Random): Step[] {
  const values = { lastname: 'Lost', email: newAddress(random), company: 'Co', city: 'Lund' };
  const kind = random.pick(['timeout', 'timeout', 'cutAfter', 'cutBefore'] as const);
  return [
    { do: 'hubspot.create', values },
    ...[wait(5 * minute), poll],
    { do: 'fault', crm: 'salesforce', kind, times: 1, method: 'createRecords' },
    ...[work, wait(1 + random.int(30 * second)), work, wait(1 + random.int(30 * second)), work],
  ];
}

/** A worker dies around its write, and the same field is edited once more before anybody comes after it. */
function brokenOffWrite(random: Random): Step[] {
  const person = who(random);
  const [property, field] = random.pick([
    ...[['jobtitle', 'Title'] as const, ['phone', 'Phone'] as const, ['message', 'Description'] as const],
  ]);
  const values = random.pick([['one', 'Two', 'one'] as const, ['one', 'Two', 'x'] as const]);
  const isInHubSpot = random.chance(0.5);
  const edit = (value: string): Step =>
    isInHubSpot
      ? { do: 'hubspot.edit', who: person, name: property, value }
      : { do: 'salesforce.edit', who: person, name: field, value, lateMs: 0 };
  const settle = [wait(5 * minute), poll, work];
  return [
    ...[edit(values[0]), ...settle, edit(values[1]), wait(5 * minute), poll],
    { do: 'work', dies: 15 + random.int(40) },
    ...[edit(values[2]), wait(2 * minute), work, ...settle],
  ];
}

/** A contact outside is matched by the creation exception, and its first sync takes more than one try. */
function slowException(random: Random): Step[] {
  const email = newAddress(random);
  const values = { LastName: 'Slow', Email: email, Title: 'one', Phone: '22', Company: 'Co' };
  const kind = random.pick(['timeout', 'cutAfter', 'unavailable', 'lockedRow', 'rateLimited'] as const);
  return [
    { do: 'hubspot.create', values: { lastname: 'Slow', email, jobtitle: 'Two' } },
    ...[wait(5 * minute), poll, work],
    { do: 'salesforce.create', object: 'Lead', values },
    ...[wait(5 * minute), poll],
    { do: 'fault', crm: 'hubspot', kind, times: 1, method: 'updateContacts' },
    ...[work, wait(minute), work],
  ];
}

/** A segment stops being what may be synced by, while people of it wait. */
function brokenSegment(random: Random): Step[] {
  const list = random.int(3);
  const to = random.pick(['deleted', 'static'] as const);
  return [
    { do: 'choose', list },
    wait(2 * minute),
    { do: 'hubspot.edit', who: who(random), name: 'phone', value: random.pick(['1', '22']) },
    ...[wait(5 * minute), poll],
    { do: 'list.state', list, to },
    ...[work, wait(minute), work],
    ...(random.chance(0.5) ? [{ do: 'list.state', list, to: 'active' } as const, wait(minute), work] : []),
  ];
}

const fieldOfProperty = {
  jobtitle: 'Title',
  phone: 'Phone',
  message: 'Description',
  firstname: 'FirstName',
} as const;

/** Rules and settings change while a run is under way that has much to write. */
function changesDuringRun(random: Random): Step[] {
  const property = random.pick(['jobtitle', 'phone', 'message', 'firstname'] as const);
  const edits = [1, 2, 3, 4, 5].map((number): Step => {
    const value = `${property} ${number}`;
    return random.chance(0.5)
      ? { do: 'hubspot.edit', who: who(random), name: property, value }
      : { do: 'salesforce.edit', who: who(random), name: fieldOfProperty[property], value, lateMs: 0 };
  });
  const others: Step[] = [
    { do: 'rule', property: random.pick(freeProperties), rule: random.pick(rules) },
    { do: 'choose', list: random.int(3) },
    { do: 'set', key: random.pick(['salesforceChanges', 'hubspotCreates'] as const), on: random.chance(0.5) },
    { do: 'run.stop' },
    { do: 'field.hide', object: random.pick(['Lead', 'Contact'] as const), name: fieldOfProperty[property] },
  ];
  return [
    ...edits,
    ...(random.chance(0.5) ? [{ do: 'import.start', object: null } as const] : []),
    { do: 'two', first: 'resync', second: random.pick(['work', 'resync'] as const), dies: null },
    { do: 'rule', property, rule: random.chance(0.6) ? 'DONT_SYNC' : random.pick(rules) },
    ...[random.pick(others), random.pick(others)],
    ...(random.chance(0.5) ? [{ do: 'run.resume' } as const] : []),
  ];
}

/** Somebody ends a connection and comes back after a while, in which people live on, before work or after it. */
export function timeAway(random: Random, life: () => Step): Step[] {
  const crm = random.pick(['salesforce', 'salesforce', 'hubspot'] as const);
  const lives = (most: number) => Array.from({ length: random.int(most) }, life);
  const awayMs = random.pick([second, minute, 60 * minute, 3 * day, 16 * day]) + random.int(minute);
  return [
    ...[{ do: 'disconnect', crm } as const, ...lives(4)],
    ...(random.chance(0.7) ? [work] : []),
    ...[wait(awayMs), ...lives(4), { do: 'connect' } as const],
    ...(random.chance(0.7) ? [poll] : []),
  ];
}

/** Records and contacts are deleted or merged, and whoever was told of it is closed by disconnecting. */
function endsAndAway(random: Random): Step[] {
  const end = (): Step =>
    random.pick<Step>([
      { do: 'salesforce.merge', who: who(random), other: who(random) },
      { do: 'salesforce.merge', who: who(random), other: who(random) },
      { do: 'salesforce.delete', who: who(random) },
      { do: 'salesforce.convert', who: who(random), into: null },
      { do: 'hubspot.merge', who: who(random), other: who(random) },
      { do: 'hubspot.archive', who: who(random) },
    ]);
  return [
    ...(random.chance(0.5) ? [{ do: 'set', key: 'salesforceDeletes', on: true } as const] : []),
    ...[end(), end(), wait(minute)],
    ...(random.chance(0.7) ? [poll] : []),
    ...(random.chance(0.3) ? [wait(day + minute), poll] : []),
    ...[{ do: 'disconnect', crm: 'salesforce' } as const, work, wait(minute)],
    ...(random.chance(0.3) ? [end()] : []),
    ...[{ do: 'connect' } as const, poll, work],
  ];
}

/** A workflow changes back whatever the sync brings, poll after poll. */
function writingBack(random: Random, round: Step[]): Step[] {
  const person = who(random);
  return [
    { do: 'rule', property: 'phone', rule: random.pick(['PREFER_SALESFORCE', 'ALWAYS_SALESFORCE']) },
    { do: 'automate', what: 'process.answer', on: false },
    { do: 'automate', what: 'workflow.answer', on: true },
    ...[1, 2, 3].map(
      (add): Step => ({ do: 'salesforce.edit', who: person + add, name: 'Phone', value: '4444', lateMs: 0 }),
    ),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap(() => round),
  ];
}

/** Automations of both systems answer each other by way of the sync. */
function answering(random: Random): Step[] {
  const pair = random.chance(0.6)
    ? (['workflow.answer', 'process.answer'] as const)
    : (['workflow.lower', 'flow.upper'] as const);
  const [name, value] = pair[0] === 'workflow.answer' ? ['phone', '333'] : ['jobtitle', 'Three'];
  const round = [wait(5 * minute), poll, work];
  if (random.chance(0.3)) return writingBack(random, round);
  return [
    ...pair.map((what): Step => ({ do: 'automate', what, on: true })),
    ...round,
    { do: 'hubspot.edit', who: who(random), name, value },
    ...[1, 2, 3, 4, 5, 6, 7].flatMap(() => round),
    ...(random.chance(0.5) ? pair.map((what): Step => ({ do: 'automate', what, on: false })) : []),
  ];
}

const scenes = [
  changesDuringRun,
  changesDuringRun,
  unansweredCreation,
  brokenOffWrite,
  brokenOffWrite,
  slowException,
  brokenSegment,
  answering,
  endsAndAway,
];

/** Steps in an order in which chance alone would hardly put them. */
export function oneScene(random: Random): Step[] {
  return random.pick(scenes)(random);
}
