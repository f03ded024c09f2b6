import { describe, expect, it } from 'vitest';
import { type FieldKind, fittingKinds, type PropertyKind } from './kinds.ts';
import {
  clashOf,
  directionOf,
  directionsOf,
  type FieldChoice,
  ownRuleOf,
  type Pair,
  type PropertyChoice,
  pairProblem,
} from './pair.ts';

const property = (kind: PropertyKind, extra: Partial<PropertyChoice> = {}): PropertyChoice => ({
  ...{ name: 'p', label: 'P', kind, writable: true, unique: false },
  ...extra,
});
const field = (kind: FieldKind, extra: Partial<FieldChoice> = {}): FieldChoice => ({
  ...{ name: 'F', label: 'F', kind, writable: true, unique: false, required: false },
  ...extra,
});
const pair = (one: PropertyChoice, lead: FieldChoice | null, contact: FieldChoice | null = lead): Pair => ({
  property: one,
  lead,
  contact,
});

describe('which types fit', () => {
  it.each([
    ['text', 'text'],
    ['text', 'picklist'],
    ['longText', 'textarea'],
    ['phone', 'phone'],
    ['choice', 'picklist'],
    ['choice', 'reference'],
    ['multi', 'multipicklist'],
    ['boolean', 'boolean'],
    ['number', 'currency'],
    ['date', 'datetime'],
  ] as const)('%s with %s', (one, other) => {
    expect(pairProblem(pair(property(one), field(other)), 'TWO_WAY')).toBeNull();
  });

  it.each([
    ['number', 'text'],
    ['text', 'number'],
    ['longText', 'text'],
    ['multi', 'picklist'],
    ['choice', 'text'],
    ['boolean', 'picklist'],
    ['date', 'text'],
  ] as const)('never %s with %s', (one, other) => {
    const misfit = field(other);
    expect(pairProblem(pair(property(one), misfit), 'TWO_WAY')).toEqual({ code: 'types', field: misfit });
  });

  it('counts for both objects: one misfit refuses the pair', () => {
    const misfit = field('number');
    const problem = pairProblem(pair(property('text'), field('text'), misfit), 'TWO_WAY');
    expect(problem).toEqual({ code: 'types', field: misfit });
  });

  it('knows no field for HubSpot users and files, nor a property for what can’t be compared', () => {
    expect(fittingKinds.user).toEqual([]);
    expect(pairProblem(pair(property('user'), field('reference')), 'TWO_WAY')?.code).toBe('unmappable');
    expect(pairProblem(pair(property('text'), field('other')), 'TWO_WAY')?.code).toBe('unmappable');
  });
});

describe('where values may go', () => {
  it('is not to what only the vendor fills', () => {
    const calculated = property('number', { writable: false });
    const formula = field('number', { writable: false });
    expect(directionsOf(pair(calculated, field('number')))).toEqual({ toHubspot: false, toSalesforce: true });
    expect(directionsOf(pair(property('number'), formula))).toEqual({ toHubspot: true, toSalesforce: false });
    expect(pairProblem(pair(calculated, formula), 'TWO_WAY')).toEqual({ code: 'nothing_passes' });
    expect(pairProblem(pair(calculated, formula), 'DONT_SYNC')).toBeNull();
  });

  it('is nowhere if Salesforce always wins over a property that can’t be written', () => {
    const calculated = property('number', { writable: false });
    const to = pair(calculated, field('number'));
    expect(pairProblem(to, 'PREFER_SALESFORCE')).toBeNull();
    expect(pairProblem(to, 'ALWAYS_SALESFORCE')?.code).toBe('nothing_passes');
  });

  it('is not from a side that may repeat a value to one that may not', () => {
    const number = field('text', { unique: true });
    expect(directionOf(pair(property('text'), number))).toBe('TO_HUBSPOT');
    expect(directionOf(pair(property('text', { unique: true }), field('text')))).toBe('TO_SALESFORCE');
    expect(directionOf(pair(property('text', { unique: true }), number))).toBe('BOTH');
    expect(directionOf(pair(property('text'), field('text')))).toBe('BOTH');
    const stuck = pair(property('text', { writable: false }), number);
    expect(pairProblem(stuck, 'TWO_WAY')).toEqual({ code: 'nothing_passes' });
  });
});

describe('what is mapped already', () => {
  const mapped = (
    id: string,
    hubspotProperty: string,
    leadField: string | null,
    contactField: string | null,
  ) => ({
    ...{ id, hubspotProperty, leadField, contactField },
    rule: 'TWO_WAY' as const,
  });
  const mappings = [mapped('1', 'company', 'Company', null), mapped('2', 'jobtitle', 'Title', 'Title')];
  const candidate = (hubspotProperty: string, leadField: string | null, contactField: string | null) => ({
    ...mapped('', hubspotProperty, leadField, contactField),
    id: null,
  });

  it('is a property or a field on the same object', () => {
    expect(clashOf(candidate('jobtitle', 'Role__c', null), mappings)).toMatchObject({ by: 'property' });
    expect(clashOf(candidate('role', null, 'Title'), mappings)).toMatchObject({ by: 'field' });
    expect(clashOf(candidate('company', null, 'Company__c'), mappings)).toBeNull();
    expect(clashOf(candidate('role', 'Role__c', 'Role__c'), mappings)).toBeNull();
  });

  it('is never the mapping itself', () => {
    expect(clashOf({ ...candidate('jobtitle', 'Title', 'Title'), id: '2' }, mappings)).toBeNull();
  });

  it('is not what doesn’t sync, but for the very same pair', () => {
    const resting = mappings.map((mapping) => ({ ...mapping, rule: 'DONT_SYNC' as const }));
    expect(clashOf(candidate('jobtitle', 'Role__c', null), resting)).toBeNull();
    expect(clashOf(candidate('jobtitle', 'Title', 'Title'), resting)).toMatchObject({ by: 'property' });
    const dormant = { ...candidate('jobtitle', 'Role__c', null), rule: 'DONT_SYNC' as const };
    expect(clashOf(dormant, mappings)).toBeNull();
  });
});

it('e-mail, owner and consent have rules of their own', () => {
  const of = (hubspotProperty: string, name: string) =>
    ownRuleOf({ hubspotProperty, leadField: name, contactField: name });
  expect(of('email', 'Email')).toBe('email');
  expect(of('hubspot_owner_id', 'OwnerId')).toBe('owner');
  expect(of('hs_email_optout', 'HasOptedOutOfEmail')).toBe('optOut');
  expect(of('email', 'SecondEmail__c')).toBeNull();
});
