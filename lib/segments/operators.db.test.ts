import { beforeAll, describe, expect, it } from 'vitest';
import { connectHubSpot } from '#lib/testing/connections.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { type ConditionOperator, conditionOperators } from './filter/condition.ts';
import { newItem } from './filter/editor-model.ts';
import { rootOf } from './filter/examples.ts';
import type { Filter, FilterBranch } from './filter/model.ts';
import * as segments from './server/index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

type Way = 'counted' | 'reading' | 'onlyHubSpot';
type Row = [ConditionOperator, string | null, string[], Way, { blank?: true; object?: 'company' }?];

/** Every operator of the editor, how its size is found, and on which property of the demo. */
const table: Row[] = [
  ['choiceAny', 'lifecyclestage', ['customer', 'lead'], 'counted'],
  ['choiceNone', 'lifecyclestage', ['customer'], 'counted'],
  ['choiceNone', 'hs_lead_status', ['NEW'], 'reading', { blank: true }],
  ['choiceAll', 'op_boxes', ['a', 'b'], 'reading'],
  ['choiceEver', 'lifecyclestage', ['customer'], 'onlyHubSpot'],
  ['textEquals', 'city', ['berlin', 'Paris'], 'counted'],
  ['textNotEquals', 'city', ['Berlin'], 'counted'],
  ['textContains', 'jobtitle', ['head', 'VP'], 'reading'],
  ['textNotContains', 'jobtitle', ['head'], 'reading'],
  ['textStarts', 'city', ['B', 'm'], 'reading'],
  ['textEnds', 'email', ['.EXAMPLE'], 'reading'],
  ['numberEquals', 'op_number', ['2'], 'counted'],
  ['numberNotEquals', 'op_number', ['3'], 'counted'],
  ['numberGreater', 'annualrevenue', ['40000000'], 'reading', { object: 'company' }],
  ['numberGreater', 'op_number', ['2'], 'counted'],
  ['numberGreaterOrEqual', 'op_number', ['2'], 'counted'],
  ['numberLess', 'op_number', ['1'], 'counted'],
  ['numberLessOrEqual', 'op_number', ['2'], 'counted'],
  ['numberBetween', 'op_number', ['1', '3'], 'counted'],
  ['yes', 'op_yes', [], 'counted'],
  ['no', 'op_yes', [], 'counted'],
  ['dayIs', 'createdate', ['2026-06-01'], 'counted'],
  ['dayBefore', 'createdate', ['2026-06-01'], 'counted'],
  ['dayAfter', 'createdate', ['2026-06-01'], 'counted'],
  ['dayBetween', 'createdate', ['2026-03-01', '2026-09-01'], 'counted'],
  ['agoMore', 'createdate', ['90'], 'counted'],
  ['agoLess', 'createdate', ['90'], 'counted'],
  ['known', 'hubspot_owner_id', [], 'counted'],
  ['unknown', 'hubspot_owner_id', [], 'counted'],
  ['segmentIn', null, ['Sales-ready contacts, EMEA and US'], 'reading'],
  ['segmentNotIn', null, ['Sales-ready contacts, EMEA and US'], 'reading'],
];
/** What the demo's people do not have. */
const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
const properties = [
  {
    name: 'op_number',
    label: 'Number',
    type: 'number',
    fieldType: 'number',
    groupName: 'contactinformation',
  },
  {
    name: 'op_yes',
    label: 'Yes',
    type: 'bool',
    fieldType: 'booleancheckbox',
    groupName: 'contactinformation',
  },
  {
    ...{ name: 'op_boxes', label: 'Boxes', type: 'enumeration', fieldType: 'checkbox', options },
    groupName: 'contactinformation',
  },
];

async function addValues(): Promise<void> {
  const { hubspot } = simulators.current;
  const { accessToken } = await hubspot.tokens();
  const send = async (path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${hubspot.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.status).toBeLessThan(300);
    return answer.json();
  };
  const { results } = await send('/crm/v3/objects/contacts/search', { limit: 100 });
  const inputs = results.map(({ id }: { id: string }, index: number) => ({
    id,
    properties: {
      op_yes: String(index % 3 === 0),
      op_number: String(index % 5),
      op_boxes: ['a', 'a;b', 'b;c', 'a;b;c'][index % 4],
    },
  }));
  await send('/crm/v3/objects/contacts/batch/update', { inputs });
}

const cases = table.map((row, index) => ({ name: `${index} ${row[0]} ${row[1] ?? ''}`, row }));
const made = new Map<string, { listId: string; filterBranch: FilterBranch }>();

function unwrap<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function branchOf(
  [operator, property, values, , more]: Row,
  listIdOf: (name: string) => string,
): FilterBranch {
  const given = property === null ? values.map(listIdOf) : values;
  const object = more?.object ? { object: more.object } : {};
  const condition = { ...object, property, operator, values: given, includeBlank: more?.blank ?? false };
  const { json, isBranch } = newItem(condition, 'Europe/Berlin', () => 'x');
  if (!isBranch) return rootOf([json as Filter]);
  const root = rootOf([]);
  const [group] = root.filterBranches ?? [];
  if (group) group.filterBranches = [json as FilterBranch];
  return root;
}

beforeAll(async () => {
  await simulators.current.reset();
  await simulators.current.hubspot.config({ listProcessingMs: 0, listDelayMs: 0 });
  await simulators.current.hubspot.schema({ properties });
  await simulators.current.hubspot.clock(60_000);
  await addValues();
  await simulators.current.hubspot.clock(60_000);
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
  unwrap(await segments.refreshSegments(workspace.workspaceId));
  const { options } = unwrap(await segments.searchSegments(workspace.actor, {}));
  const listIdOf = (name: string) => options.find((option) => option.name === name)?.listId ?? '';
  for (const { name, row } of cases) {
    const filterBranch = branchOf(row, listIdOf);
    const input = { name, description: '', kind: 'active' as const, filterBranch };
    const { segment } = unwrap(await segments.createSegment(workspace.actor, input));
    made.set(name, { listId: segment.listId, filterBranch });
  }
}, 60_000);

async function previewOf(filterBranch: FilterBranch) {
  let answer = unwrap(await segments.previewSegment(workspace.actor, { filterBranch, page: 1 }));
  while (answer.kind === 'reading' && answer.cursor) {
    const request = { filterBranch, page: 1, cursor: answer.cursor };
    answer = unwrap(await segments.previewSegment(workspace.actor, request));
  }
  return answer;
}

describe('the preview’s count is the size after processing', () => {
  it.each(cases)('$name', async ({ name, row }) => {
    const { listId, filterBranch } = made.get(name) ?? {};
    if (!listId || !filterBranch) throw new Error(`${name} was not made.`);
    const preview = await previewOf(filterBranch);
    expect(preview.kind).toBe(row[3]);
    if (preview.kind === 'onlyHubSpot') return;
    // A size of nobody or of everybody would show little.
    expect(preview.count).toBeGreaterThan(0);
    expect(preview.count).toBeLessThan(preview.of);
    await expect
      .poll(async () => unwrap(await segments.getSegment(workspace.actor, listId)).segment, {
        timeout: 20_000,
      })
      .toMatchObject({ state: 'ready', size: preview.count });
  });

  it('has every operator', () => {
    expect(new Set(table.map(([operator]) => operator))).toEqual(new Set(conditionOperators));
  });
});
