import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testSimulators } from '#lib/testing/simulators.ts';
import type { FilterBranch } from '../filter/model.ts';
import { compile, type Person } from './evaluate.ts';
import { randomBranches, randomProperties, randomValues } from './random-filters.ts';

const simulators = testSimulators();
const people = 25;
const filters = 450;
const dayMs = 86_400_000;
let call: (method: string, path: string, body?: unknown) => Promise<Answer>;

// biome-ignore lint/suspicious/noExplicitAny: HubSpot's answers of several shapes.
type Answer = any;

beforeAll(async () => {
  const { hubspot } = simulators.current;
  await hubspot.reset({ seed: 'empty' });
  await hubspot.config({ listProcessingMs: 0, listDelayMs: 0 });
  await hubspot.schema({ properties: randomProperties });
  await quietHour();
  const { accessToken } = await hubspot.tokens();
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  call = async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${hubspot.url}${path}`, { method, headers, ...sent });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${text} for ${JSON.stringify(body)}`);
    return text === '' ? null : JSON.parse(text);
  };
});

/** HubSpot's clock at twenty past ten: a minute more or less then changes no answer. */
async function quietHour(): Promise<void> {
  const { hubspot } = simulators.current;
  const { now } = (await hubspot.config()) as { now: string };
  const past = Date.parse(now) % dayMs;
  const wanted = (10 * 60 + 20) * 60_000;
  await hubspot.clock((wanted - past + dayMs) % dayMs);
}

async function addPeople(now: number, seed: number, lists: string[]): Promise<(Person & { id: string })[]> {
  const values = fc.sample(randomValues(now), { numRuns: people, seed });
  const made = await call('POST', '/crm/v3/objects/contacts/batch/create', {
    inputs: values.map((properties, index) => ({
      properties: { ...properties, email: `p${index}@random.example` },
    })),
  });
  const ids: string[] = made.results.map(({ id }: { id: string }) => id);
  for (const [index, listId] of lists.entries()) {
    const members = ids.filter((_, at) => at % (index + 2) === 0);
    await call('PUT', `/crm/v3/lists/${listId}/memberships/add`, members);
  }
  const properties = randomProperties.map(({ name }) => name);
  const inputs = ids.map((id) => ({ id }));
  const read = await call('POST', '/crm/v3/objects/contacts/batch/read', { properties, inputs });
  return read.results.map((contact: { id: string; properties: Record<string, string | null> }) => {
    const at = ids.indexOf(contact.id);
    const memberships = lists.filter((_, index) => at % (index + 2) === 0);
    const blanks = Object.fromEntries(properties.map((name) => [name, contact.properties[name] ?? null]));
    return { id: contact.id, values: blanks, lists: new Set(memberships) };
  });
}

async function createList(
  name: string,
  processingType: string,
  filterBranch?: FilterBranch,
): Promise<string> {
  const body = { name, objectTypeId: '0-1', processingType, ...(filterBranch ? { filterBranch } : {}) };
  return (await call('POST', '/crm/v3/lists', body)).list.listId;
}

/** Whom HubSpot counts as members of a list, once it has evaluated everybody. */
async function membersOf(listId: string): Promise<Set<string>> {
  for (;;) {
    const { list } = await call('GET', `/crm/v3/lists/${listId}`);
    if (list.processingStatus === 'COMPLETE') break;
  }
  const { results } = await call('GET', `/crm/v3/lists/${listId}/memberships?limit=250`);
  return new Set(results.map(({ recordId }: { recordId: string }) => recordId));
}

test('our evaluator and HubSpot’s lists agree on 10,000 pairs of filter and contact', async () => {
  const seed = Date.now() % 2 ** 31;
  console.log(`agreement: seed ${seed}`);
  const account = (await simulators.current.hubspot.config()) as Answer;
  const now = Date.parse(account.now);
  const timeZone: string = account.accounts[0].timeZone;
  const lists = [await createList('Static one', 'MANUAL'), await createList('Static two', 'MANUAL')];
  const all = await addPeople(now, seed, lists);
  const branches = fc.sample(randomBranches(now, timeZone, lists), { numRuns: filters, seed });
  const clock = { now: new Date(now), timeZone };
  let decided = 0;
  const disagreements: unknown[] = [];
  for (const [index, branch] of branches.entries()) {
    const members = await membersOf(await createList(`Random ${index}`, 'DYNAMIC', branch));
    const decide = compile(branch, clock);
    for (const person of all) {
      const verdict = decide(person);
      if (verdict === 'unknown') continue;
      decided++;
      const isIn = members.has(person.id);
      if ((verdict === 'yes') !== isIn) disagreements.push({ isIn, branch, values: person.values });
    }
  }
  console.log(`agreement: ${decided} of ${branches.length * all.length} pairs decided`);
  expect(disagreements.slice(0, 3).map((each) => JSON.stringify(each))).toEqual([]);
  expect(decided).toBeGreaterThanOrEqual(10_000);
}, 120_000);
