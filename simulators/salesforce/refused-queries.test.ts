import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from './testing.ts';

let t: TestOrg;

beforeAll(async () => {
  t = await startTestOrg();
});
afterAll(() => t.org.stop());

const refused = async (soql: string) => {
  const answer = await t.call('GET', `query?q=${encodeURIComponent(soql)}`);
  expect(answer.status).toBe(400);
  return answer.json[0] as { errorCode: string; message: string };
};

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
