'use client';

import { useMutation } from '@tanstack/react-query';
import { ArrowUp } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { OutcomeTable } from '#components/activity/outcome-table.tsx';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { outcomesPageSize } from '#lib/activity/schemas.ts';
import { retryOneMutation } from '#lib/insight/queries.ts';
import type { Activity } from './use-activity.ts';

/** The rows, or why there are none; news wait behind a button while somebody reads. */
export function ActivityList({ activity, canRetry }: { activity: Activity; canRetry: boolean }) {
  const t = useTranslations('activity');
  const common = useTranslations('common');
  const { list, newer, filters } = activity;
  const retry = useMutation({
    ...retryOneMutation(),
    onSuccess: () => showToast({ tone: 'info', title: t('details.retrying') }),
    onError: (error) => showToast({ tone: 'danger', title: t('details.retryFailed'), text: error.message }),
  });
  if (list.isPending) return <SkeletonTable label={common('loading')} rows={8} columns={6} />;
  return (
    <div className="relative grid gap-4">
      {list.isError && (
        <Alert
          tone="danger"
          title={t('loadError')}
          actions={
            <Button size="medium" onPress={() => void list.refetch()}>
              {common('tryAgain')}
            </Button>
          }
        >
          {list.error.message}
        </Alert>
      )}
      {newer > 0 && (
        <div className="sticky top-2 z-10 -mb-2 flex justify-center">
          <Button
            size="medium"
            icon={<ArrowUp size={14} aria-hidden />}
            aria-label={t('newRowsLabel', { count: newer })}
            onPress={activity.showNewest}
          >
            {t('newRows', { count: newer })}
          </Button>
        </div>
      )}
      {list.data && (
        <OutcomeTable
          outcomes={list.data.outcomes}
          open={activity.open}
          onToggle={activity.toggle}
          {...(canRetry ? { onRetry: retry.mutate } : {})}
          {...(retry.isPending ? { retrying: retry.variables } : {})}
          isRecent={filters.period === 'hour' || filters.period === 'day'}
          empty={<Empty activity={activity} />}
          foot={list.data.total > 0 ? <Pages activity={activity} total={list.data.total} /> : undefined}
        />
      )}
    </div>
  );
}

function Empty({ activity }: { activity: Activity }) {
  const t = useTranslations('activity');
  if (!activity.isFiltered) return <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>;
  return (
    <EmptyState
      title={t('noMatch')}
      actions={<Button onPress={activity.clear}>{t('clearFilters')}</Button>}
    />
  );
}

function Pages({ activity, total }: { activity: Activity; total: number }) {
  const t = useTranslations('activity.pages');
  const pageWords = usePageWords();
  const format = useFormatter();
  const { page } = activity;
  const from = (page - 1) * outcomesPageSize + 1;
  const to = Math.min(page * outcomesPageSize, total);
  return (
    <Pagination
      label={t('label')}
      summary={t('summary', {
        from: format.number(from),
        to: format.number(to),
        total: format.number(total),
      })}
      page={page}
      pageCount={Math.ceil(total / outcomesPageSize)}
      onPage={activity.toPage}
      {...pageWords}
    />
  );
}
