import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from './testing.ts';

let t: TestOrg;
let conn: Connection;
let holm: string;

interface Row {
  [field: string]: unknown;
}

const query = async (soql: string) => (await conn.query<Row>(soql)).records;
const names = async (where: string) =>
  (await query(`SELECT LastName FROM Contact ${where}`)).map((row) => row.LastName);
const refused = async (soql: string) => {
  const answer = await t.call('GET', `query?q=${encodeURIComponent(soql)}`);
  expect(answer.status).toBe(400);
  return answer.json[0] as { errorCode: string; message: string };
};

beforeAll(async () => {
  t = await startTestOrg();
  await t.control('POST', 'schema', {
    fields: [
      {
        object: 'Contact',
        name: 'Topics__c',
        type: 'multipicklist',
        values: ['A', 'B', 'C'],
        restricted: true,
      },
      { object: 'Contact', name: 'Score__c', type: 'double', scale: 2 },
      { object: 'Contact', name: 'Code__c', type: 'string', length: 20, caseSensitive: true },
      { object: 'Contact', name: 'Sector__c', type: 'string', formula: 'Account.Industry' },
    ],
  });
  conn = await t.connect();
  const accounts = await conn
    .sobject('Account')
    .create([{ Name: 'Holm', Industry: 'Energy' }, { Name: 'Empty' }]);
  holm = String(accounts[0]?.id);
  await conn.sobject('Contact').create([
    {
      LastName: 'Adams',
      Email: 'ADAMS@x.example',
      AccountId: holm,
      Score__c: 1.5,
      Topics__c: 'B;A',
      Code__c: 'ab',
    },
    {
      LastName: "O'Neil",
      FirstName: 'Ann',
      AccountId: holm,
      Score__c: 2,
      Birthdate: '1990-05-01',
      Code__c: 'AB',
    },
    { LastName: 'Zoe_1', Title: '50% off', Score__c: 3, Topics__c: 'C' },
    { LastName: 'Zoeb1', DoNotCall: true },
  ]);
});
afterAll(() => t.org.stop());

describe('rows', () => {
  it('keeps the select order, the described spelling and nested parents', async () => {
    const [row] = await query(
      "select c.name, ACCOUNT.name, c.Account.Owner.Name, email from contact c where lastname = 'adams'",
    );
    expect(Object.keys(row ?? {})).toEqual(['attributes', 'Name', 'Account', 'Email']);
    expect(row?.Account).toMatchObject({
      attributes: { type: 'Account' },
      Name: 'Holm',
      Owner: { Name: 'Maya Lindqvist' },
    });
    expect(row?.attributes).toEqual({
      type: 'Contact',
      url: expect.stringMatching(/^\/services\/data\/v66\.0\/sobjects\/Contact\/003/),
    });
  });

  it('gives null for a missing parent and for no children', async () => {
    const [row] = await query("SELECT Account.Name FROM Contact WHERE LastName = 'Zoeb1'");
    expect(row?.Account).toBeNull();
    const accounts = await query(
      'SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name',
    );
    expect(accounts[0]).toMatchObject({ Name: 'Empty', Contacts: null });
    expect(accounts[1]?.Contacts).toMatchObject({
      totalSize: 2,
      done: true,
      records: [{ LastName: 'Adams' }, { LastName: "O'Neil" }],
    });
  });

  it('counts without rows', async () => {
    expect((await t.call('GET', 'query?q=SELECT+count()+FROM+Contact')).json).toEqual({
      totalSize: 4,
      done: true,
      records: [],
    });
  });

  it('reads owners that may be users or queues by their name', async () => {
    await conn.sobject('Lead').create({ LastName: 'L', Company: 'C' });
    const [row] = await query('SELECT Owner.Name, Owner.Type FROM Lead');
    expect(row?.Owner).toMatchObject({ attributes: { type: 'Name' }, Name: 'Maya Lindqvist', Type: 'User' });
  });

  it('selects all fields with a limit', async () => {
    const [row] = await query('SELECT FIELDS(ALL) FROM Contact LIMIT 1');
    expect(Object.keys(row ?? {})).toContain('Score__c');
    expect((await refused('SELECT FIELDS(ALL) FROM Contact')).errorCode).toBe('MALFORMED_QUERY');
  });

  it('reads different fields by the kind of a polymorphic parent', async () => {
    await conn.sobject('Task').create({ Subject: 'Call', WhatId: holm });
    const [row] = await query('SELECT TYPEOF What WHEN Account THEN Industry ELSE Name END FROM Task');
    expect(row?.What).toMatchObject({ attributes: { type: 'Account' }, Industry: 'Energy' });
  });

  it('follows formulas over a parent', async () => {
    expect(await names("WHERE Sector__c = 'energy' ORDER BY LastName")).toEqual(['Adams', "O'Neil"]);
  });
});

