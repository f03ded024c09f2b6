'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { Import, ImportForecast } from '#lib/imports/schemas.ts';
import { healthQuery } from '#lib/insight/queries.ts';

/** What the import would cost, and whether that much is left today. */
export function PlanForecast({ view, forecast }: { view: Import; forecast: ImportForecast }) {
  const t = useTranslations('imports.preview');
  const format = useFormatter();
  const times = useTimes();
  const api = useQuery(healthQuery()).data?.api;
  const left = api && api.allocation !== null ? Math.max(api.allocation - api.used, 0) : null;
  const { salesforceCalls, hubspotCalls, minutes } = forecast;
  const calls = t('calls', { salesforce: salesforceCalls, hubspot: hubspotCalls });
  const time = minutes === null ? null : t('minutes', { count: minutes });
  return (
    <div className="mt-4 grid gap-1 text-text-subtle">
      <p>
        {`${time ? format.list([calls, time], { type: 'unit' }) : calls}. `}
        {minutes === null && `${t('noRun')} `}
        {left !== null && t('left', { count: format.number(left) })}
      </p>
      <p className="text-small">
        {view.countedAt && t('countedAt', { when: times.ago(view.countedAt) })} {t('note')}
      </p>
      {left !== null && left < salesforceCalls && (
        <Alert tone="caution" className="mt-2 text-text">
          {t('tooFew', { needed: salesforceCalls, left: format.number(left) })}
        </Alert>
      )}
    </div>
  );
}
