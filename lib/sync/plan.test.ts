import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';
import type { Rule } from '#lib/mappings/default-mappings.ts';
import { type FieldTable, fieldTable, type MappingRow } from './fields.ts';
import { ownerBook } from './owners.ts';
import { type PersonState, planCreation, planSync } from './plan.ts';

const property = (name: string, extra: Partial<HubSpotProperty> = {}): HubSpotProperty => ({
  name,
  label: name.toUpperCase(),
  type: 'string',
  fieldType: 'text',
  groupName: 'contactinformation',
  description: '',
  options: [],
  readOnly: false,
  calculated: false,
  hidden: false,
  hasUniqueValue: false,
  referencedObjectType: null,
  ...extra,
});
const field = (name: string, extra: Partial<SalesforceField> = {}): SalesforceField => ({
  name,
  label: name,
  type: 'string',
  length: 40,
  scale: 0,
  createable: true,
  updateable: true,
  required: false,
  unique: false,
  custom: false,
  restrictedPicklist: false,
  picklistValues: [],
  referenceTo: [],
  ...extra,
});
const mapping = (hubspotProperty: string, name: string, extra: Partial<MappingRow> = {}): MappingRow => ({
  id: `m-${name}`,
  hubspotProperty,
  leadField: name,
  contactField: name,
  rule: 'TWO_WAY',
  direction: 'BOTH',
  ...extra,
});

const definitions = {
  timeZone: 'Europe/Berlin',
  properties: [
    property('email'),
    property('lastname'),
    property('jobtitle'),
    property('annualrevenue'),
    property('hubspot_owner_id', { type: 'enumeration', fieldType: 'select' }),
    property('hs_email_optout', { type: 'bool', fieldType: 'booleancheckbox', readOnly: true }),
    property('lifecyclestage', { type: 'enumeration', fieldType: 'radio' }),
    property('score', { readOnly: true, calculated: true }),
  ],
  fields: [
    field('Email', { type: 'email', length: 80 }),
    field('LastName', { length: 80, required: true }),
    field('Title', { length: 12 }),
    field('AnnualRevenue', { type: 'currency', length: 0 }),
    field('OwnerId', { type: 'reference' }),
    field('HasOptedOutOfEmail', { type: 'boolean', length: 0 }),
    field('Stage__c'),
    field('Score__c'),
    field('Status', { required: false }),
  ],
};
const table = (...mappings: MappingRow[]): FieldTable => fieldTable('Lead', mappings, definitions);

const owners = ownerBook(
  [
    { id: 'h-ann', userId: '1', email: 'Ann@b.example', name: 'Ann', active: true },
    { id: 'h-bo', userId: '2', email: 'bo@b.example', name: 'Bo', active: true },
    { id: 'h-cy', userId: '3', email: 'cy@b.example', name: 'Cy', active: true },
    { id: 'h-cy2', userId: '4', email: 'cy@b.example', name: 'Cy 2', active: true },
  ],
  [
    { id: 's-ann', email: 'ann@b.example', name: 'Ann', active: true },
    { id: 's-bo', email: 'bo@b.example', name: 'Bo', active: true },
    { id: 's-cy', email: 'cy@b.example', name: 'Cy', active: true },
    { id: 's-old', email: 'old@b.example', name: 'Old', active: false },
  ],
);
const at = '2026-03-01T12:00:00.000Z';
const person = (extra: Partial<PersonState>): PersonState => ({
  contact: {},
  record: {},
  shadow: {},
  intended: null,
  matchedByAdditional: false,
  changedAt: { hubspot: new Date('2026-03-01T10:00:00Z'), salesforce: new Date('2026-03-01T10:00:00Z') },
  lastModifiedByUs: false,
  ...extra,
});
const agreedOn = (value: string | null) => ({ h: value, s: value, at: '2026-02-01T00:00:00.000Z' });

