'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { ObjectDialog } from '#components/segments/segment-dialogs.tsx';
import { SegmentTable } from '#components/segments/segment-table.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ListArt, SearchArt } from '#components/ui/empty-art.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { PageTabs } from '#components/ui/page-tabs.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { segmentIndexQuery } from '#lib/segments/queries.ts';
import {
  pageSizes,
  type SegmentIndex,
  type SegmentIndexQuery,
  segmentSorts,
  segmentViews,
} from '#lib/segments/schemas.ts';
import { useSegmentActions } from './use-segment-actions.tsx';

const searchAfterMs = 250;

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
          <Alert
            tone="danger"
            role="alert"
            title={t('errors.load')}
            actions={
              <Button size="medium" onPress={() => void index.refetch()}>
                {common('tryAgain')}
              </Button>
            }
          >
            {index.error.message}
          </Alert>
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
      <ObjectDialog
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
        onNext={() => router.push('/segments/new?object=contact')}
      />
    </>
  );
}

/** What is asked for, kept in the address; typing asks once the keys rest. */
function useIndexQuery(start: SegmentIndexQuery, isForSalesforce: boolean) {
  const [query, setQuery] = useState(start);
  const [typed, setTyped] = useState(start.q);
  const set = (change: Partial<SegmentIndexQuery>) => setQuery((former) => ({ ...former, ...change }));
  useEffect(() => {
    const timer = setTimeout(() => {
      setQuery((former) => (former.q === typed.trim() ? former : { ...former, q: typed.trim(), page: 1 }));
    }, searchAfterMs);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    window.history.replaceState(null, '', addressOf(query, isForSalesforce));
  }, [query, isForSalesforce]);
  return { query, set, typed, setTyped };
}

const defaults = {
  view: 'all',
  sort: 'updated',
  direction: 'descending',
  page: 1,
  size: 25,
  q: '',
  createdBy: '',
};

function addressOf(query: SegmentIndexQuery, isForSalesforce: boolean): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (defaults[key as keyof typeof defaults] !== value) params.set(key, String(value));
  }
  if (isForSalesforce) params.set('for', 'salesforce');
  return params.size === 0 ? '/segments' : `/segments?${params}`;
}

function NoSegments(props: {
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

function Pages(props: {
  data: SegmentIndex;
  query: SegmentIndexQuery;
  onChange: (change: Partial<SegmentIndexQuery>) => void;
}) {
  const { data, query, onChange } = props;
  const t = useTranslations('segments.index');
  const from = (query.page - 1) * query.size + 1;
  return (
    <Pagination
      label={t('pages')}
      summary={t('showing', { from, to: from + data.segments.length - 1, total: data.total })}
      page={query.page}
      pageCount={Math.max(1, Math.ceil(data.total / query.size))}
      onPage={(page) => onChange({ page })}
      previousLabel={t('previous')}
      nextLabel={t('next')}
      pageLabel={(page) => t('page', { page })}
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
