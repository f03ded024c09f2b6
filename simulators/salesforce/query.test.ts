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

describe('refused queries', () => {
  it('draws the caret under an unknown object, as recorded', async () => {
    expect(await refused('select count() from XYZZY')).toEqual({
      message:
        "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
      errorCode: 'INVALID_TYPE',
    });
  });

  it('draws it under an unknown field', async () => {
    const error = await refused('SELECT Id,\n Foo__c FROM Contact');
    expect(error.errorCode).toBe('INVALID_FIELD');
    expect(error.message).toBe(
      "\n Foo__c FROM Contact\n ^\nERROR at Row:2:Column:2\nNo such column 'Foo__c' on entity 'Contact'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
    );
  });

  it.each([
    ['invalid', "unexpected token: 'invalid'"],
    ['SELECT Id FROM Contact WHERE Title == 1', "unexpected token: '='"],
    ["SELECT Id FROM Contact WHERE Title = 'a' OR Title = 'b' AND Title = 'c'", "unexpected token: 'AND'"],
    ['SELECT Id me FROM Contact', "unexpected token: 'me'"],
    ['SELECT Id FROM Contact LIMIT abc', "unexpected token: 'abc'"],
    ['SELECT Id, FROM Contact', "unexpected token: 'FROM'"],
    ['SELECT Id FROM Contact WHERE Title IN ()', "unexpected token: '('"],
    ['SELECT Id FROM Contact WHERE', "unexpected token: '<EOF>'"],
  ])('%s is malformed', async (soql, text) => {
    const error = await refused(soql);
    expect(error.errorCode).toBe('MALFORMED_QUERY');
    expect(error.message.split('\n').at(-1)).toBe(text);
  });

  it.each([
    ["SELECT Id FROM Contact WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: abc'],
    [
      "SELECT Id FROM Contact WHERE Id LIKE 'a%'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on id field',
    ],
    [
      "SELECT Id FROM Contact WHERE CreatedDate > '2026'",
      'INVALID_FIELD',
      'must be of type dateTime and should not be enclosed in quotes',
    ],
    ['SELECT Id FROM Contact WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', 'must be of type dateTime'],
    [
      'SELECT Id FROM Contact WHERE LastName = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    ["SELECT Id FROM Contact WHERE DoNotCall = 'true'", 'INVALID_FIELD', 'must be of type boolean'],
    [
      "SELECT Id FROM Contact WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Contact ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    ['SELECT Nope.Name FROM Contact', 'INVALID_FIELD', "Didn't understand relationship 'Nope' in field path"],
    [
      'SELECT Id, (SELECT Id FROM Nopes) FROM Account',
      'INVALID_TYPE',
      "Didn't understand relationship 'Nopes' in FROM part of query call",
    ],
    ['SELECT Id, Id FROM Contact', 'INVALID_FIELD', 'duplicate field selected: Id'],
    [
      'SELECT Id FROM Contact LIMIT 1 OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Maximum SOQL offset allowed is 2000',
    ],
    [
      'SELECT LastName, COUNT(Id) FROM Contact GROUP BY Title',
      'MALFORMED_QUERY',
      'Field must be grouped or aggregated: LastName',
    ],
    [
      "SELECT Id FROM Contact WHERE Title INCLUDES ('a')",
      'INVALID_QUERY_FILTER_OPERATOR',
      'includes/excludes operator only valid on multipicklist field',
    ],
  ])('%s', async (soql, code, text) => {
    const error = await refused(soql);
    expect(error.errorCode).toBe(code);
    expect(error.message).toContain(text);
  });
});

describe('paging', () => {
  let pages: TestOrg;
  beforeAll(async () => {
    pages = await startTestOrg({ seed: 'empty', records: 4500 });
  });
  afterAll(() => pages.org.stop());

  it('pages a snapshot of 2,000 rows, by jsforce', async () => {
    const own = await pages.connect();
    const first = await own.query<{ Id: string; Title: string }>('SELECT Id, Title FROM Lead ORDER BY Id');
    expect(first).toMatchObject({ done: false });
    expect(first.records).toHaveLength(2000);
    expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v66\.0\/query\/01g\w{15}-2000$/);
    const last = (await own.query<{ Id: string }>('SELECT Id FROM Lead ORDER BY Id DESC LIMIT 1')).records[0];
    await own.sobject('Lead').update({ Id: String(last?.Id), Title: 'Changed since' });
    const seen = [...first.records];
    let page = first;
    while (!page.done) {
      page = await own.queryMore(page.nextRecordsUrl ?? '');
      seen.push(...page.records);
    }
    expect(seen).toHaveLength(first.totalSize);
    expect(new Set(seen.map((row) => row.Id)).size).toBe(first.totalSize);
    expect(seen.at(-1)?.Title).not.toBe('Changed since');
  });

  it('honours batchSize from 200, and ends locators after two days', async () => {
    const small = await pages.call('GET', 'query?q=SELECT+Id+FROM+Lead', undefined, {
      'sforce-query-options': 'batchSize=250',
    });
    expect(small.json.records).toHaveLength(250);
    const least = await pages.call('GET', 'queryAll?q=SELECT+Id+FROM+Lead', undefined, {
      'sforce-query-options': 'batchSize=1',
    });
    expect(least.json.records).toHaveLength(200);
    expect(least.json.nextRecordsUrl).toContain('/query/');
    await pages.control('POST', 'clock', { advanceMs: 48 * 3_600_000 });
    for (const stale of [small.json.nextRecordsUrl, '/services/data/v66.0/query/01g000000000001AAA-2000']) {
      const answer = await pages.call('GET', stale);
      expect(answer.status).toBe(400);
      expect(answer.text).toBe('[{"message":"invalid query locator","errorCode":"INVALID_QUERY_LOCATOR"}]');
    }
  });
});
