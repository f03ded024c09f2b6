'use client';

import { useTranslations } from 'next-intl';
import { AsOfJump } from '#components/history/as-of-jump.tsx';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { type AuditSubject, auditPeriods, auditSubjects } from '#lib/activity/schemas.ts';
import { settingsKeySchema } from '#lib/settings/schemas.ts';
import type { AuditLogState } from './use-audit-log.ts';

export function AuditFilters({ log }: { log: AuditLogState }) {
  const t = useTranslations('history');
  const subjects = useSubjectNames();
  const { query, change, list } = log;
  const all = { id: 'all' as const, label: t('all') };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Search key={log.generation} log={log} />
      <FilterSelect
        label={t('subject')}
        value={query.subject ?? 'all'}
        options={[all, ...auditSubjects.map((id) => ({ id, label: subjects(id) }))]}
        onChange={(id) => change({ subject: id === 'all' ? undefined : id })}
      />
      <FilterSelect
        label={t('user')}
        value={query.actor ?? 'all'}
        options={[
          all,
          ...(list.data?.actors ?? []).map(({ id, name }) => ({ id, label: name ?? t('segbridge') })),
        ]}
        onChange={(id) => change({ actor: id === 'all' ? undefined : id })}
      />
      <FilterSelect
        label={t('period')}
        value={query.period ?? 'all'}
        options={auditPeriods.map((id) => ({ id, label: t(`periods.${id}`) }))}
        onChange={(period) => change({ period: period === 'all' ? undefined : period })}
      />
      <div className="lg:ml-auto">
        <AsOfJump onGo={log.goAsOf} />
      </div>
    </div>
  );
}

/** Single settings have the names of the page; the rest are kinds of things. */
function useSubjectNames(): (subject: AuditSubject) => string {
  const t = useTranslations('history.subjects');
  const settings = useTranslations('settings');
  return (subject) => {
    const key = settingsKeySchema.safeParse(subject).data;
    if (key !== undefined) return settings(`name.${key}`);
    switch (subject) {
      case 'mapping':
      case 'connection':
      case 'segment':
      case 'run':
      case 'writing':
        return t(subject);
      default:
        return t('user');
    }
  };
}

function Search({ log: { query, change } }: { log: AuditLogState }) {
  const t = useTranslations('history');
  const common = useTranslations('common');
  const [text, setText] = usePausedText(query.search ?? '', (asked) =>
    change({ search: asked || undefined }),
  );
  return (
    <SearchField
      label={t('search')}
      clearLabel={common('clearSearch')}
      value={text}
      onChange={setText}
      className="w-[240px] max-md:w-full"
    />
  );
}
