import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, callWith, startBench, tokenWith } from './testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench('empty');
});
afterAll(() => bench.stop());

const withToken = (token: string, method: string, path: string) => callWith(bench, token, method, path);

/** The list inside the message of refused values. */
function problems(message: unknown): { error: string; name: string; message: string }[] {
  return JSON.parse(String(message).replace('Property values were not valid: ', ''));
}

describe('a call is refused', () => {
  it('without a token', async () => {
    const answer = await fetch(`${bench.url}${CONTACTS}`);
    expect([answer.status, await answer.json()]).toEqual([
      401,
      expect.objectContaining({ category: 'INVALID_AUTHENTICATION', status: 'error' }),
    ]);
  });

  it('with a token that expired, and with one that never was', async () => {
    const made = await bench.control<{ accessToken: string }>('POST', '/tokens', {});
    await bench.control('POST', '/clock', { advanceMs: 1_875_000 });
    const expired = await withToken(made.accessToken, 'GET', CONTACTS);
    expect(expired.status).toBe(401);
    expect(expired.body).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' });
    expect(expired.body.message).toMatch(
      /^The OAuth token used to make this call expired 7[5-9] second\(s\) ago\.$/,
    );
    const never = await withToken('nonsense', 'GET', CONTACTS);
    expect(never.body.message).toMatch(/expired 20\d{3} day\(s\) ago/);
    await bench.stop();
    bench = await startBench('empty');
  });

  it('without the scope', async () => {
    const answer = await withToken(await tokenWith(bench, 'oauth crm.lists.read'), 'GET', CONTACTS);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.contacts.read'] } }],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    });
  });

  it('for values that are not valid, all of them named', async () => {
    const answer = await bench.call('POST', CONTACTS, {
      properties: {
        nothing: 'x',
        country: 'Atlantis',
        email: 'no address',
        hs_object_id: '1',
        closedate: 'soon',
      },
    });
    expect([answer.status, answer.body.category]).toEqual([400, 'VALIDATION_ERROR']);
    expect(problems(answer.body.message).map(({ name, error }) => [name, error])).toEqual([
      ...[
        ['nothing', 'PROPERTY_DOESNT_EXIST'],
        ['country', 'INVALID_OPTION'],
        ['email', 'INVALID_EMAIL'],
      ],
      ...[
        ['hs_object_id', 'READ_ONLY_VALUE'],
        ['closedate', 'INVALID_LONG'],
      ],
    ]);
  });

  it('for an address that another contact has, naming it', async () => {
    const first = await bench.call('POST', CONTACTS, { properties: { email: 'Taken@x.example' } });
    const answer = await bench.call('POST', CONTACTS, { properties: { email: 'taken@x.example' } });
    expect([answer.status, answer.body.category, answer.body.message]).toEqual([
      ...[409, 'CONFLICT', `Contact already exists. Existing ID: ${first.body.id}`],
    ]);
  });

  it('for 101 inputs in any batch', async () => {
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index), properties: {} }));
    for (const kind of ['read', 'create', 'update', 'upsert', 'archive']) {
      const answer = await bench.call('POST', `${CONTACTS}/batch/${kind}`, { inputs, properties: [] });
      expect([kind, answer.status, answer.body.message]).toEqual([
        ...[kind, 400],
        'The maximum number of inputs supported in a batch is 100. Please reduce the number of items and try again',
      ]);
    }
  });

  it('for a search page at the 10,000th result, too many filters, an unknown property', async () => {
    const search = (body: object) => bench.call('POST', `${CONTACTS}/search`, body);
    expect((await search({ after: '10000', limit: 1 })).status).toBe(400);
    expect((await search({ limit: 201 })).status).toBe(400);
    const filter = { propertyName: 'email', operator: 'HAS_PROPERTY' };
    expect(
      (await search({ filterGroups: Array.from({ length: 6 }, () => ({ filters: [filter] })) })).status,
    ).toBe(400);
    expect((await search({ filterGroups: [{ filters: Array(7).fill(filter) }] })).status).toBe(400);
    const unknown = await search({ filterGroups: [{ filters: [{ ...filter, propertyName: 'nothing' }] }] });
    expect([unknown.status, unknown.body.category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('for a record, a list, a path that is not there', async () => {
    const record = await bench.call('GET', `${CONTACTS}/1`);
    expect([record.status, record.body.message]).toEqual([
      404,
      'Object not found.  objectId are usually numeric.',
    ]);
    expect((await bench.call('GET', '/crm/v3/lists/999')).status).toBe(404);
    expect((await bench.call('GET', '/crm/v3/lists/abc')).status).toBe(400);
    const path = await bench.call('GET', '/crm/v3/nothing');
    expect([path.status, path.body.message, path.body.category]).toEqual([
      404,
      'resource not found',
      undefined,
    ]);
    expect((await bench.call('PUT', CONTACTS, {})).status).toBe(405);
  });

  it('for a body that is no JSON', async () => {
    const answer = await fetch(`${bench.url}${CONTACTS}`, {
      ...{ method: 'POST', body: '{"properties":' },
      headers: { authorization: `Bearer ${bench.accessToken}`, 'content-type': 'application/json' },
    });
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      ...[400, expect.stringMatching(/^Invalid input JSON on line 1/)],
    ]);
  });
});

