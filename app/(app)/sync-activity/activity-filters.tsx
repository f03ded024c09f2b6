'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { outcomePeriods, outcomeStatuses, outcomeTriggers } from '#lib/activity/schemas.ts';
import type { Activity } from './use-activity.ts';

/** The search begins this long after the last key. */
const pauseMs = 250;

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
  const [text, setText] = useState(filters.search);
  useEffect(() => {
    if (text.trim() === filters.search) return;
    const timer = setTimeout(() => change({ search: text.trim() }), pauseMs);
    return () => clearTimeout(timer);
  }, [text, filters.search, change]);
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
