'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import type { SwitchGroup, SwitchPeople, SwitchPeopleQuery } from '#lib/insight/schemas.ts';
import { switchPageSize } from '#lib/insight/schemas.ts';
import { SwitchPersonRow } from './switch-person-row.tsx';

const sides = ['all', 'both', 'neither'] as const;

export interface SwitchPeopleListProps {
  group: SwitchGroup;
  /** As the row says it. */
  counted: number;
  data: SwitchPeople | null;
  failure: string | null;
  onRetry: () => void;
  search: string;
  onSearch: (text: string) => void;
  query: SwitchPeopleQuery;
  onQuery: (query: Partial<SwitchPeopleQuery>) => void;
  exportHref: string;
}

/** The people behind one number, by name. */
export function SwitchPeopleList(props: SwitchPeopleListProps) {
  const { group, query, onQuery, search, onSearch, exportHref } = props;
  const t = useTranslations('switch.people');
  const common = useTranslations('common');
  return (
    <section
      aria-label={t(`region.${group}`)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto px-6 pb-4 focus-visible:-outline-offset-2"
    >
      <div className="sticky top-0 z-1 flex flex-wrap gap-2 border-line border-b bg-surface py-3">
        <SearchField
          label={t('search')}
          placeholder={t('placeholder')}
          clearLabel={common('clearSearch')}
          value={search}
          onChange={onSearch}
          className="min-w-44 flex-1"
        />
        <Button
          variant="secondary"
          className="h-9! max-md:h-11!"
          icon={<Download size={14} aria-hidden />}
          onPress={() => window.location.assign(exportHref)}
        >
          {t('csv')}
        </Button>
        {group === 'unchanged' && (
          <FilterSelect
            label={t('side')}
            value={query.side}
            options={sides.map((side) => ({ id: side, label: t(side) }))}
            onChange={(side) => onQuery({ side, page: 1 })}
          />
        )}
      </div>
      <Found {...props} />
    </section>
  );
}

function Found({ data, failure, onRetry, counted, query, onQuery }: SwitchPeopleListProps) {
  const t = useTranslations('switch.people');
  const common = useTranslations('common');
  if (failure !== null) {
    return (
      <RetryAlert className="mt-4" title={t('failed')} retryLabel={common('tryAgain')} onRetry={onRetry}>
        {failure}
      </RetryAlert>
    );
  }
  if (!data) return <Waiting label={t('loading')} />;
  const { people, total, isIncomplete } = data;
  const from = (query.page - 1) * switchPageSize;
  const isWhole = query.q === '' && query.side === 'all';
  const pageCount = Math.max(Math.ceil(total / switchPageSize), 1);
  return (
    <>
      {people.length === 0 && (
        <p className="py-6 text-text-subtle" role="status">
          {query.q === '' ? t('none') : t('noMatch', { text: query.q })}
        </p>
      )}
      <ul>
        {people.map((person) => (
          <SwitchPersonRow key={person.id} person={person} />
        ))}
      </ul>
      {isIncomplete && <p className="pt-2 text-small text-text-subtle">{t('incomplete')}</p>}
      {isWhole && counted !== total && (
        <p className="pt-2 text-small text-text-subtle">{t('differs', { counted, known: total })}</p>
      )}
      {people.length > 0 && (
        <div className="-mr-2.5 -ml-4">
          <Pagination
            label={t('pages')}
            summary={t('summary', { from: from + 1, to: from + people.length, total })}
            page={query.page}
            pageCount={pageCount}
            onPage={(page) => onQuery({ page })}
            previousLabel={t('previous')}
            nextLabel={t('next')}
            pageLabel={(page) => t('page', { page })}
          />
        </div>
      )}
    </>
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <Skeleton label={label} className="grid gap-4 pt-4">
      {['one', 'two', 'three', 'four'].map((row) => (
        <div key={row} className="flex items-center gap-3">
          <SkeletonBlock className="size-7 rounded-full" />
          <SkeletonBlock className="h-4 flex-1" />
        </div>
      ))}
    </Skeleton>
  );
}
