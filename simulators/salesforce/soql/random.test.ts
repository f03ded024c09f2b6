import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from '../testing.ts';

/**
 * Random conditions, written as SOQL and judged by a second evaluator that shares no code with the engine: it reads
 * the values back by plain single reads and knows only the vendor's rules of comparison.
 */
const QUERIES = 2_000;
const RECORDS = 120;
const seed = Number(process.env.SOQL_SEED ?? Date.now() % 1_000_000_000);

type Value = string | number | boolean | null;
type Row = Record<string, Value>;
interface Tree {
  soql: string;
  naive: (row: Row) => boolean;
}

const WORDS = ['Anna', 'anna', 'Berg', "O'Neil", 'a_b', '50%', 'Ångström', 'back\\slash', ''];
const TEXT_FIELDS = ['LastName', 'Title', 'Department'] as const;
const DATES = ['2025-01-01', '2025-06-15', '2025-12-31', '2026-02-28'];

const row = fc.record({
  LastName: fc.constantFrom(...WORDS.filter((word) => word !== '')),
  Title: fc.option(fc.constantFrom(...WORDS), { nil: null }),
  Department: fc.option(fc.constantFrom(...WORDS), { nil: null }),
  Birthdate: fc.option(fc.constantFrom(...DATES), { nil: null }),
  Points__c: fc.option(fc.integer({ min: -3, max: 3 }), { nil: null }),
  DoNotCall: fc.boolean(),
  Tags__c: fc.option(
    fc.subarray(['A', 'B', 'C']).map((list) => list.join(';')),
    { nil: null },
  ),
});

const quote = (text: string) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const lower = (value: Value) => (typeof value === 'string' ? value.toLowerCase() : null);
const blankIsNull = (text: string) => (text === '' ? null : text.toLowerCase());

const equality = fc.tuple(fc.constantFrom(...TEXT_FIELDS), fc.constantFrom(...WORDS), fc.boolean()).map(
  ([field, word, negative]): Tree => ({
    soql: `${field} ${negative ? '!=' : '='} ${quote(word)}`,
    naive: (row) => (lower(row[field] ?? null) === blankIsNull(word)) !== negative,
  }),
);

const ordered = fc
  .tuple(
    fc.constantFrom(...TEXT_FIELDS),
    fc.constantFrom('<', '>', '<=', '>='),
    fc.constantFrom('Anna', 'berg', 'm'),
  )
  .map(
    ([field, sign, word]): Tree => ({
      soql: `${field} ${sign} ${quote(word)}`,
      naive: (row) => holds(lower(row[field] ?? null), sign, word.toLowerCase()),
    }),
  );

function holds<T extends string | number>(value: T | null, sign: string, wanted: T): boolean {
  if (value === null) return false;
  if (sign === '<') return value < wanted;
  if (sign === '>') return value > wanted;
  return sign === '<=' ? value <= wanted : value >= wanted;
}

/** LIKE by walking through text and pattern, one sign at a time. */
function like(text: string, pattern: string): boolean {
  if (pattern === '') return text === '';
  const [sign, rest] = [pattern.charAt(0), pattern.slice(1)];
  if (sign === '%') return like(text, rest) || (text !== '' && like(text.slice(1), pattern));
  if (text === '') return false;
  return (sign === '_' || sign === text.charAt(0)) && like(text.slice(1), rest);
}

const liked = fc
  .tuple(fc.constantFrom(...TEXT_FIELDS), fc.constantFrom('a%', '%NN%', '_erg', '%b', 'a_b', '%', '%e%g'))
  .map(
    ([field, pattern]): Tree => ({
      soql: `${field} LIKE '${pattern}'`,
      naive: (row) => {
        const value = lower(row[field] ?? null);
        return value !== null && like(value, pattern.toLowerCase());
      },
    }),
  );

