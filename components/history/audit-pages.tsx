'use client';

import { useTranslations } from 'next-intl';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import { type AuditQuery, auditPageSizes } from '#lib/activity/schemas.ts';

export interface AuditPagesProps {
  /** Name of the navigation. */
  label: string;
  query: AuditQuery;
  total: number;
  onChange: (change: Partial<AuditQuery>) => void;
  /** Where the size of a page can be chosen: how that is called. */
  sizeLabel?: string;
}

/** The pages of what was changed, wherever it is listed. */
export function AuditPages({ label, query, total, onChange, sizeLabel }: AuditPagesProps) {
  const t = useTranslations('history');
  const pageWords = usePageWords();
  const { page, pageSize } = query;
  const from = (page - 1) * pageSize + 1;
  return (
    <Pagination
      label={label}
      summary={t('summary', { from, to: Math.min(total, from + pageSize - 1), total })}
      page={page}
      pageCount={Math.ceil(total / pageSize)}
      onPage={(number) => onChange({ page: number })}
      {...pageWords}
      {...(sizeLabel !== undefined && total > auditPageSizes[0]
        ? {
            pageSize: {
              label: sizeLabel,
              value: pageSize,
              options: auditPageSizes,
              onChange: (size) => onChange({ pageSize: auditPageSizes.find((each) => each === size) ?? 25 }),
            },
          }
        : {})}
    />
  );
}
