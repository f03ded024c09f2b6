'use client';

import { useTranslations } from 'next-intl';
import { SettingRow } from '#components/contact-sync/setting-row.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import type { SettingsView } from '#lib/settings/schemas.ts';
import { useSettingRow } from './use-setting-row.ts';

/** What each side does when a record appears or changes on the other. */
export function CreatingCard({ view }: { view: SettingsView }) {
  const t = useTranslations('settings.creating');
  const fromSalesforce = useSettingRow(view, 'salesforceChanges');
  const fromHubspot = useSettingRow(view, 'hubspotCreates');
  const canCreate = view.values.salesforceChanges === 'create_or_update';
  return (
    <Card title={t('title')} description={t('text')}>
      <div className="mt-5">
        <SettingRow
          label={t('fromSalesforce')}
          help={t('inHubspot')}
          options={[
            { id: 'create_or_update', label: t('createContact') },
            { id: 'do_nothing', label: t('doNothing') },
          ]}
          {...fromSalesforce}
        />
        <SettingRow
          label={t('fromHubspot')}
          help={t('inSalesforce')}
          options={[
            { id: 'contact', label: t('createContact') },
            { id: 'lead', label: t('createLead') },
          ]}
          {...fromHubspot}
        />
      </div>
      {canCreate && view.values.inclusionListId !== null && <Alert tone="caution">{t('exception')}</Alert>}
    </Card>
  );
}
