'use client';

import { useTranslations } from 'next-intl';
import type { SelectOption } from '#components/ui/select.tsx';
import type { Rules } from './use-choices.ts';

type Options = { [K in keyof Rules]: readonly SelectOption<Rules[K]>[] };

/** What each rule asks and can be, in the words of the Contacts tab. */
export function useRuleWords() {
  const t = useTranslations('connections.wizard');
  const settings = useTranslations('settings');
  const short: Record<keyof Rules, string> = {
    salesforceChanges: t('fromSalesforce'),
    hubspotCreates: t('fromHubspot'),
    salesforceDeletes: t('deletedShort'),
  };
  const questions: Record<keyof Rules, string> = {
    salesforceChanges: t('created'),
    hubspotCreates: t('createdHere'),
    salesforceDeletes: t('deleted'),
  };
  const options: Options = {
    salesforceChanges: [
      { id: 'create_or_update', label: settings('creating.createContact') },
      { id: 'do_nothing', label: settings('creating.doNothing') },
    ],
    hubspotCreates: [
      { id: 'contact', label: settings('creating.createContact') },
      { id: 'lead', label: settings('creating.createLead') },
    ],
    salesforceDeletes: [
      { id: 'do_nothing', label: settings('deleting.doNothing') },
      { id: 'delete_contact', label: settings('deleting.deleteContact') },
    ],
  };
  const keys: (keyof Rules)[] = ['salesforceChanges', 'hubspotCreates', 'salesforceDeletes'];
  return {
    questions,
    options,
    /** Each question with its answer. */
    answers: (rules: Rules) =>
      keys.map((key) => ({
        key,
        question: questions[key],
        short: short[key],
        answer: options[key].find(({ id }) => id === rules[key])?.label ?? '',
      })),
  };
}
