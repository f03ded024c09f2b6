import { beforeAll, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { connectHubSpot } from '#lib/testing/connections.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { rootOf } from './filter/examples.ts';
import type { FilterBranch } from './filter/model.ts';
import { where } from './lint/testing.ts';
import type { MembersQuery, Who } from './schemas.ts';
import { cellsOf } from './server/export-members.ts';
import * as segments from './server/index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let listId: string;
let saved: FilterBranch;

const leads = rootOf([where('lifecyclestage', 'choiceAny', ['lead'])]);
const customers = rootOf([where('lifecyclestage', 'choiceAny', ['customer'])]);
const limits = { breakerShare: 20 };

function unwrap<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

beforeAll(async () => {
  await simulators.current.reset();
  await simulators.current.hubspot.config({ listProcessingMs: 0, listDelayMs: 0 });
  await simulators.current.hubspot.clock(60_000);
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
  const made = unwrap(await segments.createSegment(workspace.actor, createOf('Saved', leads)));
  listId = made.segment.listId;
  saved = leads;
});

const createOf = (name: string, filterBranch: FilterBranch) => ({
  name,
  description: '',
  kind: 'active' as const,
  filterBranch,
});

async function countOf(filterBranch: FilterBranch): Promise<number> {
  const preview = unwrap(await segments.previewSegment(workspace.actor, { filterBranch, page: 1 }));
  return preview.kind === 'counted' ? preview.count : -1;
}

async function whoIs(who: Who, filterBranch: FilterBranch): Promise<string[]> {
  const ids: string[] = [];
  let answer = unwrap(await segments.findWho(workspace.actor, { filterBranch, who }));
  ids.push(...answer.people.map(({ id }) => id));
  while (answer.cursor) {
    const request = { filterBranch, who, cursor: answer.cursor };
    answer = unwrap(await segments.findWho(workspace.actor, request));
    ids.push(...answer.people.map(({ id }) => id));
  }
  return ids;
}

describe('who starts and stops', () => {
  it('is counted by search where it says both, and the people are those of the count', async () => {
    const effect = unwrap(
      await segments.countEffect(workspace.actor, listId, { filterBranch: customers }, limits),
    );
    expect(effect).toEqual({
      start: await countOf(customers),
      stop: await countOf(saved),
      cursor: null,
      breakerPercent: null,
    });
    expect(await whoIs({ kind: 'starting', listId }, customers)).toHaveLength(effect.start ?? -1);
    expect(await whoIs({ kind: 'stopping', listId }, customers)).toHaveLength(effect.stop ?? -1);
  });

  it('is counted by reading where search cannot say it', async () => {
    const filterBranch = rootOf([
      ...(saved.filterBranches?.[0]?.filters ?? []),
      where('email', 'textEnds', ['e']),
    ]);
    let effect = unwrap(await segments.countEffect(workspace.actor, listId, { filterBranch }, limits));
    while (effect.cursor) {
      const request = { filterBranch, cursor: effect.cursor };
      effect = unwrap(await segments.countEffect(workspace.actor, listId, request, limits));
    }
    const stays = await whoIs({ kind: 'stopping', listId }, filterBranch);
    expect(effect).toMatchObject({ start: 0, stop: stays.length });
  });

  it('is not told where only HubSpot can evaluate', async () => {
    const filterBranch = rootOf([{ filterType: 'FORM_SUBMISSION', operator: 'FILLED_OUT' }]);
    let effect = unwrap(await segments.countEffect(workspace.actor, listId, { filterBranch }, limits));
    while (effect.cursor) {
      const request = { filterBranch, cursor: effect.cursor };
      effect = unwrap(await segments.countEffect(workspace.actor, listId, request, limits));
    }
    expect(effect).toMatchObject({ start: null, stop: null });
  });
});

describe('members', () => {
  const list = async (query: MembersQuery) =>
    unwrap(await segments.listMembers(workspace.actor, listId, query));

  it('are sorted by the server, either way', async () => {
    const up = await list({ q: '', sort: 'email', direction: 'ascending' });
    expect(up).toMatchObject({ canSort: true, total: await countOf(saved) });
    const emails = up.people.flatMap(({ email }) => email ?? []);
    expect(emails.length).toBeGreaterThan(50);
    expect(emails).toEqual(emails.toSorted());
    const down = await list({ q: '', sort: 'email', direction: 'descending' });
    expect(down.people[0]?.email?.localeCompare(emails[0] ?? '')).toBe(1);
  });

  it('are searched as a whole', async () => {
    const [someone] = (await list({ q: '' })).people;
    const found = await list({ q: someone?.email ?? '' });
    expect(found).toMatchObject({ isIncomplete: false, people: [{ id: someone?.id }] });
  });

  it('of a static segment are read and sorted here', async () => {
    const row = await db().segment.findFirst({ where: { name: 'Webinar March' } });
    if (!row) unwrap(await segments.refreshSegments(workspace.workspaceId));
    const fixed = await db().segment.findFirstOrThrow({ where: { name: 'Webinar March' } });
    const query = { q: '', sort: 'name' as const };
    const { people, canSort } = unwrap(await segments.listMembers(workspace.actor, fixed.listId, query));
    expect(canSort).toBe(true);
    const names = people.map(({ name }) => name.split(' ')[0] ?? '');
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  it('are exported whole', async () => {
    const csv = await new Response(unwrap(await segments.exportMembers(workspace.actor, listId))).text();
    const lines = csv.trim().split('\r\n');
    expect(lines[0]).toBe('hubspotId,firstName,lastName,email,lifecycleStage,country,salesforce');
    expect(lines).toHaveLength(1 + (await countOf(saved)));
    expect(lines[1]).toContain(',lead,');
  });

  it('what HubSpot keeps back is said to be hidden', () => {
    const values = { firstname: 'Ada', lastname: null, email: 'a@b.example', lifecyclestage: 'lead' };
    expect(cellsOf({ id: '1', values })).toEqual([
      '1',
      'Ada',
      '',
      'a@b.example',
      'lead',
      'Hidden by HubSpot',
    ]);
  });
});

it('the versions of the filters are kept with who saved them', async () => {
  const made = unwrap(await segments.createSegment(workspace.actor, createOf('Twice', leads)));
  const { listId: id, version } = made.segment;
  unwrap(await segments.updateSegment(workspace.actor, id, { filterBranch: customers, version }));
  const { current, versions } = unwrap(await segments.listVersions(workspace.actor, id));
  expect(versions.map((each) => [each.version, each.by])).toEqual([
    [current, workspace.actor.name],
    [version, workspace.actor.name],
  ]);
  expect(versions[1]?.filterBranch).toMatchObject(leads);
});

it('a finding is hidden for everybody of the workspace, and of the segment alone', async () => {
  await segments.hideLint(workspace.actor, listId, '8-x');
  expect(unwrap(await segments.hideLint(workspace.actor, listId, '8-x'))).toEqual({ keys: ['8-x'] });
  expect(unwrap(await segments.hiddenLints(workspace.actor, '999'))).toEqual({ keys: [] });
  const stranger = await createWorkspace();
  expect(unwrap(await segments.hiddenLints(stranger.actor, listId))).toEqual({ keys: [] });
});

it('lint 11 tells who left more than three times in 30 days, and through what', async () => {
  const { people } = unwrap(await segments.listMembers(workspace.actor, listId, { q: '' }));
  const [restless, calm] = people;
  const at = await now();
  const stays = (contactId: string, times: number) =>
    Array.from({ length: times }, (_, index) => {
      const until = new Date(at.getTime() - (index + 1) * 86_400_000);
      const { workspaceId } = workspace;
      return {
        workspaceId,
        listId,
        contactId,
        addedAt: until,
        since: until,
        until,
        reading: 1,
        isBaseline: false,
        ...(index > 0 ? { leftThrough: { property: 'city', value: 'Oslo', group: 0 } } : {}),
      };
    });
  await inTransaction(async (tx) => {
    await tx.membership.createMany({ data: [...stays(restless?.id ?? '', 4), ...stays(calm?.id ?? '', 3)] });
  });
  const { lints } = unwrap(
    await segments.lintFilters(workspace.actor, { filterBranch: saved, listId, sizes: null }, limits),
  );
  expect(lints.filter(({ id }) => id === 11)).toMatchObject([
    { values: { count: { value: 1 }, property: { name: 'city' } } },
  ]);
  expect(await whoIs({ kind: 'flapping', listId }, saved)).toEqual([restless?.id]);
});
