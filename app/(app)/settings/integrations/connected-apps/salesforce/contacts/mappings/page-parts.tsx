'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCountdown } from '#app/(app)/settings/shared/use-countdown.ts';
import { wizardPaths } from '#components/connections/app-identity.ts';
import { mappingStatuses } from '#components/mappings/mapping-rows.ts';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ConnectArt, SearchArt } from '#components/ui/empty-art.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { type MappingFields, type MappingsView, ruleOptions } from '#lib/mappings/schemas.ts';
import type { MappingList } from './use-mapping-list.ts';

/** Search, filters and the way to a new mapping. */
export function Toolbar(props: { list: MappingList; canAdd: boolean; onAdd: () => void }) {
  const { list, canAdd, onAdd } = props;
  const t = useTranslations('mappings');
  const common = useTranslations('common');
  const all = { id: 'all' as const, label: t('all') };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label={t('search')}
        clearLabel={common('clearSearch')}
        value={list.search}
        onChange={list.setSearch}
        className="w-[280px] max-md:w-full"
      />
      <FilterSelect
        label={t('filterRule')}
        value={list.rule}
        options={[all, ...ruleOptions.map((id) => ({ id, label: t(`rules.${id}`) }))]}
        onChange={list.setRule}
      />
      <FilterSelect
        label={t('filterStatus')}
        value={list.status}
        options={[all, ...mappingStatuses.map((id) => ({ id, label: t(`statuses.${id}`) }))]}
        onChange={list.setStatus}
      />
      {canAdd && (
        <div className="ml-auto max-md:ml-0 max-md:w-full">
          <Button variant="primary" icon={<Plus size={16} aria-hidden />} onPress={onAdd}>
            {t('add')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The last deletion, as long as it can be taken back. */
export function Deleted(props: {
  undo: MappingsView['undo'];
  labelOf: (hubspotProperty: string) => string;
  onUndo: (id: string) => void;
  isUndoing: boolean;
}) {
  const { undo, labelOf, onUndo, isUndoing } = props;
  const t = useTranslations('mappings');
  const seconds = useCountdown(undo);
  if (!undo || seconds === 0) return null;
  return (
    <Alert tone="info">
      {t('deleted', { name: labelOf(undo.hubspotProperty) })}{' '}
      <Button variant="link" onPress={() => onUndo(undo.id)} isBusy={isUndoing}>
        {t('undo', { seconds })}
      </Button>
    </Alert>
  );
}

/** What can't be told while a connected CRM doesn't answer. */
export function Silent({ fields, onRetry }: { fields: MappingFields; onRetry: () => void }) {
  const t = useTranslations('mappings');
  const common = useTranslations('common');
  const texts = [
    fields.properties === null && t('hubspotSilent'),
    fields.fields === null && t('salesforceSilent'),
  ].filter((text) => text !== false);
  if (texts.length === 0) return null;
  return (
    <RetryAlert isQuiet retryLabel={common('tryAgain')} onRetry={onRetry}>
      {texts.join(' ')}
    </RetryAlert>
  );
}

/** Instead of rows: nothing matches, or nothing is there before Salesforce is connected. */
export function Nothing(props: { isFiltered: boolean; onClear: () => void; canConnect: boolean }) {
  const { isFiltered, onClear, canConnect } = props;
  const t = useTranslations('mappings');
  if (isFiltered) {
    return (
      <EmptyState
        art={<SearchArt />}
        title={t('noMatch')}
        actions={<Button onPress={onClear}>{t('clearFilters')}</Button>}
      />
    );
  }
  return (
    <EmptyState
      art={<ConnectArt />}
      title={t('noneTitle')}
      actions={
        canConnect && (
          <ButtonLink variant="primary" href={wizardPaths.salesforce}>
            {t('connect')}
          </ButtonLink>
        )
      }
    >
      {t('noneText')}
    </EmptyState>
  );
}

export function Pages({ list }: { list: MappingList }) {
  const t = useTranslations('mappings');
  const pageWords = usePageWords();
  return (
    <Pagination
      label={t('pages')}
      summary={t('showing', { from: list.from, to: list.from + list.shown.length - 1, total: list.total })}
      page={list.page}
      pageCount={list.pageCount}
      onPage={list.setPage}
      {...pageWords}
    />
  );
}
