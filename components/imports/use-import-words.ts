'use client';

import { useTranslations } from 'next-intl';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import { type ImportPerson, skipReasons } from '#lib/imports/schemas.ts';

/** Says in words why somebody is or was not imported. */
export function useImportWords() {
  const t = useTranslations('imports');
  const words = useActivityWords();
  const planned = (reason: string | null) => skipReasons.find((each) => each === reason);
  const skipped = (reason: string | null): string => {
    const known = planned(reason);
    return known ? t(`reason.${known}`) : words.skipped(reason);
  };
  return {
    skipped,
    why: ({ reason, category, code }: Pick<ImportPerson, 'reason' | 'category' | 'code'>): string =>
      reason === 'failed' ? words.shortError({ category, code }) : skipped(reason),
    category: (category: string): string => words.shortError({ category, code: null }),
  };
}
