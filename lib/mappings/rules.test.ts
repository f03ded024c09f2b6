import { describe, expect, it } from 'vitest';
import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';
import { fieldOf, propertyOf } from '#lib/testing/definitions.ts';
import { type FieldPair, isSame, noonOf, normalise, toHubSpot, toSalesforce } from './rules.ts';

function pair(
  property: Partial<HubSpotProperty>,
  field: Partial<SalesforceField>,
  timeZone = 'Europe/Berlin',
): FieldPair {
  return {
    timeZone,
    property: propertyOf({ name: 'p', label: 'P', ...property }),
    field: fieldOf({ name: 'F', length: 40, ...field }),
  };
}
const option = (value: string) => ({ value, label: value.toUpperCase(), hidden: false });
const pick = (value: string, active = true) => ({ value, label: value.toUpperCase(), active });

describe('normalising (sync rules, section 5)', () => {
  it('trims and makes line ends alike; blank is null', () => {
    const text = pair({}, {});
    expect(normalise(text, '  a\r\nb ')).toBe('a\nb');
    expect(normalise(text, '   ')).toBeNull();
    expect(normalise(text, undefined)).toBeNull();
  });

  it('compares a multi-select as a set', () => {
    const set = pair({ type: 'enumeration', fieldType: 'checkbox' }, { type: 'multipicklist' });
    expect(isSame(set, 'b;a', ';a;b')).toBe(true);
    expect(isSame(set, 'a;b', 'a')).toBe(false);
  });

  it('never writes a multi-select with a leading semicolon', () => {
    const set = pair(
      { type: 'enumeration', fieldType: 'checkbox', options: [option('a'), option('b')] },
      { type: 'multipicklist' },
    );
    expect(toHubSpot(set, ';b;a')).toEqual({ ok: true, value: 'a;b' });
  });

  it('takes a blank boolean for false', () => {
    const flag = pair({ type: 'bool', fieldType: 'booleancheckbox' }, { type: 'boolean' });
    expect(isSame(flag, null, 'false')).toBe(true);
    expect(toSalesforce(flag, null)).toEqual({ ok: true, value: 'false' });
  });

  it('compares numbers at the narrower scale, also where HubSpot keeps them as text', () => {
    const money = pair({}, { type: 'currency', scale: 0, length: 0 });
    expect(isSame(money, '1250000', '1250000.0')).toBe(true);
    expect(isSame(money, '12.4', '12')).toBe(true);
    expect(isSame(money, '9.12260031E8', '912260031')).toBe(true);
    expect(isSame(money, '-0.4', '0')).toBe(true);
    expect(toSalesforce(money, 'about a million')).toEqual({ ok: false, problem: 'NOT_A_NUMBER' });
  });

  it('compares a picklist by value, not by label', () => {
    const choice = pair(
      { type: 'enumeration', fieldType: 'select', options: [option('web')] },
      { type: 'picklist', picklistValues: [pick('web')] },
    );
    expect(isSame(choice, 'web', 'WEB')).toBe(false);
    expect(toHubSpot(choice, 'fax')).toEqual({ ok: false, problem: 'NOT_AN_OPTION' });
  });

  it('compares a date and a datetime by the day in the account’s time zone', () => {
    const day = pair({ type: 'date', fieldType: 'date' }, { type: 'datetime', length: 0 });
    expect(isSame(day, '2026-03-01', '2026-02-28T23:30:00.000+0000')).toBe(true);
    expect(isSame(day, '2026-03-01', '2026-03-01T23:30:00.000+0000')).toBe(false);
    expect(isSame(day, String(Date.parse('2026-03-01T00:00:00Z')), '2026-03-01T10:00:00.000+0000')).toBe(
      true,
    );
  });

  it('gives a datetime that only knows its day 12:00 in that time zone', () => {
    const day = pair({ type: 'date', fieldType: 'date' }, { type: 'datetime', length: 0 });
    expect(toSalesforce(day, '2026-01-15')).toEqual({ ok: true, value: '2026-01-15T11:00:00.000Z' });
    expect(noonOf('2026-07-15', 'Europe/Berlin')).toBe('2026-07-15T10:00:00.000Z');
    expect(noonOf('2026-07-15', 'Pacific/Auckland')).toBe('2026-07-15T00:00:00.000Z');
  });
});

describe('checking a value before it is sent', () => {
  it('refuses a text that is too long, counted in characters', () => {
    const short = pair({}, { length: 3 });
    expect(toSalesforce(short, 'abcd')).toEqual({ ok: false, problem: 'STRING_TOO_LONG' });
    expect(toSalesforce(short, '😀😀😀')).toEqual({ ok: true, value: '😀😀😀' });
  });

  it('refuses a value that a restricted picklist lacks or no longer has, but not one of an open picklist', () => {
    const values = [pick('Hot'), pick('Old', false)];
    const restricted = pair({}, { type: 'picklist', restrictedPicklist: true, picklistValues: values });
    const problem = { ok: false, problem: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' };
    expect(toSalesforce(restricted, 'Lukewarm')).toEqual(problem);
    expect(toSalesforce(restricted, 'Old')).toEqual(problem);
    expect(toSalesforce(restricted, 'Hot')).toEqual({ ok: true, value: 'Hot' });
    const open = pair({}, { type: 'picklist', picklistValues: values });
    expect(toSalesforce(open, 'Lukewarm')).toEqual({ ok: true, value: 'Lukewarm' });
  });

  it('refuses what is no number, no date, no boolean', () => {
    expect(toSalesforce(pair({}, { type: 'int' }), '3000000000')).toMatchObject({
      problem: 'NUMBER_OUTSIDE_VALID_RANGE',
    });
    expect(toSalesforce(pair({}, { type: 'date' }), 'soon')).toMatchObject({ problem: 'NOT_A_DATE' });
    expect(toSalesforce(pair({}, { type: 'boolean' }), 'maybe')).toMatchObject({ problem: 'NOT_A_BOOLEAN' });
    expect(toHubSpot(pair({ type: 'number' }, {}), 'many')).toMatchObject({ problem: 'NOT_A_NUMBER' });
  });

  it('lets a blank empty the other side', () => {
    expect(toSalesforce(pair({}, {}), ' ')).toEqual({ ok: true, value: null });
    expect(toHubSpot(pair({}, {}), null)).toEqual({ ok: true, value: null });
  });
});