describe('sync rules, section 5: what takes part', () => {
  it('leaves out a field that one side did not return: no write, and its shadow stays', () => {
    const shadow = { 'm-Title': agreedOn('Boss') };
    const plan = planSync(
      table(mapping('jobtitle', 'Title')),
      person({ contact: {}, record: { Title: null }, shadow }),
      owners,
      at,
    );
    expect(plan).toMatchObject({ hubspot: {}, salesforce: {}, changes: [], shadow });
  });

  it('keeps the shadow of a mapping whose field is gone for now, and drops that of a removed mapping', () => {
    const shadow = { 'm-Gone__c': agreedOn('x'), 'm-Removed': agreedOn('y') };
    const plan = planSync(table(mapping('jobtitle', 'Gone__c')), person({ shadow }), owners, at);
    expect(plan.shadow).toEqual({ 'm-Gone__c': shadow['m-Gone__c'] });
  });

  it('writes only what really differs, and remembers what agrees', () => {
    const plan = planSync(
      table(mapping('annualrevenue', 'AnnualRevenue'), mapping('jobtitle', 'Title')),
      person({
        contact: { annualrevenue: '1000000', jobtitle: 'Boss ' },
        record: { AnnualRevenue: '1000000.0', Title: 'Boss' },
      }),
      owners,
      at,
    );
    expect([plan.hubspot, plan.salesforce]).toEqual([{}, {}]);
    expect(plan.shadow['m-AnnualRevenue']).toEqual({ h: '1000000', s: '1000000.0', at });
  });

  it('never writes a side that the vendor calculates, or a mapping of one direction', () => {
    const oneWay = mapping('jobtitle', 'Title', { direction: 'TO_HUBSPOT' });
    const plan = planSync(
      table(mapping('score', 'Score__c'), oneWay),
      person({
        contact: { score: null, jobtitle: 'Boss' },
        record: { Score__c: '5', Title: null },
      }),
      owners,
      at,
    );
    expect([plan.hubspot, plan.salesforce]).toEqual([{}, {}]);
  });
});

describe('sync rules, section 5: later, conflict log', () => {
  const changedBoth = (hubspotAt: string, salesforceAt: string, lastModifiedByUs = false) =>
    planSync(
      table(mapping('jobtitle', 'Title')),
      person({
        contact: { jobtitle: 'Head' },
        record: { Title: 'Chief' },
        shadow: { 'm-Title': agreedOn('Boss') },
        changedAt: { hubspot: new Date(hubspotAt), salesforce: new Date(salesforceAt) },
        lastModifiedByUs,
      }),
      owners,
      at,
    );

  it('compares whole seconds; Salesforce wins a tie, and the lost value is kept with both times', () => {
    const plan = changedBoth('2026-03-01T10:00:00.900Z', '2026-03-01T10:00:00.100Z');
    expect(plan.hubspot).toEqual({ jobtitle: 'Chief' });
    expect(plan.changes[0]?.conflict).toEqual({
      lost: 'Head',
      hubspotAt: '2026-03-01T10:00:00.900Z',
      salesforceAt: '2026-03-01T10:00:00.100Z',
    });
    expect(changedBoth('2026-03-01T10:00:01Z', '2026-03-01T10:00:00.999Z').salesforce).toEqual({
      Title: 'Head',
    });
  });

  it('goes by the time of the property rather than of the contact, and says whose time it wants', () => {
    const state = {
      contact: { jobtitle: 'Head', lastname: 'Okafor', email: 'a@b.example' },
      record: { Title: 'Chief', LastName: 'Okafor', Email: null },
      shadow: { 'm-Title': agreedOn('Boss') },
      changedAt: { hubspot: new Date('2026-03-01T11:00:00Z'), salesforce: new Date('2026-03-01T10:00:00Z') },
    };
    const mappings = [
      mapping('jobtitle', 'Title'),
      mapping('lastname', 'LastName'),
      mapping('email', 'Email'),
    ];
    const first = planSync(table(...mappings), person(state), owners, at);
    expect([first.salesforce.Title, first.contested]).toEqual(['Head', ['jobtitle']]);
    const propertyChangedAt = { jobtitle: new Date('2026-03-01T09:00:00Z') };
    const timed = planSync(table(...mappings), person({ ...state, propertyChangedAt }), owners, at);
    expect(timed.hubspot).toEqual({ jobtitle: 'Chief' });
    expect(timed.changes.find(({ field: name }) => name === 'Title')?.conflict).toEqual({
      lost: 'Head',
      hubspotAt: '2026-03-01T09:00:00.000Z',
      salesforceAt: '2026-03-01T10:00:00.000Z',
    });
  });

  it('wants the time of a lost value for the log, by whatever rule it is lost', () => {
    const state = { contact: { jobtitle: 'Head' }, record: { Title: 'Chief' } };
    const plan = planSync(
      table(mapping('jobtitle', 'Title', { rule: 'ALWAYS_SALESFORCE' })),
      person({ ...state, shadow: { 'm-Title': agreedOn('Boss') } }),
      owners,
      at,
    );
    expect(plan.contested).toEqual(['jobtitle']);
  });

  it('does not take our own modification for the time of another’s change', () => {
    const plan = changedBoth('2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z', true);
    expect(plan.salesforce).toEqual({ Title: 'Head' });
  });
});

