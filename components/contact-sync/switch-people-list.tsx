'use client';

import { useTranslations } from 'next-intl';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { SearchBar } from '#components/ui/search-bar.tsx';
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
      <SearchBar
        label={t('search')}
        placeholder={t('placeholder')}
        clearLabel={common('clearSearch')}
        value={search}
        onChange={onSearch}
        file={{ label: t('csv'), href: exportHref }}
        className="sticky top-0 z-1 border-line border-b bg-surface py-3"
      >
        {group === 'unchanged' && (
          <FilterSelect
            label={t('side')}
            value={query.side}
            options={sides.map((side) => ({ id: side, label: t(side) }))}
            onChange={(side) => onQuery({ side, page: 1 })}
          />
        )}
      </SearchBar>
      <Found {...props} />
    </section>
  );
}

function Found({ data, failure, onRetry, counted, query, onQuery }: SwitchPeopleListProps) {
  const t = useTranslations('switch.people');
  const common = useTranslations('common');
  const pageWords = usePageWords();
  const { people = [], total = 0, isIncomplete = false } = data ?? {};
  const from = (query.page - 1) * switchPageSize;
  const isWhole = query.q === '' && query.side === 'all';
  return (
    <PagedList
      rows={data && people.map((person) => <SwitchPersonRow key={person.id} person={person} />)}
      loadingLabel={t('loading')}
      emptyText={query.q === '' ? t('none') : t('noMatch', { text: query.q })}
      failure={
        failure === null
          ? null
          : { title: t('failed'), children: failure, retryLabel: common('tryAgain'), onRetry }
      }
      notes={
        <>
          {isIncomplete && <p className="pt-2 text-small text-text-subtle">{t('incomplete')}</p>}
          {isWhole && !isIncomplete && counted !== total && (
            <p className="pt-2 text-small text-text-subtle">{t('differs', { counted, known: total })}</p>
          )}
        </>
      }
      pages={{
        label: t('pages'),
        summary: t('summary', { from: from + 1, to: from + people.length, total }),
        page: query.page,
        pageCount: Math.max(Math.ceil(total / switchPageSize), 1),
        onPage: (page) => onQuery({ page }),
        ...pageWords,
      }}
    />
  );
}
