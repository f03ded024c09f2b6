import { describe, expect, it } from 'vitest';
import type { SalesforceRecord } from '#lib/crm/ports.ts';
import { addressesOf, chooseRecord } from './match.ts';

const record = (id: string, extra: Partial<SalesforceRecord> = {}): SalesforceRecord => ({
  id,
  object: 'Lead',
  values: {},
  lastModifiedAt: new Date('2026-01-01T00:00:00Z'),
  lastModifiedById: '005',
  systemModstamp: new Date('2026-01-01T00:00:00Z'),
  isConverted: false,
  ...extra,
});
const nobody = () => false;

describe('sync rules, section 4: matching', () => {
  it('compares addresses trimmed and without case, the own one before the additional ones', () => {
    expect(
      addressesOf({
        email: ' Ann@B.example ',
        hs_additional_emails: 'ann@b.example;Second@b.example; ',
      }),
    ).toEqual(['ann@b.example', 'second@b.example']);
    expect(addressesOf({ email: null })).toEqual([]);
  });

  it('takes a Contact before a Lead, however old', () => {
    const contact = record('003', { object: 'Contact', lastModifiedAt: new Date(0) });
    expect(chooseRecord([[record('00Q'), contact]], nobody)).toEqual({
      kind: 'found',
      record: contact,
      byAdditional: false,
      isOneOfSeveral: true,
    });
  });

  it('then the most recently modified, then the lowest id', () => {
    const newer = record('00Q2', { lastModifiedAt: new Date('2026-02-01T00:00:00Z') });
    expect(chooseRecord([[record('00Q1'), newer]], nobody)).toMatchObject({ record: newer });
    expect(chooseRecord([[record('00Q2'), record('00Q1')]], nobody)).toMatchObject({
      record: { id: '00Q1' },
    });
  });

  it('takes what an additional address finds only if the own one finds nothing', () => {
    const second = record('00Q2');
    expect(chooseRecord([[], [second]], nobody)).toMatchObject({ record: second, byAdditional: true });
    expect(chooseRecord([[record('00Q1')], [second]], nobody)).toMatchObject({
      record: { id: '00Q1' },
      byAdditional: false,
    });
  });

  it('ignores converted Leads', () => {
    expect(chooseRecord([[record('00Q', { isConverted: true })]], nobody)).toEqual({ kind: 'none' });
  });

  it('neither takes nor creates where everybody with the address is linked elsewhere', () => {
    expect(chooseRecord([[record('00Q')]], () => true)).toEqual({ kind: 'held' });
    expect(chooseRecord([[record('00Q1'), record('00Q2')]], (id) => id === '00Q1')).toMatchObject({
      record: { id: '00Q2' },
    });
  });

  it('finds nobody where nobody has the address', () => {
    expect(chooseRecord([[], []], nobody)).toEqual({ kind: 'none' });
  });
});
