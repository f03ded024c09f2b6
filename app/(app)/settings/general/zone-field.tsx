'use client';

import { useRouter } from 'next/navigation';
import { useTimeZone, useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { ComboBox } from '#components/ui/combo-box.tsx';
import { chooseTimeZone, isZoneChosen } from '#lib/i18n/time-zone.ts';

const browser = 'browser';

/** The time zone of all times on the pages: this browser's, or one that was chosen. */
export function ZoneField() {
  const t = useTranslations('people.general');
  const router = useRouter();
  const current = useTimeZone() ?? 'UTC';
  // Only the browser knows its own zone and what was chosen in it.
  const isClient = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  if (!isClient) return null;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id.replaceAll('_', ' ') }));
  return (
    <ComboBox
      label={t('zone')}
      help={t('zoneHelp')}
      openLabel={t('zoneOpen')}
      emptyText={t('zoneNone')}
      options={[{ id: browser, label: t('zoneBrowser', { zone: own }) }, ...zones]}
      value={isZoneChosen(document.cookie) ? current : browser}
      onChange={(id) => {
        if (id === null) return;
        chooseTimeZone(id === browser ? null : id, own);
        router.refresh();
      }}
    />
  );
}
