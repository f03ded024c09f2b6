'use client';

import { useTranslations } from 'next-intl';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { outcomePeriods, outcomeStatuses, outcomeTriggers } from '#lib/activity/schemas.ts';
import type { Activity } from './use-activity.ts';

export function ActivityFilters({ activity }: { activity: Activity }) {
  const t = useTranslations('activity');
  const common = useTranslations('common');
  const { filters, change } = activity;
  const all = { id: 'all' as const, label: t('filters.all') };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Search label={t('search')} clearLabel={common('clearSearch')} activity={activity} />
      <FilterSelect
        label={t('filters.status')}
        value={filters.status ?? 'all'}
        options={[all, ...outcomeStatuses.map((id) => ({ id, label: t(`status.${id}`) }))]}
        onChange={(id) => change({ status: id === 'all' ? undefined : id })}
      />
      <FilterSelect
        label={t('filters.direction')}
        value={filters.direction ?? 'both'}
        options={[
          { id: 'both' as const, label: t('filters.both') },
          { id: 'to_salesforce' as const, label: t('toSalesforce') },
          { id: 'to_hubspot' as const, label: t('toHubspot') },
        ]}
        onChange={(id) => change({ direction: id === 'both' ? undefined : id })}
      />
      <FilterSelect
        label={t('filters.trigger')}
        value={filters.trigger ?? 'all'}
        options={[all, ...outcomeTriggers.map((id) => ({ id, label: t(`trigger.${id}`) }))]}
        onChange={(id) => change({ trigger: id === 'all' ? undefined : id })}
      />
      <div className="md:ml-auto">
        <FilterSelect
          label={t('filters.period')}
          value={filters.period}
          options={outcomePeriods.map((id) => ({ id, label: t(`period.${id}`) }))}
          onChange={(period) => change({ period })}
        />
      </div>
    </div>
  );
}

function Search(props: { label: string; clearLabel: string; activity: Activity }) {
  const { label, clearLabel, activity } = props;
  const { filters, change } = activity;
  const [text, setText] = usePausedText(filters.search, (search) => change({ search }));
  return (
    <SearchField
      label={label}
      clearLabel={clearLabel}
      value={text}
      onChange={setText}
      className="w-[280px] max-md:w-full"
    />
  );
}
