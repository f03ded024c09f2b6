import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { locales } from '#lib/i18n/locales.ts';
import {
  errorTextOf,
  errorTexts,
  failureOf,
  hubspotErrors,
  isRetried,
  oauthErrors,
  ownErrors,
  salesforceErrors,
} from './errors.ts';

const error = (code: string) => ({ code, message: 'text', fields: ['Email'] });

describe('failureOf', () => {
  it.each([
    ['DUPLICATES_DETECTED', 'duplicates'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'automation'],
    ['INVALID_FIELD_FOR_INSERT_UPDATE', 'permissions'],
    ['CANNOT_UPDATE_CONVERTED_LEAD', 'associations'],
    ['STRING_TOO_LONG', 'values'],
    ['A_CODE_OF_NEXT_YEAR', 'values'],
  ])('puts %s on the card %s and keeps the vendor’s words', (code, category) => {
    expect(failureOf(salesforceErrors, error(code))).toEqual({ kind: 'rejected', category, ...error(code) });
  });

  it('knows what ends the connection, what is missing and what is used up', () => {
    expect(failureOf(salesforceErrors, error('INVALID_SESSION_ID'))).toEqual({ kind: 'authLost' });
    expect(failureOf(oauthErrors, error('invalid_grant'))).toEqual({ kind: 'authLost' });
    expect(failureOf(hubspotErrors, error('OBJECT_NOT_FOUND'))).toEqual({ kind: 'notFound' });
    expect(failureOf(salesforceErrors, error('REQUEST_LIMIT_EXCEEDED'))).toMatchObject({ daily: true });
    expect(failureOf(hubspotErrors, error('RATE_LIMITS'))).toMatchObject({
      kind: 'rateLimited',
      daily: false,
    });
  });

  it('makes what may pass by itself unavailable, and certainly not done', () => {
    const passing = failureOf(salesforceErrors, error('UNABLE_TO_LOCK_ROW'));
    expect(passing).toEqual({ kind: 'unavailable', message: 'UNABLE_TO_LOCK_ROW: text', maybeDone: false });
    expect(isRetried('UNABLE_TO_LOCK_ROW')).toBe(true);
    expect(isRetried('STRING_TOO_LONG')).toBe(false);
    expect(isRetried('A_CODE_OF_NEXT_YEAR')).toBe(false);
  });
});

describe('what errors say', () => {
  const codes = Object.keys({ ...salesforceErrors, ...hubspotErrors, ...oauthErrors, ...ownErrors });

  it.each(locales)('every code and every category has word, sentence and cure in %s', (locale) => {
    type Texts = Record<string, Record<string, string>>;
    const texts = JSON.parse(readFileSync(`messages/${locale}/syncErrors.json`, 'utf8')) as Texts;
    const needed = new Set([...codes.map((code) => errorTextOf(code, null)), ...errorTexts]);
    for (const kind of ['short', 'says', 'cure']) {
      expect(Object.keys(texts[kind] ?? {}).sort(), kind).toEqual([...needed].sort());
    }
  });

  it('leaves no code of the table with the sentence of its category', () => {
    const generic = new Set(['associations', 'automation', 'duplicates', 'permissions', 'values', 'other']);
    const vague = codes.filter((code) => generic.has(errorTextOf(code, null)));
    // That answer could not be read, so that there is nothing more to say.
    expect(vague).toEqual(['UNREADABLE_ERROR']);
  });

  it('gives a code of next year the sentence of its category', () => {
    expect(errorTextOf('A_CODE_OF_NEXT_YEAR', 'permissions')).toBe('permissions');
    expect(errorTextOf('A_CODE_OF_NEXT_YEAR', null)).toBe('other');
    expect(errorTextOf(null, null)).toBe('other');
    expect(errorTextOf('constructor', 'values')).toBe('values');
  });
});