describe('sync rules, section 5: after a write', () => {
  const title = table(mapping('jobtitle', 'Title', { rule: 'PREFER_SALESFORCE' }));

  it('takes what Salesforce made of our own value for agreed, unless somebody else changed it since', () => {
    const shadow = { 'm-Title': { h: 'boss', s: 'boss', at, sent: true } };
    const state = { contact: { jobtitle: 'boss' }, record: { Title: 'BOSS' }, shadow };
    const ours = planSync(title, person({ ...state, lastModifiedByUs: true }), owners, at);
    expect(ours.hubspot).toEqual({});
    expect(ours.shadow['m-Title']).toEqual({ h: 'boss', s: 'BOSS', at });
    const theirs = planSync(title, person(state), owners, at);
    expect(theirs.hubspot).toEqual({ jobtitle: 'BOSS' });
  });

  it('after a crash counts a side that holds its intended value as agreed', () => {
    const intended = { 'm-Title': { h: 'Chief', s: 'Chief', to: 'hubspot' as const } };
    const state = { shadow: { 'm-Title': agreedOn('Boss') }, intended };
    const arrived = planSync(
      table(mapping('jobtitle', 'Title')),
      person({ ...state, contact: { jobtitle: 'Chief' }, record: { Title: 'Founder' } }),
      owners,
      at,
    );
    // What arrived is agreed; what changed since then is a change of Salesforce's alone.
    expect(arrived.hubspot).toEqual({ jobtitle: 'Founder' });
    expect(arrived.changes[0]?.conflict).toBeUndefined();
  });
});

describe('sync rules, section 5: values are checked first', () => {
  it('does not send a value that the other side can’t take, and says why; the others go over', () => {
    const plan = planSync(
      table(mapping('jobtitle', 'Title'), mapping('lastname', 'LastName')),
      person({
        contact: { jobtitle: 'Head of everything', lastname: 'Okafor' },
        record: { Title: null, LastName: null },
      }),
      owners,
      at,
    );
    expect(plan.salesforce).toEqual({ LastName: 'Okafor' });
    expect(plan.changes.map(({ field: name, failure }) => [name, failure?.code])).toEqual([
      ['Title', 'STRING_TOO_LONG'],
      ['LastName', undefined],
    ]);
    expect(plan.shadow['m-Title']).toBeUndefined();
  });

  it('never sends the lifecycle stage backwards', () => {
    const plan = planSync(
      table(mapping('lifecyclestage', 'Stage__c', { rule: 'ALWAYS_SALESFORCE' })),
      person({ contact: { lifecyclestage: 'customer' }, record: { Stage__c: 'lead' } }),
      owners,
      at,
    );
    expect(plan.hubspot).toEqual({});
    expect(plan.changes[0]?.failure?.code).toBe('cannot_go_back');
  });
});

describe('sync rules, section 5: owner and e-mail', () => {
  const owned = table(mapping('hubspot_owner_id', 'OwnerId'));
  const withOwners = (h: string | null, s: string | null, shadow = {}) =>
    planSync(owned, person({ contact: { hubspot_owner_id: h }, record: { OwnerId: s }, shadow }), owners, at);

  it('translates owners by e-mail without case; the record’s active owner wins at the match', () => {
    expect(withOwners('h-bo', 's-ann').hubspot).toEqual({ hubspot_owner_id: 'h-ann' });
    expect(withOwners('h-ann', 's-ann')).toMatchObject({ hubspot: {}, salesforce: {} });
  });

  it('counts an address that two owners share as nobody’s', () => {
    expect(withOwners('h-cy', 's-cy')).toMatchObject({ hubspot: {}, salesforce: {}, changes: [] });
    expect(withOwners('h-cy', 's-ann').hubspot).toEqual({ hubspot_owner_id: 'h-ann' });
  });

  it('gives a record of an inactive user HubSpot’s owner', () => {
    expect(withOwners('h-ann', 's-old').salesforce).toEqual({ OwnerId: 's-ann' });
  });

  it('names owners by their address in what is remembered', () => {
    const shadow = { 'm-OwnerId': { h: 'h-ann', s: 's-ann', at } };
    expect(withOwners('h-bo', 's-ann', shadow).changes[0]).toMatchObject({
      to: 'salesforce',
      old: 'ann@b.example',
      new: 'bo@b.example',
    });
  });

  it('compares e-mail addresses without case', () => {
    const plan = planSync(
      table(mapping('email', 'Email', { rule: 'ALWAYS_SALESFORCE' })),
      person({ contact: { email: 'ann@b.example' }, record: { Email: 'Ann@B.example' } }),
      owners,
      at,
    );
    expect([plan.hubspot, plan.salesforce]).toEqual([{}, {}]);
  });
});

