'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDeleting } from '#components/contact-sync/confirm-deleting.tsx';
import { SettingRow } from '#components/contact-sync/setting-row.tsx';
import { Alert } from '#components/ui/alert.tsx';
import type { Choices, Rules } from './use-choices.ts';
import { useRuleWords } from './use-rule-words.ts';

/** The three rules, each to be chosen. Deleting asks first, as on the Contacts tab. */
export function OwnRules({ rules, onChange }: { rules: Rules; onChange: Choices['setRule'] }) {
  const t = useTranslations('settings.deleting');
  const { questions, options } = useRuleWords();
  const [isAsking, setAsking] = useState(false);
  const still = { saveState: 'idle', isDisabled: false } as const;
  return (
    <div className="mt-2 rounded-card border border-line-card px-4 pb-1 [&>div:first-child]:mt-0 [&>div:first-child]:border-t-0">
      <SettingRow
        label={questions.salesforceChanges}
        options={options.salesforceChanges}
        value={rules.salesforceChanges}
        onChange={(value) => onChange('salesforceChanges', value)}
        {...still}
      />
      <SettingRow
        label={questions.hubspotCreates}
        options={options.hubspotCreates}
        value={rules.hubspotCreates}
        onChange={(value) => onChange('hubspotCreates', value)}
        {...still}
      />
      <SettingRow
        label={questions.salesforceDeletes}
        options={options.salesforceDeletes}
        value={rules.salesforceDeletes}
        onChange={(value) =>
          value === 'delete_contact' ? setAsking(true) : onChange('salesforceDeletes', value)
        }
        {...still}
      />
      {rules.salesforceDeletes === 'delete_contact' && (
        <Alert tone="caution" className="mb-3">
          {t('caution')}
        </Alert>
      )}
      <ConfirmDeleting
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => onChange('salesforceDeletes', 'delete_contact')}
      />
    </div>
  );
}
