import jsonLogic, { type RulesLogic } from 'json-logic-js';
import * as siftModule from 'sift';
import { compile, type Person } from '#lib/segments/evaluate/evaluate.ts';
import { type Condition, writeCondition } from '#lib/segments/filter/condition.ts';
import type { Filter, FilterBranch } from '#lib/segments/filter/model.ts';
import { printTable, whole } from './table.ts';

const zone = 'Europe/Berlin';
const people = 20_000;
const forMs = 700;
const rounds = 3;

type Doc = Record<string, string | number | null>;
type Case = { name: string; branch: FilterBranch; sift: object; logic: RulesLogic };

const where = (property: string, operator: Condition['operator'], values: string[] = []): Filter =>
  writeCondition({ property, operator, values, includeBlank: false }, zone);
const root = (...groups: Filter[][]): FilterBranch => ({
  filterBranchType: 'OR',
  filterBranchOperator: 'OR',
  filters: [],
  filterBranches: groups.map((filters) => ({
    filterBranchType: 'AND',
    filterBranchOperator: 'AND',
    filterBranches: [],
    filters,
  })),
});

const stages = ['customer', 'opportunity', 'salesqualifiedlead'];
const countries = ['Germany', 'France', 'United Kingdom', 'United States'];
const since = Date.parse('2026-02-28T23:00:00Z');
const stage = where('lifecyclestage', 'choiceAny', stages);
const country = where('country', 'choiceAny', countries);
const isStage: RulesLogic = { in: [{ var: 'lifecyclestage' }, stages] };
const isCountry: RulesLogic = { in: [{ var: 'country' }, countries] };

const cases: Case[] = [
  {
    name: 'two choices',
    branch: root([stage, country]),
    sift: { lifecyclestage: { $in: stages }, country: { $in: countries } },
    logic: { and: [isStage, isCountry] },
  },
  {
    name: 'choice, number, text, known',
    branch: root([
      stage,
      where('num_notes', 'numberGreaterOrEqual', ['5']),
      where('jobtitle', 'textContains', ['head']),
      where('email', 'known'),
    ]),
    sift: {
      lifecyclestage: { $in: stages },
      num_notes: { $gte: 5 },
      jobtitle: { $regex: 'head', $options: 'i' },
      email: { $ne: null },
    },
    logic: {
      and: [
        isStage,
        { '>=': [{ var: 'num_notes' }, 5] },
        { in: ['head', { var: 'jobtitleLower' }] },
        { '!=': [{ var: 'email' }, null] },
      ],
    },
  },
  {
    name: 'two groups, with a date',
    branch: root([stage, where('createdate', 'dayAfter', ['2026-02-28'])], [country]),
    sift: {
      $or: [{ lifecyclestage: { $in: stages }, created: { $gte: since } }, { country: { $in: countries } }],
    },
    logic: { or: [{ and: [isStage, { '>=': [{ var: 'created' }, since] }] }, isCountry] },
  },
];

function makePeople(): { person: Person; doc: Doc }[] {
  let state = 20_261_122;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const first = Date.parse('2025-11-01T00:00:00Z');
  return Array.from({ length: people }, (_, index) => {
    const jobtitle = pick(['Head of Fleet', 'Clerk', 'head chef', 'Director', 'VP Sales']);
    const created = first + random(400) * 86_400_000 + random(24) * 3_600_000;
    const notes = random(10);
    const values = {
      lifecyclestage: pick([...stages, 'lead', 'subscriber', 'other']),
      country: pick([...countries, 'Austria', 'Italy', 'Spain']),
      jobtitle,
      email: random(20) === 0 ? null : `p${index}@example.com`,
      num_notes: String(notes),
      createdate: new Date(created).toISOString(),
    };
    // The others are given what they need: numbers as numbers, text in lower case.
    const doc = { ...values, num_notes: notes, created, jobtitleLower: jobtitle.toLowerCase() };
    return { person: { values, lists: new Set<string>() }, doc };
  });
}

/** Decisions per second. */
function speed(decide: (index: number) => boolean): number {
  const began = performance.now();
  let count = 0;
  let yes = 0;
  do {
    for (let index = 0; index < people; index++) if (decide(index)) yes++;
    count += people;
  } while (performance.now() - began < forMs);
  if (yes === 0) throw new Error('These filters match nobody, so they measure nothing.');
  return (1_000 * count) / (performance.now() - began);
}

/** Our evaluator beside `sift` and `json-logic-js`, on equal filters and the same contacts. */
export function benchEvaluator(): void {
  const all = makePeople();
  const clock = { now: new Date('2026-11-22T10:00:00Z'), timeZone: zone };
  for (const { name, branch, sift, logic } of cases) {
    const decide = compile(branch, clock);
    const sifted = siftModule.default(sift);
    const engines: [string, (each: { person: Person; doc: Doc }) => boolean][] = [
      ['Segbridge', ({ person }) => decide(person) === 'yes'],
      ['sift', ({ doc }) => sifted(doc)],
      ['json-logic-js', ({ doc }) => jsonLogic.apply(logic, doc) === true],
    ];
    for (const each of all) {
      const answers = new Set(engines.map(([, test]) => test(each)));
      if (answers.size > 1) throw new Error(`The filters “${name}” are not equal.`);
    }
    const best = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      for (const [engine, test] of engines) {
        const found = speed((index) => {
          const each = all[index];
          return each !== undefined && test(each);
        });
        best.set(engine, Math.max(best.get(engine) ?? 0, found));
      }
    }
    const rows = [...best].map(
      ([engine, perSecond]) => [engine, `${whole(perSecond)} decisions a second`] as const,
    );
    printTable(`Evaluator, ${name}`, rows);
  }
}