describe('sync rules, sections 4 and 5: a new record', () => {
  const all = table(
    mapping('email', 'Email'),
    mapping('lastname', 'LastName', { rule: 'ALWAYS_SALESFORCE' }),
    mapping('jobtitle', 'Title', { rule: 'ALWAYS_SALESFORCE' }),
    mapping('hubspot_owner_id', 'OwnerId', { rule: 'PREFER_SALESFORCE' }),
    mapping('hs_email_optout', 'HasOptedOutOfEmail', { direction: 'TO_SALESFORCE' }),
  );

  it('gets all values but blanks; Always use Salesforce only gives what it must have', () => {
    const contact = {
      email: 'ann@b.example',
      lastname: 'Okafor',
      jobtitle: 'Boss',
      hubspot_owner_id: 'h-bo',
      hs_email_optout: 'true',
    };
    const plan = planCreation(all, contact, owners);
    expect(plan.values).toEqual({
      Email: 'ann@b.example',
      LastName: 'Okafor',
      OwnerId: 's-bo',
      HasOptedOutOfEmail: 'true',
    });
    expect(plan.missing).toEqual([]);
  });

  it('says nothing of an owner without a counterpart and of consent that was not withdrawn', () => {
    const contact = { lastname: 'Okafor', hubspot_owner_id: 'h-cy', hs_email_optout: 'false' };
    expect(planCreation(all, contact, owners).values).toEqual({ LastName: 'Okafor' });
  });

  it('names required fields without a value; nothing is invented', () => {
    const plan = planCreation(all, { email: 'ann@b.example', lastname: ' ' }, owners);
    expect(plan.missing).toEqual(['LastName']);
    expect(plan.changes.find(({ failure }) => failure)).toMatchObject({
      label: 'LASTNAME',
      failure: { code: 'REQUIRED_FIELD_MISSING' },
    });
  });
});

describe('laws of the plan', () => {
  const value = fc.option(fc.constantFrom('a', ' b', 'c\r\nd', '7', 'much too long a value'), { nil: null });
  const rule = fc.constantFrom<Rule>('TWO_WAY', 'PREFER_SALESFORCE', 'ALWAYS_SALESFORCE');
  const history = fc.record({
    rule,
    h: value,
    s: value,
    shadow: fc.option(fc.record({ h: value, s: value }), { nil: null }),
    later: fc.boolean(),
  });

  it('after its writes there is nothing left to write: idempotent, no echo', () => {
    fc.assert(
      fc.property(history, (given) => {
        const fields = table(mapping('jobtitle', 'Title', { rule: given.rule }));
        const before = person({
          contact: { jobtitle: given.h },
          record: { Title: given.s },
          shadow: given.shadow ? { 'm-Title': { ...given.shadow, at } } : {},
          changedAt: { hubspot: new Date(given.later ? 2_000 : 0), salesforce: new Date(1_000) },
        });
        const plan = planSync(fields, before, owners, at);
        if (plan.changes.some(({ failure }) => failure)) return;
        const pair = plan.intended['m-Title'];
        const after = person({
          ...before,
          contact: { ...before.contact, ...plan.hubspot },
          record: { ...before.record, ...plan.salesforce },
          shadow: pair ? { 'm-Title': { h: pair.h, s: pair.s, at } } : plan.shadow,
        });
        const again = planSync(fields, after, owners, at);
        expect([again.hubspot, again.salesforce]).toEqual([{}, {}]);
      }),
    );
  });
});
