import { beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { connectHubSpot } from '#lib/testing/connections.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { branchExamples, otherExamples, propertyExamples, rootOf } from './filter/examples.ts';
import type { Filter, FilterBranch } from './filter/model.ts';
import * as segments from './server/index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
const customers = rootOf([propertyExamples.choice as Filter]);

beforeEach(async () => {
  await simulators.current.reset();
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
});

function unwrap<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const create = (name: string, filterBranch: FilterBranch = customers) =>
  segments.createSegment(workspace.actor, {
    name,
    description: 'For the tests',
    kind: 'active',
    filterBranch,
  });

async function actions(): Promise<string[]> {
  const rows = await db().auditEntry.findMany({
    where: { workspaceId: workspace.workspaceId },
    orderBy: { at: 'asc' },
  });
  return rows.map(({ action }) => action).filter((action) => action.startsWith('segment.'));
}

describe('creating', () => {
  it('makes an active segment in HubSpot, drops the draft and says who did it', async () => {
    await segments.saveDraft(workspace.actor, { listId: '', name: 'Mine', filterBranch: customers });
    const { segment, filterBranch } = unwrap(await create('New customers'));
    expect(segment).toMatchObject({ name: 'New customers', kind: 'active', description: 'For the tests' });
    expect(filterBranch).toMatchObject({ filterBranches: [{ filters: [{ property: 'lifecyclestage' }] }] });
    expect(unwrap(await segments.getDraft(workspace.actor, ''))).toBeNull();
    expect(await actions()).toEqual(['segment.created']);
  });

  it('tells a taken name at its field', async () => {
    const answer = await create('sales-ready contacts, emea AND us');
    expect(answer).toMatchObject({ failure: { code: 'segment_name_taken', fields: [{ path: 'name' }] } });
  });

  it('refuses no filter and more than 250', async () => {
    expect(await create('Empty', rootOf([]))).toMatchObject({ failure: { code: 'bad_request' } });
    const many = rootOf(Array(251).fill(propertyExamples.known));
    expect(await create('Many', many)).toMatchObject({
      failure: { code: 'segment_too_many_filters', values: { max: 250, count: 251 } },
    });
  });

  it('passes on what HubSpot says of filters that it refuses', async () => {
    const wrong = rootOf([{ ...(propertyExamples.known as Filter), property: 'no_such_property' }]);
    expect(await create('Wrong', wrong)).toMatchObject({ failure: { code: 'segment_filters_refused' } });
  });

  it('tells that the plan allows no more', async () => {
    await simulators.current.hubspot.config({ planListLimit: 10 });
    expect(await create('One too many')).toMatchObject({ failure: { code: 'segment_limit_reached' } });
  });
});

describe('changing', () => {
  it('renames, and writes filters over the version they were made from', async () => {
    const { segment } = unwrap(await create('Before'));
    const changed = unwrap(
      await segments.updateSegment(workspace.actor, segment.listId, {
        name: 'After',
        filterBranch: rootOf([propertyExamples.known as Filter]),
        version: segment.version,
      }),
    );
    expect(changed.segment).toMatchObject({ name: 'After', version: segment.version + 1 });
    expect(changed.filterBranch).toMatchObject({ filterBranches: [{ filters: [{ property: 'email' }] }] });
    expect(await actions()).toEqual(['segment.created', 'segment.renamed', 'segment.filtersChanged']);
  });

  it('does not overwrite what somebody else changed, and shows it', async () => {
    const { segment } = unwrap(await create('Contested'));
    const change = { filterBranch: rootOf([propertyExamples.known as Filter]), version: segment.version };
    unwrap(await segments.updateSegment(workspace.actor, segment.listId, change));
    expect(
      await segments.updateSegment(workspace.actor, segment.listId, { ...change, filterBranch: customers }),
    ).toMatchObject({
      failure: {
        code: 'version_conflict',
        current: { filterBranch: { filterBranches: [{ filters: [{ property: 'email' }] }] } },
      },
    });
  });

  it('keeps what it cannot show when filters beside it change', async () => {
    const start: FilterBranch = rootOf([otherExamples.inList as Filter]);
    const [group] = start.filterBranches ?? [];
    if (!group) throw new Error('The example has a group.');
    group.filterBranches = [branchExamples.company as FilterBranch];
    const { segment, filterBranch } = unwrap(await create('Made in HubSpot', start));
    const edited = structuredClone(filterBranch) as FilterBranch;
    edited.filterBranches?.[0]?.filters?.push(propertyExamples.known as Filter);
    const changed = unwrap(
      await segments.updateSegment(workspace.actor, segment.listId, {
        filterBranch: edited,
        version: segment.version,
      }),
    );
    expect(changed.filterBranch?.filterBranches?.[0]?.filterBranches).toEqual(
      filterBranch?.filterBranches?.[0]?.filterBranches,
    );
  });

  it('duplicates filters under another name', async () => {
    const { segment, filterBranch } = unwrap(await create('Original'));
    const copy = unwrap(await segments.duplicateSegment(workspace.actor, segment.listId, 'Copy'));
    expect(copy.segment.listId).not.toBe(segment.listId);
    expect(copy.filterBranch).toEqual(filterBranch);
    expect(await segments.duplicateSegment(workspace.actor, segment.listId, 'Copy')).toMatchObject({
      failure: { code: 'segment_name_taken' },
    });
  });
});

describe('deleting', () => {
  it('refuses while the segment limits what syncs', async () => {
    const { segment } = unwrap(await create('In use'));
    const use = (listId: string | null) =>
      inTransaction(async (tx) =>
        segments.setSegmentUse(tx, workspace.workspaceId, 'inclusion', listId, await now(tx)),
      );
    await use(segment.listId);
    expect(await segments.deleteSegment(workspace.actor, segment.listId)).toMatchObject({
      failure: { code: 'segment_in_use' },
    });
    await use(null);
    expect(await segments.deleteSegment(workspace.actor, segment.listId)).toEqual({ ok: true, value: null });
  });

  it('can be taken back', async () => {
    const { segment } = unwrap(await create('Short-lived'));
    unwrap(await segments.deleteSegment(workspace.actor, segment.listId));
    expect(await segments.getSegment(workspace.actor, segment.listId)).toMatchObject({
      failure: { code: 'deleted_segment' },
    });
    const restored = unwrap(await segments.restoreSegment(workspace.actor, segment.listId));
    expect(restored.segment).toMatchObject({ name: 'Short-lived', deletedAt: null });
    expect(await actions()).toEqual(['segment.created', 'segment.deleted', 'segment.restored']);
  });

  it('knows nothing of a segment that only another workspace saw', async () => {
    const { segment } = unwrap(await create('Theirs'));
    const other = await createWorkspace();
    expect(await segments.deleteSegment(other.actor, segment.listId)).toMatchObject({
      failure: { code: 'not_found' },
    });
  });
});
