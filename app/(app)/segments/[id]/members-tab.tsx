'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { PeopleTable } from '#components/segments/people-table.tsx';
import { useFilterWords } from '#components/segments/use-filter-words.ts';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { buttonClass } from '#components/ui/button-style.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import type { TableSort } from '#components/ui/table.tsx';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { membersQuery } from '#lib/segments/queries.ts';
import { type FilterParts, memberSorts, type Segment } from '#lib/segments/schemas.ts';

const rows = 25;
type MemberSort = (typeof memberSorts)[number];

/** Who is in the segment, 25 a page; the next 250 are asked for when their turn comes. */
export function MembersTab({ segment, parts }: { segment: Segment; parts: FilterParts | undefined }) {
  const t = useTranslations('segments');
  const common = useTranslations('common');
  const pageWords = usePageWords();
  const { optionLabel } = useFilterWords(parts);
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const [typed, setTyped] = usePausedText(q, (text) => {
    setQ(text);
    setPage(1);
  });
  const [sort, setSort] = useState<{ sort: MemberSort; direction: TableSort['direction'] } | null>(null);
  const members = useInfiniteQuery(membersQuery(segment.listId, { q, ...sort }));
  const { refetch, hasNextPage, isFetching, fetchNextPage } = members;
  // New members show as HubSpot finds them.
  const shownSize = useRef(segment.size);
  useEffect(() => {
    if (shownSize.current === segment.size) return;
    shownSize.current = segment.size;
    void refetch();
  }, [segment.size, refetch]);
  const people = members.data?.pages.flatMap((each) => each.people) ?? [];
  const isMissing = page * rows > people.length && hasNextPage;
  useEffect(() => {
    if (isMissing && !isFetching) void fetchNextPage();
  }, [isMissing, isFetching, fetchNextPage]);

  const [first] = members.data?.pages ?? [];
  const total = hasNextPage ? Math.max(first?.total ?? 0, people.length) : people.length;
  const from = (page - 1) * rows;
  const shown = people.slice(from, from + rows);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <SearchField
          label={t('page.searchPeople')}
          clearLabel={common('clearSearch')}
          value={typed}
          onChange={setTyped}
          className="w-[280px] max-md:w-full"
        />
        <a
          href={`/api/segments/${segment.listId}/members/export`}
          download
          className={buttonClass({ size: 'medium' })}
        >
          <Download size={16} aria-hidden />
          {t('page.export')}
        </a>
      </div>
      {first?.isIncomplete && <p className="text-small text-text-subtle">{t('page.searchIncomplete')}</p>}
      {first && !first.canSort && <p className="text-small text-text-subtle">{t('page.notSortable')}</p>}
      {members.isError && (
        <RetryAlert title={t('errors.load')} retryLabel={common('tryAgain')} onRetry={() => void refetch()}>
          {members.error.message}
        </RetryAlert>
      )}
      {members.isPending || (isMissing && shown.length === 0) ? (
        <SkeletonTable label={common('loading')} rows={10} columns={5} />
      ) : (
        <PeopleTable
          caption={t('people.caption')}
          people={shown}
          hrefOf={(id) => `/contacts/${id}`}
          optionLabel={optionLabel}
          {...(sort ? { sort: { column: sort.sort, direction: sort.direction } } : {})}
          {...(first?.canSort
            ? {
                onSort: ({ column, direction }: TableSort) => {
                  const chosen = memberSorts.find((each) => each === column);
                  if (chosen) setSort({ sort: chosen, direction });
                  setPage(1);
                },
              }
            : {})}
          empty={
            <p className="px-4 py-6 text-text-subtle">
              {q === '' ? t('page.noMembers') : t('page.noMembersFound', { query: q })}
            </p>
          }
          foot={
            shown.length > 0 && (
              <Pagination
                label={t('index.pages')}
                summary={t('index.showing', { from: from + 1, to: from + shown.length, total })}
                page={page}
                pageCount={Math.max(1, Math.ceil(total / rows))}
                onPage={setPage}
                {...pageWords}
              />
            )
          }
        />
      )}
    </>
  );
}
