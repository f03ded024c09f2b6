import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '#lib/mappings/default-mappings.ts';
import { planCreation, planSync } from './plan.ts';
import { at, mapping, owners, person, table } from './testing/planning.ts';

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

describe('5, 9: laws of the plan', () => {
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
