'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { Button } from '#components/ui/button.tsx';
import { ListArt, SearchArt } from '#components/ui/empty-art.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { pageSizes, type SegmentIndex, type SegmentIndexQuery } from '#lib/segments/schemas.ts';

/** Why there is nothing to list, and what can be done. */
export function NoSegments(props: {
  data: SegmentIndex;
  query: SegmentIndexQuery;
  onClear: () => void;
  onCreate: () => void;
}): ReactNode {
  const { data, query, onClear, onCreate } = props;
  const t = useTranslations('segments');
  if (query.q !== '' || query.createdBy !== '') {
    return (
      <EmptyState
        art={<SearchArt />}
        title={t('index.noMatch')}
        actions={<Button onPress={onClear}>{t('index.clearFilters')}</Button>}
      />
    );
  }
  if (data.inAccount > 0) return <EmptyState art={<ListArt />} title={t('index.noneInView')} />;
  return (
    <EmptyState
      art={<ListArt />}
      title={t('index.emptyTitle')}
      actions={
        data.canEdit && (
          <Button variant="primary" onPress={onCreate}>
            {t('create')}
          </Button>
        )
      }
    >
      {t('index.emptyText')}
    </EmptyState>
  );
}

/** The foot of the index. */
export function Pages(props: {
  data: SegmentIndex;
  query: SegmentIndexQuery;
  onChange: (change: Partial<SegmentIndexQuery>) => void;
}) {
  const { data, query, onChange } = props;
  const t = useTranslations('segments.index');
  const pageWords = usePageWords();
  const from = (query.page - 1) * query.size + 1;
  return (
    <Pagination
      label={t('pages')}
      summary={t('showing', { from, to: from + data.segments.length - 1, total: data.total })}
      page={query.page}
      pageCount={Math.max(1, Math.ceil(data.total / query.size))}
      onPage={(page) => onChange({ page })}
      {...pageWords}
      {...(data.total > pageSizes[0]
        ? {
            pageSize: {
              label: t('pageSize'),
              value: query.size,
              options: pageSizes,
              onChange: (size: number) => {
                const chosen = pageSizes.find((each) => each === size);
                if (chosen) onChange({ size: chosen, page: 1 });
              },
            },
          }
        : {})}
    />
  );
}
