'use client';

import { useTranslations } from 'next-intl';
import { type FailureCode, failureStatus } from '#lib/core/failures.ts';

const isKnown = (code: string): code is FailureCode => code in failureStatus;

/** Says in words why a count failed. */
export function useFailureWords() {
  const t = useTranslations('errors');
  return (code: string | null): string =>
    t(code !== null && isKnown(code) ? code : 'unexpected', { reference: '–' });
}
