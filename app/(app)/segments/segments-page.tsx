'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ObjectDialog } from '#components/segments/segment-dialogs.tsx';
import { SegmentTable } from '#components/segments/segment-table.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { PageTabs } from '#components/ui/page-tabs.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { segmentIndexQuery } from '#lib/segments/queries.ts';
import { type SegmentIndexQuery, segmentSorts, segmentViews } from '#lib/segments/schemas.ts';
import { NoSegments, Pages } from './index-parts.tsx';
import { useBulkActions } from './use-bulk-actions.tsx';
import { addressOf, useIndexQuery } from './use-index-query.ts';
import { useSegmentActions } from './use-segment-actions.tsx';

export interface SegmentsPageProps {
  start: SegmentIndexQuery;
  isForSalesforce: boolean;
}

/** The index of segments: views, search, sort, pages, and what can be done with each. */
export function SegmentsPage({ start, isForSalesforce }: SegmentsPageProps) {
  const t = useTranslations('segments');
  const common = useTranslations('common');
  const router = useRouter();
  const { query, set, typed, setTyped } = useIndexQuery(start, isForSalesforce);
  const index = useQuery(segmentIndexQuery(query));
  const actions = useSegmentActions({ isForSalesforce });
  const [isChoosing, setChoosing] = useState(false);
  const create = () => {
    if (isForSalesforce) router.push('/segments/new?object=contact&for=salesforce');
    else setChoosing(true);
  };
  const canEdit = index.data?.canEdit ?? false;
  const bulk = useBulkActions(index.data?.segments ?? [], query.view === 'deleted');
  // The first copy of HubSpot's lists is on its way: whether there are any is not known yet.
  const isFilling = index.data?.inAccount === 0 && index.data.copy.isRefreshing;
  const hrefOf = (view: string) =>
    addressOf({ ...start, q: '', page: 1, view: view as SegmentIndexQuery['view'] }, isForSalesforce);

  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          canEdit && (
            <Button variant="primary" onPress={create}>
              {t('create')}
            </Button>
          )
        }
        tabs={
          <PageTabs
            label={t('views.label')}
            tabs={segmentViews.map((view) => ({ href: hrefOf(view), label: t(`views.${view}`) }))}
            current={hrefOf(query.view)}
          />
        }
      />
      <PageBody isWide>
        <div className="flex flex-wrap items-center gap-2">
          <SearchField
            label={t('index.search')}
            clearLabel={common('clearSearch')}
            value={typed}
            onChange={setTyped}
            className="w-[280px] max-md:w-full"
          />
          <FilterSelect
            label={t('index.createdBy')}
            value={query.createdBy || 'anyone'}
            options={[
              { id: 'anyone', label: t('index.anyone') },
              ...(index.data?.creators ?? []).map(({ id, name }) => ({ id, label: name })),
            ]}
            onChange={(id) => set({ createdBy: id === 'anyone' ? '' : id, page: 1 })}
          />
          {index.data && (
            <span className="ml-auto text-small text-text-subtle tabular-nums">
              {t('index.inAccount', { count: index.data.inAccount })}
            </span>
          )}
        </div>
        {index.data?.stale && (
          <Alert tone="caution" role="status">
            {t('index.stale')}
          </Alert>
        )}
        {index.isError && !index.data && (
          <RetryAlert
            title={t('errors.load')}
            retryLabel={common('tryAgain')}
            onRetry={() => void index.refetch()}
          >
            {index.error.message}
          </RetryAlert>
        )}
        {(index.isPending || isFilling) && <SkeletonTable label={common('loading')} rows={9} columns={6} />}
        {index.data && !isFilling && (
          <SegmentTable
            segments={index.data.segments}
            isDeletedView={query.view === 'deleted'}
            {...(query.view === 'recent' || query.view === 'deleted'
              ? {}
              : { sort: { column: query.sort, direction: query.direction } })}
            onSort={({ column, direction }) => {
              const sort = segmentSorts.find((each) => each === column);
              if (sort) set({ sort, direction, page: 1 });
            }}
            {...(canEdit ? { selection: bulk.selection } : {})}
            actionsOf={(segment) => (canEdit ? actions.actionsOf(segment) : [])}
            empty={
              <NoSegments
                data={index.data}
                query={query}
                onClear={() => {
                  setTyped('');
                  set({ q: '', createdBy: '', page: 1 });
                }}
                onCreate={create}
              />
            }
            foot={index.data.total > 0 && <Pages data={index.data} query={query} onChange={set} />}
          />
        )}
      </PageBody>
      {actions.dialogs}
      {bulk.dialog}
      <ObjectDialog
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
        onNext={() => router.push('/segments/new?object=contact')}
      />
    </>
  );
}
