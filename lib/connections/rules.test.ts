import { describe, expect, it } from 'vitest';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type { SalesforceField } from '#lib/crm/ports.ts';
import { crmFailureToFailure, isUsable, loginReplaces, loginUrlOf, missingRights } from './rules.ts';

const now = new Date('2026-11-22T12:00:00Z');
const inSeconds = (seconds: number) => ({
  accessToken: 'sealed',
  accessExpiresAt: new Date(now.getTime() + seconds * 1_000),
});

describe('isUsable', () => {
  it.each([
    ['one that has time left', inSeconds(61), undefined, true],
    ['one that ends on its way', inSeconds(60), undefined, false],
    ['one without a known end', { accessToken: 'sealed', accessExpiresAt: null }, undefined, true],
    ['one that was just refused', inSeconds(900), 'plain', false],
    ['one that replaced the refused one', inSeconds(900), 'older', true],
  ])('%s', (_what, token, rejected, usable) => {
    expect(isUsable(token, 'plain', rejected, now)).toBe(usable);
  });
});

describe('loginReplaces', () => {
  it('only what is missing or expired, unless asked', () => {
    const of = (reconnect: boolean) =>
      ([null, 'EXPIRED', 'CONNECTED', 'DISCONNECTED'] as const).map((status) =>
        loginReplaces(status, reconnect),
      );
    expect(of(false)).toEqual([true, true, false, false]);
    expect(of(true)).toEqual([true, true, true, true]);
  });
});

describe('loginUrlOf', () => {
  const configured = { production: 'https://login.salesforce.com', sandbox: 'http://localhost:4021' };
  const own = (loginUrl: string) => loginUrlOf({ sandbox: false, loginUrl }, configured);

  it('follows the choice of production or sandbox', () => {
    expect(loginUrlOf({ sandbox: false }, configured)).toBe(configured.production);
    expect(loginUrlOf({ sandbox: true }, configured)).toBe(configured.sandbox);
  });

  it('takes an org’s own domain, without what stands behind it', () => {
    expect(own('https://acme.my.salesforce.com/path?x=1')).toBe('https://acme.my.salesforce.com');
    expect(own('https://acme--uat.sandbox.my.salesforce.com')).toBe(
      'https://acme--uat.sandbox.my.salesforce.com',
    );
    expect(own('http://localhost:4021/x')).toBe(configured.sandbox);
  });

  it.each([
    'https://evil.example',
    'http://acme.my.salesforce.com',
    'https://acme.my.salesforce.com.evil.example',
    'https://evil.example/.my.salesforce.com',
    'https://user@acme.my.salesforce.com',
    'https://acme.my.salesforce.com:8443',
    'https://my.salesforce.com',
  ])('refuses %s', (url) => {
    expect(own(url)).toBeNull();
  });
});

describe('missingRights', () => {
  const lastName = (createable: boolean, updateable: boolean) =>
    ({ name: 'LastName', createable, updateable }) as SalesforceField;

  it('tells reading, creating and editing apart', () => {
    expect(missingRights('Lead', { ok: true, value: [lastName(true, true)] })).toEqual([]);
    expect(missingRights('Lead', { ok: true, value: [lastName(true, false)] })).toEqual([
      { object: 'Lead', right: 'edit' },
    ]);
    expect(missingRights('Contact', { ok: true, value: [] }).map(({ right }) => right)).toEqual([
      'create',
      'edit',
    ]);
    const hidden = missingRights('Contact', { ok: false, failure: { kind: 'notFound' } });
    expect(hidden).toEqual([{ object: 'Contact', right: 'read' }]);
  });
});

describe('crmFailureToFailure', () => {
  const cases: [CrmFailure, string][] = [
    [{ kind: 'authLost' }, 'salesforce_auth_lost'],
    [{ kind: 'authLost', notConnected: true }, 'salesforce_not_connected'],
    [{ kind: 'rateLimited', retryAfterMs: 1, daily: true }, 'salesforce_rate_limited'],
    [{ kind: 'unavailable', message: '', maybeDone: false }, 'salesforce_unavailable'],
    [{ kind: 'notFound' }, 'not_found'],
  ];
  it.each(cases)('%j is %s', (failure, code) => {
    expect(crmFailureToFailure('SALESFORCE', failure)).toEqual({ code });
  });

  it('passes on why HubSpot refused', () => {
    const refused: CrmFailure = {
      kind: 'rejected',
      category: 'values',
      code: 'X',
      fields: [],
      message: 'because',
    };
    expect(crmFailureToFailure('HUBSPOT', refused)).toEqual({
      code: 'hubspot_refused',
      values: { message: 'because' },
    });
    expect(crmFailureToFailure('HUBSPOT', { ...refused, message: '' }).values).toEqual({ message: 'X' });
  });
});
