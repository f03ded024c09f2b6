'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { importPath } from '#components/connections/app-identity.ts';
import { ContactTable } from '#components/contacts/contact-table.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { buttonClass } from '#components/ui/button-style.ts';
import { PageTabs } from '#components/ui/page-tabs.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { contactsExportHref, contactsQuery } from '#lib/insight/queries.ts';
import { type ContactsQuery, contactsPageSize, contactViews } from '#lib/insight/schemas.ts';

/** HubSpot's search gives no more pages. */
const mostPages = 400;
const leads = { left: 'leadLeft', orphans: 'leadOrphans', 'email-only': 'leadEmailOnly' } as const;
const empties = {
  ...{ all: 'emptyAll', syncing: 'emptySyncing', outside: 'emptyOutside', left: 'emptyLeft' },
  ...{ orphans: 'emptyOrphans', 'email-only': 'emptyEmailOnly', errors: 'emptyErrors' },
} as const;

/** Contacts by how they stand: views, search, order, pages, and each view as CSV. */
export function ContactsPage({ start }: { start: ContactsQuery }) {
  const t = useTranslations('contacts');
  const common = useTranslations('common');
  const pageWords = usePageWords();
  const format = useFormatter();
  const { query, set, typed, setTyped } = useContactsQuery(start);
  const list = useQuery(contactsQuery(query));
  const { view } = query;
  const counts = list.data?.counts;
  const lead = view in leads ? t(`list.${leads[view as keyof typeof leads]}`) : null;
  const from = (query.page - 1) * contactsPageSize;
  const total = list.data?.total ?? 0;
  const shown = list.data?.contacts ?? [];
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <>
            {list.data?.canEdit && <ButtonLink href={importPath}>{t('list.import')}</ButtonLink>}
            <a href={contactsExportHref(view)} download className={buttonClass({ variant: 'tertiary' })}>
              <Download size={16} aria-hidden />
              {t('list.csv')}
            </a>
          </>
        }
        tabs={
          <PageTabs
            label={t('views.label')}
            tabs={contactViews.map((each) => {
              const count = counts?.[each] ?? null;
              const label = t(`views.${each}`);
              const text = count === null ? null : format.number(count);
              const tone = each === 'errors' && count !== 0 ? ('danger' as const) : ('neutral' as const);
              return {
                href: hrefOf(each),
                label,
                ...(text === null ? {} : { count: { text, tone, label: `${label}: ${text}` } }),
              };
            })}
            current={hrefOf(view)}
          />
        }
      />
      <PageBody isWide>
        {lead && <p className="max-w-[80ch] text-text-subtle">{lead}</p>}
        <SearchField
          label={t('list.search')}
          clearLabel={common('clearSearch')}
          value={typed}
          onChange={setTyped}
          className="w-[280px] max-md:w-full"
        />
        {list.isError && (
          <RetryAlert
            title={t('list.loadError')}
            retryLabel={common('tryAgain')}
            onRetry={() => void list.refetch()}
          >
            {list.error.message}
          </RetryAlert>
        )}
        {list.isPending && <SkeletonTable label={common('loading')} rows={10} columns={6} />}
        {list.data && (
          <ContactTable
            view={view}
            rows={shown}
            {...(view === 'all' && query.sort === 'since'
              ? {}
              : { sort: { column: query.sort, direction: query.direction } })}
            onSort={(sort, direction) => set({ sort, direction, page: 1 })}
            empty={
              <p className="px-4 py-6 text-text-subtle">
                {query.q === '' ? t(`list.${empties[view]}`) : t('list.noMatch', { query: query.q })}
              </p>
            }
            foot={
              total > 0 && (
                <Pagination
                  label={t('list.pages')}
                  summary={t('list.summary', {
                    from: format.number(from + 1),
                    to: format.number(from + shown.length),
                    total: format.number(total),
                  })}
                  page={query.page}
                  pageCount={Math.min(Math.max(Math.ceil(total / contactsPageSize), 1), mostPages)}
                  onPage={(page) => set({ page })}
                  {...pageWords}
                />
              )
            }
          />
        )}
      </PageBody>
    </>
  );
}

function hrefOf(view: string): string {
  return view === 'all' ? '/contacts' : `/contacts?view=${view}`;
}

/** What is asked for, kept in the address; typing asks once the keys rest. */
function useContactsQuery(start: ContactsQuery) {
  const [query, setQuery] = useState(start);
  const set = (change: Partial<ContactsQuery>) => setQuery((former) => ({ ...former, ...change }));
  const [typed, setTyped] = usePausedText(query.q, (q) => set({ q, page: 1 }));
  useEffect(() => {
    const defaults = { view: 'all', q: '', sort: 'since', direction: 'descending', page: 1 };
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (defaults[key as keyof typeof defaults] !== value) params.set(key, String(value));
    }
    window.history.replaceState(null, '', params.size === 0 ? '/contacts' : `/contacts?${params}`);
  }, [query]);
  return { query, set, typed, setTyped };
}
