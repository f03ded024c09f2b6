'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AppLogTable } from '#components/connections/app-log-table.tsx';
import { AuditPages } from '#components/history/audit-pages.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageSection } from '#components/ui/card.tsx';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { auditQuery } from '#lib/activity/queries.ts';
import {
  type AuditActivity,
  type AuditPage,
  type AuditQuery,
  auditActivities,
} from '#lib/activity/schemas.ts';
import { firstLogPage } from './app-log-query.ts';

type Change = (change: Partial<AuditQuery>) => void;

/** *App log*: who did what, with filters and pages. */
export function AppLog() {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const [query, setQuery] = useState(firstLogPage);
  const { data, isError, isPlaceholderData, refetch } = useQuery(auditQuery(query));
  // A filter leads back to the first page, unless the change is the page itself.
  const change: Change = (changed) => setQuery((former) => ({ ...former, page: 1, ...changed }));

  return (
    <PageSection title={t('log.title')} actions={<Filters query={query} page={data} onChange={change} />}>
      {isError && !data && (
        <RetryAlert
          title={common('loadError')}
          retryLabel={common('tryAgain')}
          onRetry={() => void refetch()}
        />
      )}
      {!isError && !data && <SkeletonTable label={common('loading')} rows={6} columns={5} />}
      {data && (
        <div aria-busy={isPlaceholderData}>
          <AppLogTable
            entries={data.entries}
            segments={data.segments}
            empty={<NoEntries query={query} onShowAll={() => setQuery(firstLogPage)} />}
            foot={
              data.total > 0 && (
                <AuditPages
                  label={t('log.pages')}
                  query={query}
                  total={data.total}
                  onChange={change}
                  sizeLabel={t('log.pageSize')}
                />
              )
            }
          />
        </div>
      )}
    </PageSection>
  );
}

function Filters(props: { query: AuditQuery; page: AuditPage | undefined; onChange: Change }) {
  const { query, page, onChange } = props;
  const t = useTranslations('connections');
  const all = { id: 'all', label: t('log.all') } as const;
  const kinds: Record<AuditActivity, string> = {
    connection: t('log.kindConnection'),
    settings: t('log.kindSettings'),
    segment: t('log.kindSegment'),
    mapping: t('log.kindMapping'),
    run: t('log.kindRun'),
    user: t('log.kindUser'),
  };
  const apps = ['hubspot', 'salesforce', 'segbridge'] as const;
  return (
    <>
      <FilterSelect
        label={t('log.activity')}
        value={query.activity ?? 'all'}
        options={[all, ...auditActivities.map((id) => ({ id, label: kinds[id] }))]}
        onChange={(id) => onChange({ activity: id === 'all' ? undefined : id })}
      />
      <FilterSelect
        label={t('log.user')}
        value={query.actor ?? 'all'}
        options={[
          all,
          ...(page?.actors ?? []).map(({ id, name }) => ({ id, label: name ?? t('segbridge') })),
        ]}
        onChange={(id) => onChange({ actor: id === 'all' ? undefined : id })}
      />
      <FilterSelect
        label={t('log.app')}
        value={query.app ?? 'all'}
        options={[all, ...apps.map((id) => ({ id, label: t(id) }))]}
        onChange={(id) => onChange({ app: id === 'all' ? undefined : id })}
      />
    </>
  );
}

function NoEntries({ query, onShowAll }: { query: AuditQuery; onShowAll: () => void }) {
  const t = useTranslations('connections');
  const isFiltered = Boolean(query.activity || query.actor || query.app);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-5 text-text-subtle">
      {isFiltered ? t('log.noMatch') : t('log.empty')}
      {isFiltered && (
        <Button variant="link" onPress={onShowAll}>
          {t('log.showAll')}
        </Button>
      )}
    </div>
  );
}