const listed = fc
  .tuple(
    fc.constantFrom(...TEXT_FIELDS),
    fc.array(fc.constantFrom('Anna', 'BERG', 'x', "o'neil"), { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  )
  .map(
    ([field, words, negative]): Tree => ({
      soql: `${field} ${negative ? 'NOT IN' : 'IN'} (${words.map(quote).join(', ')})`,
      naive: (row) => words.some((word) => word.toLowerCase() === lower(row[field] ?? null)) !== negative,
    }),
  );

const numeric = fc
  .tuple(fc.constantFrom('=', '!=', '<', '>', '<=', '>='), fc.integer({ min: -3, max: 3 }))
  .map(
    ([sign, wanted]): Tree => ({
      soql: `Points__c ${sign} ${wanted}`,
      naive: (row) => {
        const value = row.Points__c as number | null;
        if (sign === '=') return value === wanted;
        return sign === '!=' ? value !== wanted : holds(value, sign, wanted);
      },
    }),
  );

const dated = fc.tuple(fc.constantFrom('=', '<', '>='), fc.constantFrom(...DATES, '2025-07-01')).map(
  ([sign, wanted]): Tree => ({
    soql: `Birthdate ${sign} ${wanted}`,
    naive: (row) => {
      const value = row.Birthdate as string | null;
      return sign === '=' ? value === wanted : holds(value, sign, wanted);
    },
  }),
);

const nothing = fc
  .tuple(fc.constantFrom(...TEXT_FIELDS, 'Birthdate', 'Points__c', 'Tags__c'), fc.boolean())
  .map(
    ([field, negative]): Tree => ({
      soql: `${field} ${negative ? '!=' : '='} null`,
      naive: (row) => ((row[field] ?? null) === null) !== negative,
    }),
  );

const flagged = fc.tuple(fc.boolean(), fc.boolean()).map(
  ([wanted, negative]): Tree => ({
    soql: `DoNotCall ${negative ? '!=' : '='} ${wanted ? 'TRUE' : 'false'}`,
    naive: (row) => (row.DoNotCall === wanted) !== negative,
  }),
);

const tagged = fc
  .tuple(fc.array(fc.constantFrom('A', 'b', 'A;C', 'B;C'), { minLength: 1, maxLength: 2 }), fc.boolean())
  .map(
    ([groups, negative]): Tree => ({
      soql: `Tags__c ${negative ? 'EXCLUDES' : 'INCLUDES'} (${groups.map(quote).join(',')})`,
      naive: (row) => {
        const own = String(row.Tags__c ?? '').split(';');
        return (
          groups.some((group) => group.split(';').every((tag) => own.includes(tag.toUpperCase()))) !==
          negative
        );
      },
    }),
  );

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(equality, ordered, liked, listed, numeric, dated, nothing, flagged, tagged),
    tie('tree').map((part): Tree => ({ soql: `NOT (${part.soql})`, naive: (row) => !part.naive(row) })),
    fc.tuple(fc.array(tie('tree'), { minLength: 2, maxLength: 3 }), fc.boolean()).map(
      ([parts, all]): Tree => ({
        soql: parts.map((part) => `(${part.soql})`).join(all ? ' AND ' : ' OR '),
        naive: (row) =>
          all ? parts.every((part) => part.naive(row)) : parts.some((part) => part.naive(row)),
      }),
    ),
  ),
}));

let t: TestOrg;
let rows: Row[];

beforeAll(async () => {
  t = await startTestOrg();
  await t.control('POST', 'schema', {
    fields: [
      { object: 'Contact', name: 'Points__c', type: 'double' },
      { object: 'Contact', name: 'Tags__c', type: 'multipicklist', values: ['A', 'B', 'C'] },
    ],
  });
  const records = fc
    .sample(row, { seed, numRuns: RECORDS })
    .map((values) => ({ attributes: { type: 'Contact' }, ...values }));
  const made = await t.call('POST', 'composite/sobjects', { records });
  rows = await Promise.all(
    made.json.map(async ({ id }: { id: string }) => (await t.call('GET', `sobjects/Contact/${id}`)).json),
  );
});
afterAll(() => t.org.stop());

describe(`random queries (SOQL_SEED=${seed})`, () => {
  it(`${QUERIES} conditions select what a naive filter selects`, async () => {
    console.log(`random SOQL, seed ${seed}`);
    const check = async ({ soql, naive }: Tree) => {
      const answer = await t.call(
        'GET',
        `query?q=${encodeURIComponent(`SELECT Id FROM Contact WHERE ${soql}`)}`,
      );
      const ids = answer.json.records.map((record: { Id: string }) => record.Id).sort();
      expect(ids, soql).toEqual(
        rows
          .filter(naive)
          .map((each) => String(each.Id))
          .sort(),
      );
    };
    await fc.assert(fc.asyncProperty(tree, check), { seed, numRuns: QUERIES });
  }, 120_000);
});