describe('conditions', () => {
  it.each([
    ["WHERE Email = 'adams@X.example'", ['Adams']],
    ["WHERE LastName IN ('zoeb1','ADAMS') ORDER BY LastName", ['Adams', 'Zoeb1']],
    ["WHERE LastName LIKE 'zoe_1' ORDER BY LastName", ['Zoe_1', 'Zoeb1']],
    ["WHERE LastName LIKE 'zoe\\_1'", ['Zoe_1']],
    ["WHERE Title LIKE '50\\% %'", ['Zoe_1']],
    ["WHERE LastName = 'O\\'Neil'", ["O'Neil"]],
    ["WHERE Code__c = 'AB'", ["O'Neil"]],
    ['WHERE Score__c != 2 ORDER BY LastName', ['Adams', 'Zoe_1', 'Zoeb1']],
    ['WHERE Score__c >= 1.5 AND Score__c < 3 ORDER BY LastName', ['Adams', "O'Neil"]],
    ['WHERE Score__c = null', ['Zoeb1']],
    ['WHERE NOT (Score__c = null OR DoNotCall = TRUE) ORDER BY LastName', ['Adams', "O'Neil", 'Zoe_1']],
    ["WHERE (LastName = 'Adams' OR LastName = 'Zoeb1') AND DoNotCall = true", ['Zoeb1']],
    ["WHERE Topics__c INCLUDES ('A;B','C') ORDER BY LastName", ['Adams', 'Zoe_1']],
    ["WHERE Topics__c EXCLUDES ('C') AND Topics__c != null", ['Adams']],
    ['WHERE Birthdate < 1990-06-01', ["O'Neil"]],
    ['WHERE CALENDAR_YEAR(Birthdate) = 1990', ["O'Neil"]],
    ["WHERE Account.Name = 'holm' ORDER BY LastName DESC", ["O'Neil", 'Adams']],
    [
      "WHERE AccountId IN (SELECT Id FROM Account WHERE Industry = 'Energy') ORDER BY LastName",
      ['Adams', "O'Neil"],
    ],
    ["WHERE Id NOT IN (SELECT ReportsToId FROM Contact) AND FirstName = 'ann'", ["O'Neil"]],
    ['WHERE CreatedDate = TODAY ORDER BY LastName LIMIT 1', ['Adams']],
    ['WHERE CreatedDate > 2020-01-01T00:00:00+02:00 ORDER BY LastName LIMIT 1 OFFSET 1', ["O'Neil"]],
    ['WHERE CreatedDate < LAST_N_DAYS:3', []],
    ['ORDER BY Score__c DESC NULLS LAST', ['Zoe_1', "O'Neil", 'Adams', 'Zoeb1']],
    ['ORDER BY Score__c', ['Zoeb1', 'Adams', "O'Neil", 'Zoe_1']],
  ])('%s', async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  it('selects only what the asking user owns with USING SCOPE mine', async () => {
    const own = await t.connect('integration@northwind.example');
    await own.sobject('Contact').create({ LastName: 'Mine' });
    const { records } = await own.query<Row>('SELECT LastName FROM Contact USING SCOPE mine');
    expect(records.map((row) => row.LastName)).toEqual(['Mine']);
    await own
      .sobject('Contact')
      .destroy(
        String((await own.query<Row>("SELECT Id FROM Contact WHERE LastName = 'Mine'")).records[0]?.Id),
      );
  });

  it('takes ids of 15 and 18 characters', async () => {
    expect(await query(`SELECT Id FROM Account WHERE Id = '${holm.slice(0, 15)}'`)).toHaveLength(1);
  });
});

describe('aggregates', () => {
  it('groups, filters groups and names values', async () => {
    const rows = await query(
      'SELECT AccountId, COUNT(Id) n, MAX(Score__c), AVG(Score__c) FROM Contact GROUP BY AccountId HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC, AccountId NULLS LAST',
    );
    expect(rows).toEqual([
      { attributes: { type: 'AggregateResult' }, AccountId: holm, n: 2, expr0: 2, expr1: 1.75 },
      { attributes: { type: 'AggregateResult' }, AccountId: null, n: 2, expr0: 3, expr1: 3 },
    ]);
  });

  it('groups by parts of dates and by parents', async () => {
    expect(
      await query(
        'SELECT CALENDAR_YEAR(Birthdate) y, COUNT(Id) FROM Contact GROUP BY CALENDAR_YEAR(Birthdate) ORDER BY COUNT(Id)',
      ),
    ).toMatchObject([
      { y: 1990, expr0: 1 },
      { y: null, expr0: 3 },
    ]);
    const parents = await query(
      'SELECT Account.Name who, COUNT(Id) n FROM Contact GROUP BY Account.Name ORDER BY Account.Name',
    );
    expect(parents).toMatchObject([
      { who: null, n: 2 },
      { who: 'Holm', n: 2 },
    ]);
  });

  it('answers one row without groups', async () => {
    expect(await query('SELECT COUNT_DISTINCT(AccountId), SUM(Score__c) FROM Contact')).toEqual([
      { attributes: { type: 'AggregateResult' }, expr0: 1, expr1: 6.5 },
    ]);
  });
});
