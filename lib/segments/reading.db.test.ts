import { beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { connectHubSpot } from '#lib/testing/connections.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { rootOf } from './filter/examples.ts';
import type { FilterBranch } from './filter/model.ts';
import type { Preview } from './schemas.ts';
import * as segments from './server/index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
const salesReady = 'Sales-ready contacts, EMEA and US';

beforeEach(async () => {
  await simulators.current.reset();
  // Search shows what was just written only after a moment.
  await simulators.current.hubspot.clock(1_000);
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
  unwrap(await segments.refreshSegments(workspace.workspaceId));
});

function unwrap<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** Changes lists in HubSpot behind our back. */
async function atHubSpot(method: string, path: string, body?: unknown) {
  const { accessToken } = await simulators.current.hubspot.tokens();
  const answer = await fetch(`${simulators.current.hubspot.url}/crm/v3/lists${path}`, {
    method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}

const search = async (q?: string) =>
  unwrap(await segments.searchSegments(workspace.actor, q === undefined ? {} : { q }));
const names = (page: { options: { name: string }[] }) => page.options.map(({ name }) => name);
const idOf = async (name: string) => {
  const found = (await search()).options.find((option) => option.name === name);
  if (!found) throw new Error(`There is no segment ${name}.`);
  return found.listId;
};

describe('the menu', () => {
  it('lists active contact segments alone, from A to Z', async () => {
    const page = await search();
    expect(page.total).toBe(10);
    expect(names(page)).toEqual([...names(page)].sort((a, b) => a.localeCompare(b, 'en')));
    expect(names(page)).not.toContain('Webinar March');
    expect(page.options.find(({ name }) => name === salesReady)).toMatchObject({ size: 500, state: 'ready' });
  });

  it('finds names without regard to case and accents', async () => {
    expect(names(await search('SALES-réady'))).toEqual([salesReady]);
  });

  it('says which static ones match when no active one does', async () => {
    const page = await search('webinar');
    expect(page).toMatchObject({ options: [], staticMatches: ['Webinar March'] });
  });

  it('puts the selected one first, then what was used before', async () => {
    const [selected, former] = [await idOf(salesReady), await idOf('Partner referrals 2026')];
    for (const listId of [former, selected]) {
      await inTransaction(async (tx) =>
        segments.setSegmentUse(tx, workspace.workspaceId, 'inclusion', listId, await now(tx)),
      );
    }
    const [first, second, third] = (await search()).options;
    expect(first).toMatchObject({ listId: selected, isSelected: true });
    expect(second).toMatchObject({ listId: former, isRecent: true });
    expect(third).toMatchObject({ name: 'Asked for a demo', isRecent: false });
  });
});

describe('the copy of HubSpot’s lists', () => {
  it('notices renames, deletions and restores', async () => {
    const listId = await idOf('Asked for a demo');
    await atHubSpot('PUT', `/${listId}/update-list-name?listName=Wants%20a%20demo`);
    unwrap(await segments.refreshSegments(workspace.workspaceId));
    expect(names(await search('wants'))).toEqual(['Wants a demo']);
    await atHubSpot('DELETE', `/${listId}`);
    unwrap(await segments.refreshSegments(workspace.workspaceId));
    expect(names(await search('wants'))).toEqual([]);
    const index = unwrap(await segments.listIndex(workspace.actor, indexQuery('deleted')));
    expect(index.segments).toMatchObject([{ listId, state: 'deleted' }]);
    await atHubSpot('PUT', `/${listId}/restore`);
    unwrap(await segments.refreshSegments(workspace.workspaceId));
    expect(names(await search('wants'))).toEqual(['Wants a demo']);
  });

  it('keeps the filters of each version that was seen', async () => {
    const listId = await idOf(salesReady);
    unwrap(await segments.getSegment(workspace.actor, listId));
    const [criteria] = await db().segmentCriteria.findMany({
      where: { workspaceId: workspace.workspaceId, listId },
    });
    expect(criteria).toMatchObject({ version: 1 });
  });
});

const indexQuery = (view: 'all' | 'static' | 'unused' | 'deleted', more: object = {}) => ({
  view,
  q: '',
  createdBy: '',
  sort: 'name' as const,
  direction: 'ascending' as const,
  page: 1,
  size: 25 as const,
  ...more,
});

it('pages, sorts and searches the index', async () => {
  const all = unwrap(await segments.listIndex(workspace.actor, indexQuery('all')));
  expect(all).toMatchObject({ total: 14, inAccount: 14, stale: false });
  expect(all.segments[0]?.createdBy).toMatch(/Maya Lindqvist|Oskar Brandt/);
  const statics = unwrap(await segments.listIndex(workspace.actor, indexQuery('static')));
  expect(statics.segments.every(({ kind }) => kind === 'static')).toBe(true);
  expect(statics.total).toBe(4);
  const bySize = unwrap(
    await segments.listIndex(workspace.actor, indexQuery('all', { sort: 'size', direction: 'descending' })),
  );
  expect(bySize.segments[0]?.name).toBe('Everyone in the database');
  const found = unwrap(await segments.listIndex(workspace.actor, indexQuery('all', { q: 'NEWSLETTER' })));
  expect(found.total).toBe(2);
});

describe('what may limit the sync', () => {
  const check = (listId: string) => segments.checkInclusionSegment(workspace.workspaceId, listId);

  it('takes an active contact segment', async () => {
    expect(unwrap(await check(await idOf(salesReady)))).toMatchObject({ name: salesReady, kind: 'active' });
  });

  it('tells what is wrong with every other', async () => {
    await search();
    const row = await db().segment.findFirstOrThrow({ where: { name: 'Webinar March' } });
    expect(await check(row.listId)).toMatchObject({ failure: { code: 'static_segment' } });
    expect(await check('999999')).toMatchObject({ failure: { code: 'unknown_segment' } });
    const gone = await idOf('Asked for a demo');
    await atHubSpot('DELETE', `/${gone}`);
    expect(await check(gone)).toMatchObject({ failure: { code: 'deleted_segment' } });
    expect(await segments.describeSegment(workspace.workspaceId, gone)).toMatchObject({
      segment: { state: 'deleted' },
      stale: false,
    });
    await simulators.current.hubspot.faults([{ path: '/crm', status: 500, times: 50 }]);
    expect(await check(await idOf(salesReady))).toMatchObject({ failure: { code: 'hubspot_unavailable' } });
  });
});

describe('the preview', () => {
  async function previewAll(filterBranch: FilterBranch): Promise<Preview> {
    let answer = unwrap(await segments.previewSegment(workspace.actor, { filterBranch, page: 1 }));
    while (answer.kind === 'reading' && answer.cursor) {
      answer = unwrap(
        await segments.previewSegment(workspace.actor, { filterBranch, page: 1, cursor: answer.cursor }),
      );
    }
    return answer;
  }

  it('agrees with HubSpot’s own size wherever it gives a number', async () => {
    const counted: string[] = [];
    for (const { listId, name, size } of (await search()).options) {
      const { filterBranch } = unwrap(await segments.getSegment(workspace.actor, listId));
      const answer = await previewAll(filterBranch as FilterBranch);
      if (answer.kind === 'onlyHubSpot') continue;
      expect([name, answer.count]).toEqual([name, size]);
      counted.push(name);
    }
    expect(counted.length).toBeGreaterThanOrEqual(8);
    // Companies are read to count this one.
    expect(counted).toContain('People at companies above 40 million');
  });

  it.each([
    ['a part of a text', { operationType: 'MULTISTRING', operator: 'CONTAINS', values: ['log'] }],
    ['no part of a text', { operationType: 'MULTISTRING', operator: 'DOES_NOT_CONTAIN', values: ['log'] }],
    [
      'blanks too',
      {
        operationType: 'MULTISTRING',
        operator: 'IS_NOT_EQUAL_TO',
        values: ['x'],
        includeObjectsWithNoValueSet: true,
      },
    ],
  ])('reads and counts %s as HubSpot then does', async (_, operation) => {
    const filterBranch = rootOf([
      {
        filterType: 'PROPERTY',
        property: 'company',
        operation: { includeObjectsWithNoValueSet: false, ...operation },
      },
    ]);
    const answer = await previewAll(filterBranch);
    if (answer.kind !== 'reading') throw new Error(`Unexpected: ${answer.kind}`);
    expect(answer.cursor).toBeNull();
    const { segment } = unwrap(
      await segments.createSegment(workspace.actor, {
        name: 'Counted',
        description: '',
        kind: 'active',
        filterBranch,
      }),
    );
    await simulators.current.clock(60_000);
    await expect
      .poll(async () => unwrap(await segments.getSegment(workspace.actor, segment.listId)).segment, {
        timeout: 20_000,
      })
      .toMatchObject({ state: 'ready', size: answer.count });
  });

  it('follows membership of another segment', async () => {
    const listId = await idOf(salesReady);
    const answer = await previewAll(rootOf([{ filterType: 'IN_LIST', listId, operator: 'NOT_IN_LIST' }]));
    expect(answer).toMatchObject({ kind: 'reading', count: 2_000 });
  });

  it('gives no number where only HubSpot can evaluate', async () => {
    expect(await previewAll(rootOf([{ filterType: 'FORM_SUBMISSION', operator: 'FILLED_OUT' }]))).toEqual({
      kind: 'onlyHubSpot',
      of: 2_500,
    });
  });

  it('tests one contact against unsaved filters', async () => {
    const listId = await idOf(salesReady);
    const { filterBranch } = unwrap(await segments.getSegment(workspace.actor, listId));
    const { people } = unwrap(await segments.listMembers(workspace.actor, listId, { q: '' }));
    const result = unwrap(
      await segments.testContact(workspace.actor, {
        contactId: people[0]?.id ?? '',
        filterBranch: filterBranch as FilterBranch,
      }),
    );
    expect(result).toMatchObject({ verdict: 'yes', groups: [{ verdict: 'yes' }] });
    const nobody = await segments.testContact(workspace.actor, {
      contactId: '1',
      filterBranch: filterBranch as FilterBranch,
    });
    expect(nobody).toMatchObject({ failure: { code: 'not_found' } });
  });
});

it('pages members by 250 and searches among them', async () => {
  const listId = await idOf(salesReady);
  const first = unwrap(await segments.listMembers(workspace.actor, listId, { q: '' }));
  expect(first.people).toHaveLength(250);
  const second = unwrap(
    await segments.listMembers(workspace.actor, listId, { q: '', after: first.after ?? '' }),
  );
  const ids = new Set([...first.people, ...second.people].map(({ id }) => id));
  expect(ids.size).toBe(500);
  const wanted = second.people.find(({ email }) => email !== null);
  const found = unwrap(await segments.listMembers(workspace.actor, listId, { q: wanted?.email ?? '' }));
  expect(found.people.map(({ id }) => id)).toEqual([wanted?.id]);
});
