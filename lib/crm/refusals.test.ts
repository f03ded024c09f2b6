import { describe, expect, it } from 'vitest';
import { hubspotFailure, refusalOf } from './hubspot/failure.ts';
import { answerFailure, salesforceFailure } from './salesforce/failure.ts';

const none = new Headers();

describe('HubSpot’s refusals', () => {
  it('name the properties that HubSpot hides in its message', () => {
    const wrong = [
      { isValid: false, message: 'Property "x" does not exist', error: 'PROPERTY_DOESNT_EXIST', name: 'x' },
      {
        isValid: false,
        message: 'bad',
        error: 'INVALID_OPTION',
        name: 'y',
        localizedErrorMessage: 'y is wrong',
      },
    ];
    const message = `Property values were not valid: ${JSON.stringify(wrong)}`;
    expect(refusalOf({ status: 'error', message, category: 'VALIDATION_ERROR' })).toEqual({
      kind: 'rejected',
      category: 'permissions',
      code: 'PROPERTY_DOESNT_EXIST',
      fields: ['x', 'y'],
      message: 'Property "x" does not exist y is wrong',
    });
  });

  it('keep the id that a conflict names, and prefer the narrower code', () => {
    const conflict = {
      status: 'error',
      message: 'Contact already exists. Existing ID: 12345',
      category: 'CONFLICT',
    };
    expect(hubspotFailure(409, none, conflict, true).failure).toMatchObject({
      ...{ kind: 'rejected', category: 'duplicates', code: 'CONFLICT', message: conflict.message },
    });
    const name = { message: 'taken', category: 'VALIDATION_ERROR', subCategory: 'ILS.DUPLICATE_LIST_NAMES' };
    expect(refusalOf(name)).toMatchObject({ category: 'duplicates', code: 'ILS.DUPLICATE_LIST_NAMES' });
  });

  it('tell the three kinds of too many calls apart', () => {
    const search = { message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' };
    const burst = {
      message: 'You have reached your ten_secondly_rolling limit.',
      policyName: 'TEN_SECONDLY_ROLLING',
    };
    const daily = { message: 'You have reached your daily limit.', policyName: 'DAILY' };
    const waits = [search, burst, daily].map((body) => hubspotFailure(429, none, body, true).failure);
    expect(waits).toEqual([
      { kind: 'rateLimited', retryAfterMs: 1_000, daily: false },
      { kind: 'rateLimited', retryAfterMs: 10_000, daily: false },
      { kind: 'rateLimited', retryAfterMs: 900_000, daily: true },
    ]);
    const told = hubspotFailure(429, new Headers({ 'retry-after': '3' }), search, true);
    expect(told.waitMs).toBe(3_000);
  });

  it('say whether a write may have been carried out', () => {
    expect(hubspotFailure(502, none, undefined, true).failure).toMatchObject({ maybeDone: true });
    expect(hubspotFailure(502, none, undefined, false).failure).toMatchObject({ maybeDone: false });
    expect(hubspotFailure(423, none, { message: 'locked' }, true)).toMatchObject({
      failure: { kind: 'unavailable', maybeDone: false },
      waitMs: 2_000,
    });
  });

  it('count a missing scope as a missing right, with or without a body', () => {
    expect(hubspotFailure(403, none, undefined, false).failure).toMatchObject({ code: 'MISSING_SCOPES' });
    expect(hubspotFailure(404, none, 'no json', false).failure).toEqual({ kind: 'notFound' });
  });
});

describe('Salesforce’s refusals', () => {
  it('read both names of the code and join what several errors say', () => {
    const errors = [
      {
        code: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [LastName]',
        fields: ['LastName'],
      },
      { code: 'STRING_TOO_LONG', message: 'Title: too large', fields: ['Title', 'LastName'] },
    ];
    expect(salesforceFailure(errors)).toMatchObject({
      code: 'REQUIRED_FIELD_MISSING',
      fields: ['LastName', 'Title'],
      message: 'Required fields are missing: [LastName] Title: too large',
    });
    const single = [{ errorCode: 'INVALID_FIELD', message: 'No such column' }];
    expect(answerFailure(400, single, true)).toMatchObject({ kind: 'rejected', code: 'INVALID_FIELD' });
  });

  it('tell a used-up day from too many long calls at once', () => {
    const of = (message: string) =>
      answerFailure(403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message }], false);
    expect(of('TotalRequests Limit exceeded.')).toMatchObject({ kind: 'rateLimited', daily: true });
    expect(of('ConcurrentPerOrgLongTxn Limit exceeded.')).toMatchObject({
      kind: 'rateLimited',
      daily: false,
    });
  });

  it('leave open what became of a write that an edge server or a crash answered', () => {
    const maintenance = '<html>down for maintenance</html>';
    expect(answerFailure(503, maintenance, true)).toMatchObject({ kind: 'unavailable', maybeDone: true });
    const crash = [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred.' }];
    expect(answerFailure(500, crash, true)).toMatchObject({ kind: 'unavailable', maybeDone: true });
    expect(answerFailure(500, crash, false)).toMatchObject({ kind: 'unavailable', maybeDone: false });
  });
});
