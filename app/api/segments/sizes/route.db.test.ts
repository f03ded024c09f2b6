import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '#lib/segments/evaluate/evaluate.ts';
import { otherExamples, rootOf } from '#lib/segments/filter/examples.ts';
import type { Filter, FilterBranch } from '#lib/segments/filter/model.ts';
import { where } from '#lib/segments/lint/testing.ts';
import { countSizes, findWho, lintFilters } from '#lib/segments/server/index.ts';
import type { Sizes } from '#lib/segments/sizes/schemas.ts';
import { naiveSizes } from '#lib/segments/sizes/testing.ts';
import { send } from '#lib/testing/asking.ts';
import { connectHubSpot } from '#lib/testing/connections.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { POST as postLint } from '../lint/route.ts';
import { POST as postWho } from '../who/route.ts';
import { POST as postSizes } from './route.ts';

testDatabase();
const simulators = testSimulators();
const contacts = 1_200;
const clock = { now: new Date(), timeZone: 'Europe/Berlin' };
let workspace: TestWorkspace;
let people: (Person & { id: string })[];

beforeAll(async () => {
  await simulators.current.hubspot.reset({ seed: 'demo', contacts });
  people = await everybody();
});

beforeEach(async () => {
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
});

async function ask(method: string, path: string, body?: unknown) {
  const { hubspot } = simulators.current;
  const { accessToken } = await hubspot.tokens();
  const response = await fetch(`${hubspot.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: HubSpot's answers of several shapes.
  return (await response.json()) as Record<string, any>;
}

const read = ['email', 'lifecyclestage', 'country', 'city', 'createdate', 'jobtitle', 'hubspot_owner_id'];

/** All contacts with what the filters here look at, and the lists they are in, asked of HubSpot one by one. */
async function everybody() {
  const all: (Person & { id: string })[] = [];
  for (let after: string | undefined = '0'; after !== undefined; ) {
    const path: string = `/crm/v3/objects/contacts?limit=100&properties=${read.join(',')}&after=${after}`;
    const page = await ask('GET', path);
    for (const { id, properties } of page.results) {
      const blanks = Object.fromEntries(read.map((name) => [name, properties[name] ?? null]));
      all.push({ id, values: blanks, lists: new Set() });
    }
    after = page.paging?.next.after;
  }
  return all;
}

async function sizesOf(filterBranch: FilterBranch): Promise<{ sizes: Sizes; parts: number }> {
  let answer = await countSizes(workspace.actor, { filterBranch });
  let sizes: Sizes | null = null;
  for (let parts = 1; ; parts++) {
    if (!answer.ok) throw new Error(answer.failure.code);
    sizes = answer.value.sizes ?? sizes;
    const { cursor } = answer.value;
    if (!cursor) {
      if (!sizes) throw new Error('Nothing was counted.');
      return { sizes, parts };
    }
    answer = await countSizes(workspace.actor, { filterBranch, cursor });
  }
}

const stage = where('lifecyclestage', 'choiceAny', ['customer', 'opportunity', 'salesqualifiedlead']);
const country = where('country', 'choiceAny', ['Germany', 'France', 'United States']);
const owned = where('hubspot_owner_id', 'known');
const recent = where('createdate', 'agoLess', ['200']);
const leading = where('jobtitle', 'textContains', ['head', 'chief']);

describe('sizes', () => {
  test.each<[string, Filter[][]]>([
    ['one group', [[stage, country]]],
    ['three filters', [[stage, country, owned]]],
    [
      'two groups',
      [
        [stage, country],
        [recent, owned],
      ],
    ],
  ])('search counts %s, and it is the truth', async (_name, groups) => {
    const { sizes, parts } = await sizesOf(rootOf(...groups));
    expect(parts).toBe(1);
    expect(sizes).toMatchObject(naiveSizes(groups, people, clock));
    expect(sizes.total).toBeGreaterThan(0);
  });

  test('what search can say takes few searches', async () => {
    const before = await simulators.current.hubspot.requests();
    await sizesOf(rootOf([stage, country]));
    const after = await simulators.current.hubspot.requests();
    const key = 'POST /crm/v3/objects/contacts/search';
    // Everybody, both together, each of them: the one's misses are the other's matches.
    expect((after.counts[key] ?? 0) - (before.counts[key] ?? 0)).toBe(4);
  });

  test('what search cannot say is read in parts, with the truth at the end and no number before it', async () => {
    const filterBranch = rootOf([leading, country], [stage, recent]);
    const first = await countSizes(workspace.actor, { filterBranch });
    if (!first.ok) throw new Error(first.failure.code);
    expect(first.value.sizes).toMatchObject({ of: contacts, total: null });
    expect(first.value.sizes?.groups[0]?.filters[0]?.match).toBeNull();
    expect(first.value.cursor).not.toBeNull();
    const { sizes, parts } = await sizesOf(filterBranch);
    expect(parts).toBe(3);
    expect(sizes).toMatchObject(
      naiveSizes(
        [
          [leading, country],
          [stage, recent],
        ],
        people,
        clock,
      ),
    );
  });

  test('a filter that only HubSpot can evaluate leaves its numbers open, and nobody is read for it', async () => {
    const { sizes, parts } = await sizesOf(rootOf([stage, otherExamples.form as Filter]));
    expect(parts).toBe(1);
    expect(sizes).toMatchObject({
      total: null,
      groups: [{ size: null, isOnlyHubSpot: true, filters: [{ isOnlyHubSpot: false }, { match: null }] }],
    });
    const known = naiveSizes([[stage]], people, clock);
    expect(sizes.groups[0]?.filters[0]?.match).toBe(known.total);
  });

  test('members of segments that are left out', async () => {
    const { lists } = await ask('POST', '/crm/v3/lists/search', {
      query: 'Newsletter 2024',
      count: 5,
      offset: 0,
    });
    const listId: string = lists[0].listId;
    const out = where(null, 'segmentNotIn', [listId]);
    const { sizes } = await sizesOf(rootOf([stage, country, out]));
    const { total } = naiveSizes([[stage, country]], people, clock);
    expect((sizes.total ?? 0) + (sizes.leftOut ?? 0)).toBe(total);
    expect(sizes.leftOut).toBeGreaterThan(0);
  });
});

test('who misses only one filter, with the value that blocks', async () => {
  const filterBranch = rootOf([stage, country]);
  const found = [];
  let cursor: { afterId: string; read: number; toRead: number } | null = null;
  do {
    const who = { kind: 'misses' as const, filter: { group: 0, item: 1 } };
    const answer = await findWho(workspace.actor, { filterBranch, who, ...(cursor ? { cursor } : {}) });
    if (!answer.ok) throw new Error(answer.failure.code);
    expect(answer.value.isIncomplete).toBe(false);
    found.push(...answer.value.people);
    cursor = answer.value.cursor;
  } while (cursor);
  const truth = naiveSizes([[stage, country]], people, clock);
  expect(found).toHaveLength(truth.groups[0]?.filters[1]?.missOnly ?? -1);
  for (const { id, value } of found) {
    const person = people.find((each) => each.id === id);
    expect(person?.values.country ?? null).toBe(value);
    expect(['Germany', 'France', 'United States']).not.toContain(value);
  }
});

describe('lints', () => {
  async function lintsOf(filterBranch: FilterBranch, sizes: Sizes | null = null) {
    const answer = await lintFilters(
      workspace.actor,
      { filterBranch, listId: null, sizes },
      { breakerShare: 20 },
    );
    if (!answer.ok) throw new Error(answer.failure.code);
    return answer.value.lints;
  }

  test('are found in what the account is now', async () => {
    const filterBranch = rootOf([
      stage,
      where('shoe_size', 'known'),
      where('country', 'choiceAny', ['Germany', 'Atlantis']),
      where(null, 'segmentIn', ['999999']),
    ]);
    const lints = await lintsOf(filterBranch);
    expect(lints.filter(({ level }) => level === 'stop').map(({ path }) => path.item)).toEqual([1, 2]);
    expect(lints.map(({ id }) => id)).toContain(12);
  });

  test('rest on the sizes, and search counts what those leave out', async () => {
    // As many days as this person needs to leave in three of them.
    const created = Date.parse(people[0]?.values.createdate ?? '');
    const days = Math.floor((clock.now.getTime() - created) / 86_400_000) + 3;
    const soonOver = where('createdate', 'agoLess', [String(days)]);
    const filterBranch = rootOf([soonOver]);
    const { sizes } = await sizesOf(filterBranch);
    expect(sizes.leavingSoon).toBeNull();
    const lints = await lintsOf(filterBranch, sizes);
    const told = lints.find(({ id }) => id === 19);
    const later = { ...clock, now: new Date(clock.now.getTime() + 7 * 86_400_000) };
    const leaving =
      naiveSizes([[soonOver]], people, clock).total - naiveSizes([[soonOver]], people, later).total;
    expect(leaving).toBeGreaterThan(0);
    expect(told?.values.count).toEqual({ kind: 'number', value: leaving });
  });
});

describe.each([
  ['sizes', postSizes, {}],
  ['who', postWho, { who: { kind: 'leaving' } }],
  ['lint', postLint, {}],
] as const)('POST /api/segments/%s', (_name, post, more) => {
  const body = { filterBranch: rootOf([stage]), ...more };
  const call = async (given: unknown, who: TestWorkspace | null) =>
    (await send(post, who, { body: given })).status;

  test('needs a session', async () => expect(await call(body, null)).toBe(401));

  test('asks the HubSpot account of the own workspace alone', async () => {
    const other = await createWorkspace();
    expect(await call(body, other)).toBe(409);
    expect(await call(body, workspace)).toBe(200);
  });

  test('refuses unknown keys', async () => expect(await call({ ...body, extra: 1 }, workspace)).toBe(400));
});
