'use client';

import { useTranslations } from 'next-intl';
import { NumberRow } from '#components/contact-sync/number-row.tsx';
import { Card } from '#components/ui/card.tsx';
import type { SettingsView } from '#lib/settings/schemas.ts';
import { useSettingRow } from './use-setting-row.ts';

/** When writing stops by itself, and how long is kept what happened to people. */
export function SafetyCard({ view }: { view: SettingsView }) {
  const t = useTranslations('settings.safety');
  const share = useSettingRow(view, 'breakerShare');
  const keeping = useSettingRow(view, 'keepingDays');
  return (
    <Card title={t('title')} description={t('text')}>
      <div className="mt-5">
        <NumberRow label={t('share')} help={t('shareHelp')} unit="%" min={1} max={100} {...share} />
        <NumberRow label={t('keep')} help={t('keepHelp')} unit={t('unit')} min={7} max={730} {...keeping} />
      </div>
    </Card>
  );
}