describe('lists refuse', () => {
  const list = (body: object) =>
    bench.call('POST', '/crm/v3/lists', { objectTypeId: '0-1', processingType: 'DYNAMIC', ...body });
  const branch = (...filters: object[]) => ({
    filterBranchType: 'OR',
    filterBranches: [{ filterBranchType: 'AND', filters }],
  });
  const known = (property: string) => ({
    ...{ filterType: 'PROPERTY', property },
    operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' },
  });

  it('a name that is taken, whatever its case', async () => {
    await list({ name: 'Twice', filterBranch: branch(known('email')) });
    const answer = await list({ name: 'TWICE', filterBranch: branch(known('email')) });
    expect([answer.status, answer.body.subCategory]).toEqual([400, 'ILS.DUPLICATE_LIST_NAMES']);
  });

  it('an object type the portal lacks', async () => {
    const answer = await list({ name: 'Type', objectTypeId: '0-53', filterBranch: branch(known('email')) });
    expect(answer.body).toMatchObject({
      message: 'The objectTypeId 0-53 provided for the list is not valid for this portal.',
      subCategory: 'ListError.INVALID_OBJECT_TYPE_FOR_LIST',
    });
  });

  it('filters that are not of the language', async () => {
    const text = { operationType: 'STRING', operator: 'CONTAINS', value: 'x' };
    const wrong: object[] = [
      { filterBranchType: 'AND', filters: [known('email')] },
      { filterBranchType: 'OR', filterBranches: [], filters: [] },
      { filterBranchType: 'OR', filters: [known('email')], filterBranches: [branch().filterBranches[0]] },
      branch(known('nothing')),
      branch({ filterType: 'PROPERTY', property: 'lifecyclestage', operation: text }),
      branch({ filterType: 'PROPERTY', property: 'email', operation: { ...text, operator: 'IS_ANY_OF' } }),
      branch({ filterType: 'PROPERTY', property: 'email', operation: { ...text, value: undefined } }),
      branch({ filterType: 'NOTHING' }),
      branch({ filterType: 'IN_LIST', listId: '12345', operator: 'IN_LIST' }),
      branch({
        ...{ filterType: 'FORM_SUBMISSION', formId: 'f', operator: 'FILLED_OUT' },
        pruningRefineBy: { type: 'ALL_HISTORY' },
        coalescingRefineBy: { type: 'NUM_OCCURRENCES', minOccurrences: 1 },
      }),
      {
        filterBranchType: 'OR',
        filterBranches: [{ filterBranchType: 'AND', filters: [], filterBranches: [branch()] }],
      },
    ];
    for (const [index, filterBranch] of wrong.entries()) {
      const answer = await list({ name: `Wrong ${index}`, filterBranch });
      expect([index, answer.status, answer.body.category]).toEqual([index, 400, 'VALIDATION_ERROR']);
    }
  });

  it('a cursor and a processing type that are none, and earlier versions know nothing of it', async () => {
    const all = (body: object) => bench.call('POST', '/crm/lists/2026-09/all', body);
    expect((await all({ after: 'nonsense' })).body).toMatchObject({
      ...{ category: 'VALIDATION_ERROR', subCategory: 'ListError.INVALID_CURSOR' },
    });
    const wrong = await all({ processingTypes: ['ACTIVE'] });
    expect([wrong.status, wrong.body.subCategory]).toEqual([400, 'ListError.INVALID_PROCESSING_TYPE']);
    expect((await bench.call('POST', '/crm/lists/2026-03/all', {})).status).toBe(405);
  });

  it('members by hand in a dynamic list, and more lists than the plan allows', async () => {
    const made = await list({ name: 'Dynamic', filterBranch: branch(known('email')) });
    const { listId } = made.body.list as { listId: string };
    expect((await bench.call('PUT', `/crm/v3/lists/${listId}/memberships/add`, ['1'])).status).toBe(400);
    await bench.control('POST', '/config', { planListLimit: 1 });
    expect((await list({ name: 'Too many', filterBranch: branch(known('email')) })).status).toBe(400);
  });
});

describe('what nobody knows', () => {
  it('is ignored in the query and at the top of a body, as the vendor’s own documents allow', async () => {
    const made = await bench.call('POST', `${CONTACTS}?colour=red`, {
      properties: { email: 'colour@unknown.example' },
      colour: 'red',
    });
    expect([made.status, JSON.stringify(made.body).includes('colour":"red')]).toEqual([201, false]);
    expect((await bench.call('GET', '/crm/v3/owners?colour=red')).status).toBe(200);
  });
});
