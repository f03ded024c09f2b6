import { describe, expect, it } from 'vitest';
import { planSync } from './plan.ts';
import { agreedOn, at, mapping, owners, person, table } from './testing/planning.ts';

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
