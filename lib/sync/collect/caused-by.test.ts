import { describe, expect, it } from 'vitest';
import type { StoredMapping } from '#lib/mappings/schemas.ts';
import { turnedOn } from './caused-by.ts';
import type { AlarmCount } from './store.ts';

const city: StoredMapping = {
  id: 'a3a3a3a3-0000-4000-8000-000000000001',
  hubspotProperty: 'city',
  leadField: 'City',
  contactField: 'MailingCity',
  rule: 'DONT_SYNC',
  direction: 'BOTH',
  isDefault: true,
  createdAt: '2026-03-01T00:00:00Z',
};
const held = (salesforceChanges: 'create_or_update' | 'do_nothing', rule: StoredMapping['rule']) => ({
  values: { salesforceChanges },
  mappings: [{ ...city, rule }],
});
const counts: AlarmCount[] = [
  { kind: 'created_hubspot', key: '', people: 400 },
  { kind: 'created_salesforce', key: '', people: 300 },
  { kind: 'blanked', key: 'hubspot:city', people: 200 },
  { kind: 'blanked', key: 'salesforce:MailingCity', people: 150 },
];
const keys = (change: Parameters<typeof turnedOn>[0]) =>
  turnedOn(change, counts).map(({ kind, key }) => key || kind);

describe('8: what a change has made possible', () => {
  it('8: are creations in HubSpot, once Salesforce may create', () => {
    const former = held('do_nothing', 'TWO_WAY');
    expect(keys({ former, made: held('create_or_update', 'TWO_WAY') })).toEqual(['created_hubspot']);
    expect(keys({ former: held('create_or_update', 'TWO_WAY'), made: former })).toEqual([]);
  });

  it('8: are blanks of a mapping, once its rule lets them travel', () => {
    const by = (former: StoredMapping['rule'], made: StoredMapping['rule']) =>
      keys({ former: held('do_nothing', former), made: held('do_nothing', made) });
    expect(by('DONT_SYNC', 'TWO_WAY')).toEqual(['hubspot:city', 'salesforce:MailingCity']);
    expect(by('DONT_SYNC', 'ALWAYS_SALESFORCE')).toEqual(['salesforce:MailingCity']);
    expect(by('ALWAYS_SALESFORCE', 'TWO_WAY')).toEqual(['hubspot:city']);
    expect(by('TWO_WAY', 'DONT_SYNC')).toEqual([]);
  });
});
