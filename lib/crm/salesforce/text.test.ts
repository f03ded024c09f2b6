import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SalesforceField } from '../ports.ts';
import { toId18 } from './ids.ts';
import { soqlFields, soqlList, soqlText } from './soql.ts';
import { toJson, toText } from './values.ts';

/** Reads a SOQL literal as Salesforce does: the quote that is not escaped ends it. */
function readLiteral(soql: string): { value: string; rest: string } {
  const unescaped: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  let value = '';
  for (let at = 1; at < soql.length; at++) {
    const character = soql[at] ?? '';
    if (character === "'") return { value, rest: soql.slice(at + 1) };
    if (character !== '\\') value += character;
    else {
      at += 1;
      value += unescaped[soql[at] ?? ''] ?? soql[at] ?? '';
    }
  }
  throw new Error('The literal has no end.');
}

describe('SOQL', () => {
  it('lets no value end its literal', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '\\', '"', '\n', '\t', 'a', ' ', 'é') }),
        (value) => {
          expect(readLiteral(`${soqlText(value)} OR Id != null`)).toEqual({ value, rest: ' OR Id != null' });
        },
      ),
    );
  });

  it('asks for each field once and takes only field names', () => {
    expect(soqlFields(['Id', 'Email', 'email', 'Owner.Email', 'Region__c'])).toBe(
      'Id,Email,Owner.Email,Region__c',
    );
    for (const name of ['Id FROM User', "x'", '', 'a,b'])
      expect(() => soqlFields([name])).toThrow('no field name');
  });

  it('has no empty list, which would ask for the whole table', () => {
    expect(soqlList(['a', "o'b"])).toBe("('a','o\\'b')");
    expect(() => soqlList([])).toThrow();
  });
});

describe('ids', () => {
  it('grow to 18 characters with Salesforce’s checksum', () => {
    expect(toId18('a0D30000001n7Pi')).toBe('a0D30000001n7PiEAI');
    expect(toId18('a0D30000001n7PiEAI')).toBe('a0D30000001n7PiEAI');
    expect(toId18('short')).toBe('short');
  });
});

describe('values', () => {
  const field = (name: string, type: string) => ({ name, type }) as SalesforceField;
  const fields = [
    field('Name', 'string'),
    field('Size', 'int'),
    field('Rate', 'percent'),
    field('Out', 'boolean'),
  ];

  it('go as the JSON that their field wants', () => {
    expect(toJson({ name: '12', size: '12', rate: '1.5', out: 'TRUE', Other: '7' }, fields)).toEqual({
      name: '12',
      size: 12,
      rate: 1.5,
      out: true,
      Other: '7',
    });
    expect(toJson({ Name: '', Size: null, Rate: '', Out: null }, fields)).toEqual({
      Name: null,
      Size: null,
      Rate: null,
      Out: false,
    });
    expect(toJson({ Size: 'many', Out: 'perhaps' }, fields)).toEqual({ Size: 'many', Out: 'perhaps' });
  });

  it('come as text, blank as null', () => {
    expect([toText('a'), toText(1.5), toText(false), toText(null), toText(undefined)]).toEqual([
      ...['a', '1.5', 'false', null, null],
    ]);
    expect(toText({ city: 'Turin' })).toBe('{"city":"Turin"}');
  });
});
