import { describe, expect, it } from 'vitest';
import { consentFailureOf } from './consent-failure-info.ts';

const read = (error: string, rest: { reference?: string; rights?: string } = {}) =>
  consentFailureOf({ error, reference: rest.reference ?? null, rights: rest.rights ?? null });

describe('consentFailureOf', () => {
  it('tells the codes of the callback apart', () => {
    expect(read('consent_denied').kind).toBe('denied');
    expect(read('salesforce_api_disabled').kind).toBe('apiDisabled');
    expect(read('salesforce_rate_limited').kind).toBe('limitReached');
    expect(read('anything else').kind).toBe('other');
  });

  it('lists the missing rights', () => {
    const rights = 'Lead: create, Contact: read, Contact: edit';
    expect(read('salesforce_missing_rights', { rights })).toMatchObject({
      kind: 'rights',
      rights: [
        { object: 'Lead', right: 'create' },
        { object: 'Contact', right: 'read' },
        { object: 'Contact', right: 'edit' },
      ],
    });
    expect(read('salesforce_missing_rights', { rights: 'made up' }).kind).toBe('refused');
  });

  it('shows a reference only if it looks like one', () => {
    const reference = '0b9a4a0e-7d1f-4d5c-9a53-1d7f7b8c1a11';
    expect(read('consent_unverified', { reference }).reference).toBe(reference);
    expect(read('consent_unverified', { reference: 'Call +45 123' }).reference).toBeNull();
  });
});
