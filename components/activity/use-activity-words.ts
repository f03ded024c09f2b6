'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type Change, type Outcome, outcomeTriggers } from '#lib/activity/schemas.ts';
import { errorTextOf } from '#lib/crm/errors.ts';

const reasons = [
  'not_in_segment',
  'salesforce_changes_off',
  'no_email',
  'deleted_in_hubspot',
  'deleted_in_salesforce',
  'converted',
  'other_record_used',
  'merged',
  'disconnected',
] as const;

const known = <T extends string>(list: readonly T[], value: string | null): T | undefined =>
  list.find((each) => each === value);

/** A sentence holds no more of a value than this. */
const shownValue = 60;

type Failure = { code: string | null; category: string | null; message: string | null };

/** Says outcomes in words: never a code alone. */
export function useActivityWords() {
  const t = useTranslations('activity');
  const errors = useTranslations('syncErrors');
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

  const shortError = ({ code, category }: Pick<Failure, 'code' | 'category'>) =>
    errors(`short.${errorTextOf(code, category)}`);

  const longError = (failure: Failure, about: { field: string; value: string; app: string }) => {
    const message = failure.message || t('noReason');
    // Salesforce names the required fields in its message alone: "Required fields are missing: [LastName]".
    const fields = /\[([^\]]*)\]/.exec(message)?.[1] ?? about.field;
    const value = about.value.length > shownValue ? `${about.value.slice(0, shownValue)}…` : about.value;
    return errors(`says.${errorTextOf(failure.code, failure.category)}`, {
      ...about,
      value,
      message,
      fields,
    });
  };

  const cure = ({ code, category, message }: Failure, app: string) =>
    errors(`cure.${errorTextOf(code, category)}`, { app, message: message || t('noReason') });

  const appOf = (side: Change['to']) => (side === 'hubspot' ? t('hubspot') : t('salesforce'));

  const trigger = (name: string) => t(`trigger.${known(outcomeTriggers, name) ?? 'other'}`);

  const skipped = (name: string | null) => t(`reason.${known(reasons, name) ?? 'other'}`);

  /** The second line under the status. */
  const reason = (outcome: Outcome): string | null => {
    if (outcome.status === 'skipped') return skipped(outcome.reason);
    return outcome.status === 'error' ? shortError(outcome) : null;
  };

  const warning = (name: string) => t(`warning.${name === 'several_records' ? name : 'other'}`);

  return { nameOf, time, change, shortError, longError, cure, appOf, skipped, trigger, reason, warning };
}
