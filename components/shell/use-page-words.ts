'use client';

import { useTranslations } from 'next-intl';
import type { PaginationProps } from '../ui/pagination.tsx';

/** The names of the buttons under every list that has pages. */
export function usePageWords(): Pick<PaginationProps, 'previousLabel' | 'nextLabel' | 'pageLabel'> {
  const t = useTranslations('common.pages');
  return {
    previousLabel: t('previous'),
    nextLabel: t('next'),
    pageLabel: (page) => t('page', { page }),
  };
}
