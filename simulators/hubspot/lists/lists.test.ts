import { describe, expect, it } from 'vitest';
import { benchPerTest, containing, type ListAnswer } from '../testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const scene = benchPerTest();
const { open, advance, create, createList, getList } = scene;

const young = {
  ...{ filterType: 'PROPERTY', property: 'createdate' },
  operation: {
    operationType: 'ROLLING_DATE_RANGE',
    operator: 'IS_LESS_THAN_X_DAYS_AGO',
    numberOfDays: 7,
  },
};
const branch = (filters: object[], filterBranches: object[] = []) => ({
  ...{ filterBranchType: 'OR', filterBranches: [{ filterBranchType: 'AND', filters, filterBranches }] },
});
const revenue = { operationType: 'NUMBER', operator: 'IS_GREATER_THAN', value: 100 };
const ofCompany = {
  ...{
    filterBranchType: 'ASSOCIATION',
    operator: 'IN_LIST',
    objectTypeId: '0-2',
    associationTypeId: 279,
  },
  ...{ associationCategory: 'HUBSPOT_DEFINED' },
  filters: [{ filterType: 'PROPERTY', property: 'annualrevenue', operation: revenue }],
};

describe('lists', () => {
  it('grow while they are processed, follow changes later, and count versions', async () => {
    await open({ listDelayMs: 5_000, listProcessingMs: 100_000 });
    for (let index = 0; index < 10; index += 1) await create({ email: `p${index}@x.example` });
    await advance(5_000);
    const { listId, processingStatus, size } = await createList('All', containing('@x.example'));
    expect([processingStatus, size]).toEqual(['PROCESSING', 0]);
    await advance(50_000);
    const half = await getList(listId);
    expect(half.processingStatus).toBe('PROCESSING');
    expect(half.size).toBeGreaterThan(0);
    expect(half.size).toBeLessThan(10);
    await advance(50_000);
    expect(await getList(listId)).toMatchObject({ processingStatus: 'COMPLETE', size: 10, listVersion: 1 });
    await create({ email: 'more@x.example' });
    expect((await getList(listId)).size).toBe(10);
    await advance(5_000);
    expect((await getList(listId)).size).toBe(11);
    const filterBranch = containing('p1@');
    const put = await scene.bench.call('PUT', `/crm/v3/lists/${listId}/update-list-filters`, {
      filterBranch,
    });
    expect(put.body.updatedList).toMatchObject({ processingStatus: 'PROCESSING', listVersion: 2 });
    await advance(100_000);
    expect(await getList(listId)).toMatchObject({ processingStatus: 'COMPLETE', size: 1 });
  });

  it('follow other lists, associated companies and the calendar', async () => {
    await open();
    const id = await create({ email: 'a@x.example' });
    const base = await createList('Base', containing('a@'));
    const inBase = { filterType: 'IN_LIST', listId: base.listId, operator: 'IN_LIST' };
    const lists = [
      await createList('In base', branch([inBase])),
      await createList('Young', branch([young])),
      await createList('Of a large company', branch([], [ofCompany])),
    ];
    await advance(10);
    const sizes = () => Promise.all(lists.map(async ({ listId }) => (await getList(listId)).size));
    expect(await sizes()).toEqual([1, 1, 0]);
    const company = await scene.bench.call('POST', '/crm/v3/objects/companies', {
      properties: { annualrevenue: '50' },
    });
    const path = `/crm/v4/objects/contacts/${id}/associations/default/companies/${company.body.id}`;
    await scene.bench.call('PUT', path);
    await scene.bench.call('PATCH', `/crm/v3/objects/companies/${company.body.id}`, {
      properties: { annualrevenue: '500' },
    });
    expect(await sizes()).toEqual([1, 1, 1]);
    await scene.bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { email: 'b@x.example' } });
    await advance(10);
    expect(await sizes()).toEqual([0, 1, 1]);
    const token = scene.bench.control<{ accessToken: string }>;
    await advance(9 * 86_400_000);
    const { accessToken } = await token('POST', '/tokens', {});
    const answer = await fetch(`${scene.bench.url}/crm/v3/lists/${lists[1]?.listId}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(((await answer.json()) as ListAnswer).list.size).toBe(0);
  });

  it('follow a clock that is moved within a day', async () => {
    await open({ accessTokenSeconds: 86_400 });
    await create({ email: 'hours@x.example' });
    const point = { timeType: 'INDEXED', timezoneSource: 'CUSTOM', zoneId: 'UTC', offset: { hours: -2 } };
    const timePoint = { ...point, indexReference: { referenceType: 'NOW' } };
    const operation = {
      ...{ operationType: 'TIME_POINT', operator: 'IS_BEFORE', endpointBehavior: 'EXCLUSIVE', timePoint },
      includeObjectsWithNoValueSet: false,
    };
    const filter = { filterType: 'PROPERTY', property: 'createdate', operation };
    const filterBranch = {
      filterBranchType: 'OR',
      filterBranches: [{ filterBranchType: 'AND', filters: [filter] }],
    };
    const { listId } = await createList('Two hours old', filterBranch);
    await advance(3_600_000);
    expect((await getList(listId)).size).toBe(0);
    await advance(3_700_000);
    expect((await getList(listId)).size).toBe(1);
  });

  it('see what a contact did: forms sent, how often and when', async () => {
    await open();
    const id = await create({ email: 'active@x.example' });
    const filled = (more: object) => ({
      ...{ filterBranchType: 'OR' },
      filterBranches: [
        { filterBranchType: 'AND', filters: [{ filterType: 'FORM_SUBMISSION', formId: 'f1', ...more }] },
      ],
    });
    const week = { amount: 7, timeUnit: 'DAYS', offsetDirection: 'PAST' };
    const recent = { type: 'RELATIVE_COMPARATIVE', comparison: 'AFTER', timeOffset: week };
    const twice = { type: 'NUM_OCCURRENCES', minOccurrences: 2 };
    const lists = [
      await createList('Sent', filled({ operator: 'FILLED_OUT' })),
      await createList('Never sent', filled({ operator: 'NOT_FILLED_OUT' })),
      await createList('Twice', filled({ operator: 'FILLED_OUT', coalescingRefineBy: twice })),
      await createList('Lately', filled({ operator: 'FILLED_OUT', pruningRefineBy: recent })),
    ];
    const sizes = () => Promise.all(lists.map(async ({ listId }) => (await getList(listId)).size));
    const send = (at: number) =>
      scene.bench.control('POST', '/activities', {
        contactId: id,
        filterType: 'FORM_SUBMISSION',
        id: 'f1',
        at,
      });
    await advance(10);
    expect(await sizes()).toEqual([0, 1, 0, 0]);
    await send(Date.now() - 30 * 86_400_000);
    expect(await sizes()).toEqual([1, 0, 0, 0]);
    await send(Date.now() - 1_000);
    expect(await sizes()).toEqual([1, 0, 1, 1]);
  });

  it('page their members upward and downward, by id and by the time of joining', async () => {
    await open();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await create({ email: `m${index}@x.example` }));
    const made = await scene.bench.call<ListAnswer>('POST', '/crm/v3/lists', {
      ...{ name: 'Hand', objectTypeId: '0-1', processingType: 'MANUAL' },
    });
    const base = `/crm/v3/lists/${made.body.list.listId}/memberships`;
    for (const id of [ids[3], ids[0], ids[4], ids[1], ids[2]]) {
      await scene.bench.call('PUT', `${base}/add`, [id]);
      await advance(1_000);
    }
    interface Page {
      results: { recordId: string }[];
      paging?: { next?: { after: string }; prev?: { before: string } };
    }
    const walk = async (path: string) => {
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const page = await scene.bench.call<Page>('GET', `${path}?limit=2${after}`);
        seen.push(...page.body.results.map((each) => each.recordId));
        if (!page.body.paging?.next) return seen;
        after = `&after=${page.body.paging.next.after}`;
      }
    };
    expect(await walk(base)).toEqual(ids);
    expect(await walk(`${base}/join-order`)).toEqual([ids[3], ids[0], ids[4], ids[1], ids[2]]);
    const down = await scene.bench.call<Page>('GET', `${base}?limit=2&before=${ids[3]}`);
    expect(down.body.results.map((each) => each.recordId)).toEqual([ids[2], ids[1]]);
    expect(down.body.paging?.prev?.before).toBe(ids[1]);
  });
});
