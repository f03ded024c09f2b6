'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsValues, SettingsView } from '#lib/settings/schemas.ts';

export type Rules = Pick<SettingsValues, 'salesforceChanges' | 'hubspotCreates' | 'salesforceDeletes'>;
export type Limit = { listId: string | null; name: string; size: number | null };

export const recommended: Rules = {
  salesforceChanges: 'create_or_update',
  hubspotCreates: 'lead',
  salesforceDeletes: 'do_nothing',
};

export type Choices = ReturnType<typeof useChoices>;

/** What the wizard collects. Nothing is saved before the last step; it begins with what holds now. */
export function useChoices() {
  const t = useTranslations('settings.limit');
  const { data: view } = useSuspenseQuery(settingsQuery());
  const [mode, setMode] = useState<'recommended' | 'own'>(() =>
    isRecommended(view) ? 'recommended' : 'own',
  );
  const [own, setOwn] = useState<Rules>(() => rulesOf(view));
  const [limit, setLimit] = useState<Limit>(() => ({
    listId: view.values.inclusionListId,
    name: view.values.inclusionListId === null ? t('all') : (view.segment?.name ?? t('unknown')),
    size: view.segment?.size ?? null,
  }));
  return {
    view,
    mode,
    setMode,
    rules: mode === 'recommended' ? recommended : own,
    setRule: <K extends keyof Rules>(key: K, value: Rules[K]) =>
      setOwn((former) => ({ ...former, [key]: value })),
    limit,
    setLimit,
  };
}

function rulesOf({ values }: SettingsView): Rules {
  const { salesforceChanges, hubspotCreates, salesforceDeletes } = values;
  return { salesforceChanges, hubspotCreates, salesforceDeletes };
}

function isRecommended({ values }: SettingsView): boolean {
  return (
    values.salesforceChanges === recommended.salesforceChanges &&
    values.hubspotCreates === recommended.hubspotCreates &&
    values.salesforceDeletes === recommended.salesforceDeletes
  );
}
