'use client';

import { useFormatter, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import type { TagTone } from '#components/ui/tag.tsx';
import type { VerdictKind, Why } from '#lib/insight/schemas.ts';

type Look = { tag: string; tone: TagTone };

const waiting: Look = { tag: 'waiting', tone: 'info' };
const notSyncing: Look = { tag: 'notSyncing', tone: 'caution' };
const notLinked: Look = { tag: 'notLinked', tone: 'caution' };
const deleted: Look = { tag: 'deleted', tone: 'neutral' };
const error: Look = { tag: 'error', tone: 'danger' };
const paused: Look = { tag: 'paused', tone: 'neutral' };

/** Tag and colour of each verdict. */
export const looks: Record<VerdictKind, Look> = {
  syncing: { tag: 'syncing', tone: 'positive' },
  ...{ never_triggered: waiting, waiting, switch_waits: waiting, processing: waiting, budget: waiting },
  ...{ no_email: notSyncing, outside: notSyncing, left: notSyncing, exception: notSyncing },
  ...{ other_record: notSyncing, salesforce_off: notSyncing },
  email_only: { tag: 'emailOnly', tone: 'violet' },
  ...{ failed: error, passing: error, automation_loop: error, address_held: error },
  ...{ merged: notLinked, link_lost: notLinked },
  ...{ deleted, deleted_here: deleted, erased: deleted },
  ...{ paused, held: paused, not_connected: paused, list_gone: paused },
};

/** Says a verdict, its help and times in words. */
export function useWhyWords() {
  const t = useTranslations('contacts');
  const times = useWhyTimes();
  const activity = useActivityWords();

  const nameOf = ({ name, email, id }: Pick<Why, 'name' | 'email' | 'id'>) =>
    name ?? email ?? t('unnamed', { id });

  const valueText = (given: { value: string | null; isHidden: boolean }) =>
    given.isHidden ? t('hidden') : (given.value ?? t('blank'));

  const sentence = (why: Why): string => {
    const { verdict } = why;
    const values = {
      name: nameOf(why),
      time: verdict.at ? times.when(verdict.at) : '',
      date: verdict.at ? times.day(verdict.at) : '',
      record: verdict.by ?? '',
      object: verdict.object ?? 'other',
      count: verdict.changes,
    };
    const key = keyOf(why);
    if (verdict.failure && ['failed', 'automation_loop'].includes(verdict.kind)) {
      const { failure } = verdict;
      const message = failure.message || activity.shortError(failure);
      const field = failure.field ?? '';
      return t(`verdict.${key}`, { ...values, field, message, value: failure.value ?? t('blank') });
    }
    const { criterion } = verdict;
    if (!criterion) return t(`verdict.${key}`, values);
    return t(`verdict.${key}`, {
      ...values,
      property: criterion.label,
      value: valueText(criterion),
      more: criterion.more,
    });
  };

  return { ...times, nameOf, valueText, sentence };
}

/** The message that says a verdict. */
function keyOf({ verdict, list }: Why): string {
  const { kind, criterion, failure } = verdict;
  switch (kind) {
    case 'outside':
      if (!criterion) return 'outside_list';
      return criterion.more > 0 ? 'outside_more' : 'outside';
    case 'left':
    case 'exception':
    case 'email_only':
      return criterion ? kind : `${kind}_list`;
    case 'failed': {
      const category = failure?.category ?? 'values';
      const hasField = failure?.field !== null && failure?.field !== undefined;
      if (category === 'values' && hasField && failure?.value === null) return 'values_blank';
      // A right that the whole record lacks is no field's.
      const isOfField = failure?.isPartial || failure?.code?.startsWith('field_');
      if (category === 'permissions') return hasField && isOfField ? category : 'permissions_any';
      return category === 'values' && !hasField ? 'values_any' : category;
    }
    case 'syncing':
      return verdict.at ? 'syncing' : 'syncing_new';
    case 'never_triggered':
      return list ? 'never_triggered' : 'never_triggered_all';
    case 'budget':
      return verdict.at ? 'budget' : 'budget_open';
    case 'deleted':
      return verdict.at ? 'deleted' : 'deleted_unknown';
    default:
      return kind;
  }
}

/** "today, 13:45", else "3 Nov, 14:02"; days and seconds alone where that is enough. */
export function useWhyTimes() {
  const t = useTranslations('contacts');
  const format = useFormatter();
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow({ updateInterval: 60_000 });
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const dayIn = (date: Date) => date.toLocaleDateString('en-CA', { timeZone: zone });
  return {
    when: (iso: string): string => {
      const date = new Date(iso);
      return dayIn(date) === dayIn(now)
        ? t('today', { time: format.dateTime(date, clock) })
        : format.dateTime(date, { day: 'numeric', month: 'short', ...clock });
    },
    day: (iso: string): string => format.dateTime(new Date(iso), { day: 'numeric', month: 'short' }),
    second: (iso: string): string =>
      format.dateTime(new Date(iso), { ...clock, second: '2-digit', day: 'numeric', month: 'short' }),
  };
}
