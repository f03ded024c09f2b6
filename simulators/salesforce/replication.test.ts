import { describe, expect, it } from 'vitest';
import { advance, conn, emptyOrgPerTest, t } from './testing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

emptyOrgPerTest();

const now = () => t.org.clock.now();
const at = (offset: number) => new Date(now() + offset).toISOString();
const lead = (more: object = {}) => ({ LastName: 'Berg', Company: 'Holm', ...more });
const create = async (more: object = {}, object = 'Lead') =>
  String((await conn.sobject(object).create(lead(more))).id);
const ids = async (soql: string) => (await conn.query<{ Id: string }>(soql)).records.map((row) => row.Id);

describe('getUpdated and getDeleted', () => {
  it('answers jsforce with changed ids and the date covered', async () => {
    const id = await create();
    await advance(2 * MINUTE);
    const updated = await conn.sobject('Lead').updated(at(-HOUR), at(0));
    expect(updated.ids).toEqual([id]);
    expect(updated.latestDateCovered).toMatch(/:00\.000\+0000$/);
    await conn.sobject('Lead').destroy(id);
    await advance(2 * MINUTE);
    const deleted = await conn.sobject('Lead').deleted(at(-HOUR), at(0));
    expect(deleted.deletedRecords).toMatchObject([{ id }]);
    expect(deleted.deletedRecords[0]?.deletedDate).toMatch(/\+0000$/);
    expect(Object.keys(deleted)).toEqual(['deletedRecords', 'earliestDateAvailable', 'latestDateCovered']);
    expect((await conn.sobject('Lead').updated(at(-HOUR), at(0))).ids).toEqual([]);
  });

  it('takes raw plus signs and a slash before the question mark', async () => {
    const start = `${at(-HOUR).slice(0, 19)}+00:00`;
    const end = `${at(0).slice(0, 19)}+00:00`;
    const answer = await t.call('GET', `sobjects/Lead/updated/?start=${start}&end=${end}`);
    expect(answer.status).toBe(200);
  });

  it('does not cover a transaction that is still open', async () => {
    await t.control('POST', 'config', { commitDelayMs: 10 * MINUTE });
    const started = now();
    const id = await create();
    await advance(3 * MINUTE);
    const open = await conn.sobject('Lead').updated(at(-HOUR), at(0));
    expect(open.ids).toEqual([]);
    expect(Date.parse(open.latestDateCovered)).toBeLessThanOrEqual(started);
    await advance(10 * MINUTE);
    const closed = await conn.sobject('Lead').updated(open.latestDateCovered, at(0));
    expect(closed.ids).toEqual([id]);
    expect(Date.parse(closed.latestDateCovered)).toBeGreaterThan(started);
  });

  it.each([
    ['updated', -31 * DAY, 0],
    ['deleted', -16 * DAY, 0],
    ['updated', -MINUTE, -1_000],
    ['updated', HOUR, 2 * HOUR],
  ])('%s refuses a wrong span', async (what, from, to) => {
    // Seconds are dropped: what is less than a minute apart must lie within one, whatever time it is.
    const base = Math.floor(now() / MINUTE) * MINUTE - now();
    const span = `start=${encodeURIComponent(at(base + from))}&end=${encodeURIComponent(at(base + to))}`;
    const answer = await t.call('GET', `sobjects/Lead/${what}?${span}`);
    expect([answer.status, answer.json[0].errorCode]).toEqual([400, 'INVALID_REPLICATION_DATE']);
  });
});

describe('late commits', () => {
  it('become visible later, in the past', async () => {
    const old = await create({ LastName: 'Old' });
    await t.control('POST', 'config', { commitDelayMs: 2 * MINUTE });
    await advance(5000);
    const late = await create({ LastName: 'Late', Email: 'late@x.example' });
    await conn.sobject('Lead').update({ Id: old, LastName: 'Changed' });
    const stamped = now();
    expect(await ids("SELECT Id FROM Lead WHERE LastName IN ('Late','Changed')")).toEqual([]);
    expect(await ids("SELECT Id FROM Lead WHERE Email = 'late@x.example'")).toEqual([]);
    expect((await t.call('GET', `sobjects/Lead/${late}`)).status).toBe(404);
    expect((await conn.sobject('Lead').retrieve(old)).LastName).toBe('Old');
    await advance(2 * MINUTE);
    const row = await conn.sobject('Lead').retrieve(late);
    expect(Date.parse(row.SystemModstamp)).toBeLessThanOrEqual(stamped);
    expect((await conn.sobject('Lead').retrieve(old)).LastName).toBe('Changed');
  });
});

describe('the bin', () => {
  it('hides deleted records from query, shows them in queryAll until 15 days are over', async () => {
    const id = await create();
    await conn.sobject('Lead').destroy(id);
    expect(await ids('SELECT Id FROM Lead')).toEqual([]);
    const all = () => conn.query('SELECT Id, IsDeleted FROM Lead WHERE IsDeleted = true', { scanAll: true });
    expect((await all()).records).toMatchObject([{ Id: id, IsDeleted: true }]);
    await advance(16 * DAY);
    expect((await all()).records).toEqual([]);
  });

  it('takes contacts with their account', async () => {
    const account = String((await conn.sobject('Account').create({ Name: 'Holm' })).id);
    await conn.sobject('Contact').create({ LastName: 'A', AccountId: account });
    await conn.sobject('Account').destroy(account);
    expect(await ids('SELECT Id FROM Contact')).toEqual([]);
  });
});
