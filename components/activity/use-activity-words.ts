'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Change, Outcome } from '#lib/activity/schemas.ts';

const errorCodes = [
  'REQUIRED_FIELD_MISSING',
  'STRING_TOO_LONG',
  'NOT_AN_OPTION',
  'NOT_A_NUMBER',
  'NUMBER_OUTSIDE_VALID_RANGE',
  'NOT_A_DATE',
  'NOT_A_BOOLEAN',
  'INVALID_EMAIL_ADDRESS',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  'DUPLICATES_DETECTED',
  'address_held',
  'email_in_use',
  'cannot_go_back',
  'value_not_taken',
  'RECORD_NOT_RETURNED',
  'CANNOT_UPDATE_CONVERTED_LEAD',
] as const;
const categories = ['associations', 'automation', 'duplicates', 'permissions', 'values'] as const;
const reasons = [
  'not_in_segment',
  'salesforce_changes_off',
  'no_email',
  'deleted_in_hubspot',
  'other_record_used',
  'merged',
  'disconnected',
] as const;

const known = <T extends string>(list: readonly T[], value: string | null): T | undefined =>
  list.find((each) => each === value);

/** Several codes of the vendors say the same to a person. */
function errorCode(code: string | null) {
  return known(
    errorCodes,
    code === 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' || code === 'INVALID_OPTION' ? 'NOT_AN_OPTION' : code,
  );
}

type Failure = { code: string | null; category: string | null; message: string | null };

/** Says outcomes in words: never a code alone. */
export function useActivityWords() {
  const t = useTranslations('activity');
  const format = useFormatter();

  const nameOf = (outcome: Outcome) =>
    outcome.name ?? outcome.email ?? t('unnamed', { id: outcome.contactId ?? '–' });

  const time = (outcome: Outcome, isRecent: boolean) =>
    format.dateTime(new Date(outcome.at), {
      ...(isRecent ? {} : { day: 'numeric', month: 'short' }),
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });

  const change = ({ result, object, changes }: Outcome) => {
    if (result === 'CREATED') return object === 'contact' ? t('change.newContact') : t('change.newLead');
    const [first] = changes;
    if (!first) return t('change.none');
    return changes.length === 1 ? first.label : t('change.many', { count: changes.length });
  };

  const shortError = ({ code, category }: Failure) =>
    t(`error.${errorCode(code) ?? known(categories, category) ?? 'other'}`);

  const longError = (failure: Failure, about: { field: string; value: string; app: string }) => {
    const message = failure.message ?? '';
    const code = errorCode(failure.code);
    if (code) {
      const fields = /\[([^\]]*)\]/.exec(message)?.[1] ?? about.field;
      return t(`explain.${code}`, { ...about, message, fields });
    }
    return message
      ? t('explain.other', { app: about.app, message })
      : t('explain.silent', { app: about.app });
  };

  const appOf = (side: Change['to']) => (side === 'hubspot' ? t('hubspot') : t('salesforce'));

  /** The second line under the status. */
  const reason = (outcome: Outcome): string | null => {
    if (outcome.status === 'skipped') return t(`reason.${known(reasons, outcome.reason) ?? 'other'}`);
    return outcome.status === 'error' ? shortError(outcome) : null;
  };

  const warning = (name: string) => t(`warning.${name === 'several_records' ? name : 'other'}`);

  return { nameOf, time, change, shortError, longError, appOf, reason, warning };
}
