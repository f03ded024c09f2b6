import { describe, expect, it } from 'vitest';
import { conn, emptyOrgPerTest, t } from './testing.ts';

emptyOrgPerTest();

const leads = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ LastName: `L${i}`, Company: 'C', Email: `l${i}@c.example` }));
const typed = (records: object[], type = 'Lead') =>
  records.map((record) => ({ attributes: { type }, ...record }));
const count = async (object = 'Lead') => (await conn.query(`SELECT count() FROM ${object}`)).totalSize;

describe('sObject Collections', () => {
  it('creates 200 through jsforce in one request, in order', async () => {
    const before = (await t.call('GET', 'limits')).json.DailyApiRequests.Remaining;
    const results = await conn.sobject('Lead').create(leads(200));
    expect(results.every((result) => result.success)).toBe(true);
    const after = (await t.call('GET', 'limits')).json.DailyApiRequests.Remaining;
    expect(before - after).toBe(2);
    const last = await conn.sobject('Lead').retrieve(String(results[199]?.id));
    expect(last.LastName).toBe('L199');
  });

  it('refuses 201 records and more than ten chunks', async () => {
    const many = await t.call('POST', 'composite/sobjects', { records: typed(leads(201)) });
    expect([many.status, many.json[0].errorCode]).toEqual([400, 'INVALID_INPUT']);
    const mixed = Array.from({ length: 12 }, (_, i) => ({
      attributes: { type: i % 2 ? 'Lead' : 'Contact' },
      LastName: 'x',
    }));
    expect((await t.call('POST', 'composite/sobjects', { records: mixed })).status).toBe(400);
    expect(await count()).toBe(0);
  });

  it('reports partial errors with statusCode and without id', async () => {
    const answer = await t.call('POST', 'composite/sobjects', {
      allOrNone: false,
      records: typed([...leads(1), { LastName: 'B' }, ...leads(2).slice(1)]),
    });
    expect(answer.status).toBe(200);
    expect(answer.json[1]).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Company]',
          fields: ['Company'],
        },
      ],
    });
    expect(answer.json.map((result: { success: boolean }) => result.success)).toEqual([true, false, true]);
    expect(await count()).toBe(2);
  });

  it('takes everything back with allOrNone', async () => {
    const made = await conn.sobject('Lead').create(leads(2));
    const results = await conn
      .sobject('Lead')
      .destroy([String(made[0]?.id), 'abc', String(made[1]?.id)], { allOrNone: true });
    expect(results.map((result) => (result.errors[0] as { statusCode?: string }).statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'MALFORMED_ID',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    ]);
    expect(results[0]?.errors[0]?.message).toBe(
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
    );
    expect(await count()).toBe(2);
    expect((await t.control('GET', 'requests')).writes).toEqual({ created: 2, changed: 0, deleted: 0 });
  });

  it('updates, retrieves with null for missing ones, and deletes', async () => {
    const made = await conn.sobject('Lead').create(leads(3));
    const ids = made.map((result) => String(result.id));
    const updated = await conn.sobject('Lead').update(ids.map((Id) => ({ Id, Title: 'CEO' })));
    expect(updated.every((result) => result.success)).toBe(true);
    await conn.sobject('Lead').destroy(ids.slice(2));
    const read = await t.call('POST', 'composite/sobjects/Lead', { ids, fields: ['Id', 'Title'] });
    expect(read.json[0]).toMatchObject({ Id: ids[0], Title: 'CEO' });
    expect(read.json[2]).toBeNull();
    const many = await t.call('POST', 'composite/sobjects/Lead', {
      ids: Array(2001).fill(ids[0]),
      fields: ['Id'],
    });
    expect(many.status).toBe(400);
  });

  it('upserts by key, tells what was created, refuses the same key twice', async () => {
    await t.control('POST', 'schema', {
      fields: [{ object: 'Lead', name: 'Ext__c', type: 'string', externalId: true, unique: true }],
    });
    const records = leads(2).map((lead, i) => ({ ...lead, Ext__c: `k${i}` }));
    const first = await conn.sobject('Lead').upsert(records, 'Ext__c');
    expect(first.map((result) => (result as { created?: boolean }).created)).toEqual([true, true]);
    const again = await conn.sobject('Lead').upsert(records, 'Ext__c');
    expect(again.map((result) => (result as { created?: boolean }).created)).toEqual([false, false]);
    const twice = await t.call('PATCH', 'composite/sobjects/Lead/Ext__c', {
      records: typed([records[0] ?? {}, records[0] ?? {}]),
    });
    expect(twice.json[1].errors[0]).toMatchObject({
      statusCode: 'DUPLICATE_VALUE',
      message: 'Duplicate external id specified: k0',
    });
    const byEmail = await t.call('PATCH', 'composite/sobjects/Lead/Email', {
      records: typed([{ Email: 'l1@c.example', Title: 'x' }]),
    });
    expect(byEmail.json[0]).toMatchObject({ success: true, created: false });
  });

  it('refuses the same id twice and ids of nothing', async () => {
    const [made] = await conn.sobject('Lead').create(leads(1));
    const id = String(made?.id);
    const answer = await t.call('PATCH', 'composite/sobjects', {
      records: typed([
        { id, Title: 'a' },
        { id, Title: 'b' },
        { id: '00QgK0000009999', Title: 'c' },
        { id: id.slice(0, 16), Title: 'd' },
        { Title: 'e' },
      ]),
    });
    expect(
      answer.json.map((result: { errors: { statusCode: string }[] }) => result.errors[0]?.statusCode),
    ).toEqual([
      undefined,
      'DUPLICATE_VALUE',
      'INVALID_CROSS_REFERENCE_KEY',
      'MALFORMED_ID',
      'MISSING_ARGUMENT',
    ]);
  });

  it('deletes by ids in the address, encoded or not', async () => {
    const made = await conn.sobject('Lead').create(leads(4));
    const ids = made.map((result) => String(result.id));
    await t.call('DELETE', `composite/sobjects?ids=${ids[0]},${ids[1]}&allOrNone=true`);
    const encoded = await t.call('DELETE', `composite/sobjects/?ids=${ids[2]}%2C${ids[3]}`);
    expect(encoded.json[0]).toEqual({ id: ids[2], success: true, errors: [] });
    expect(await count()).toBe(0);
  });
});
