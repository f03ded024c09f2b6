'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDeleting } from '#components/contact-sync/confirm-deleting.tsx';
import { SettingRow } from '#components/contact-sync/setting-row.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import type { SettingsView } from '#lib/settings/schemas.ts';
import { useSettingRow } from './use-setting-row.ts';

/** What HubSpot does when a record is deleted in Salesforce. Deleting asks first. */
export function DeletingCard({ view }: { view: SettingsView }) {
  const t = useTranslations('settings.deleting');
  const creating = useTranslations('settings.creating');
  const { onChange, ...row } = useSettingRow(view, 'salesforceDeletes');
  const [isAsking, setAsking] = useState(false);
  return (
    <Card title={t('title')}>
      <div className="mt-5">
        <SettingRow
          label={t('label')}
          help={creating('inHubspot')}
          options={[
            { id: 'do_nothing', label: t('doNothing') },
            { id: 'delete_contact', label: t('deleteContact') },
          ]}
          {...row}
          onChange={(value) => (value === 'delete_contact' ? setAsking(true) : onChange(value))}
        />
      </div>
      {view.values.salesforceDeletes === 'delete_contact' && (
        <div className="mb-4">
          <Alert tone="caution">{t('caution')}</Alert>
        </div>
      )}
      <p className="text-small text-text-subtle">{t('fixed')}</p>
      <ConfirmDeleting
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => onChange('delete_contact')}
      />
    </Card>
  );
}
