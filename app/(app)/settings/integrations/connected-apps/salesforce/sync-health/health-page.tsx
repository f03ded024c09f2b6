'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { ApiUseCard } from '#components/health/api-use-card.tsx';
import { ErrorCards, type ErrorCategoryId } from '#components/health/error-cards.tsx';
import { ForecastsTable } from '#components/health/forecasts-card.tsx';
import { Pauses, WentOn } from '#components/health/pauses.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { buttonClass } from '#components/ui/button-style.ts';
import { PageSection } from '#components/ui/card.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { errorExportHref, healthQuery } from '#lib/insight/queries.ts';
import type { Health } from '#lib/insight/schemas.ts';
import { ErrorPanel } from './error-panel.tsx';
import { useHealthActions } from './use-health-actions.ts';

/** Calls, errors and pauses of the sync with Salesforce. */
export function HealthPage() {
  const common = useTranslations('common');
  const query = useQuery(healthQuery());
  if (query.data) return <Loaded health={query.data} />;
  return (
    <PageBody>
      {query.isError ? (
        <RetryAlert
          title={common('loadError')}
          retryLabel={common('tryAgain')}
          onRetry={() => void query.refetch()}
        >
          {query.error.message}
        </RetryAlert>
      ) : (
        <SkeletonTable label={common('loading')} rows={5} columns={3} />
      )}
    </PageBody>
  );
}

function Loaded({ health }: { health: Health }) {
  const t = useTranslations('health');
  const common = useTranslations('common');
  const [category, setCategory] = useState<ErrorCategoryId | null>(null);
  const actions = useHealthActions();
  const { canEdit } = health;
  return (
    <PageBody isSpacious>
      {health.pauses.length > 0 && (
        <section aria-label={t('pauses.label')} className="grid gap-3">
          <Pauses
            pauses={health.pauses}
            contactsHref={settingsPaths.salesforce}
            isResuming={actions.resuming}
            isClearing={actions.clearing}
            {...(canEdit ? { onResume: actions.resume, onClear: actions.clear } : {})}
          />
        </section>
      )}
      {health.wentOnAt && <WentOn at={health.wentOnAt} />}
      <ApiUseCard
        api={health.api}
        saving={actions.saving}
        onAllocate={actions.allocate}
        {...(canEdit ? {} : { disabledReason: common('adminOnly') })}
      />
      <SyncErrors health={health} onOpen={setCategory} />
      <PageSection title={t('forecasts.title')} description={t('forecasts.text')}>
        <ForecastsTable forecasts={health.forecasts} />
      </PageSection>
      {health.errors.categories
        .filter((each) => each.category === category)
        .map((each) => (
          <ErrorPanel
            key={each.category}
            category={each}
            canRetry={canEdit}
            onClose={() => setCategory(null)}
          />
        ))}
    </PageBody>
  );
}

function SyncErrors({ health, onOpen }: { health: Health; onOpen: (category: ErrorCategoryId) => void }) {
  const t = useTranslations('health');
  const format = useFormatter();
  const { errors, records, nextTryAt, categories } = health.errors;
  const time = (iso: string) =>
    format.dateTime(new Date(iso), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const synced = format.number(health.api.synced);
  const numbers = { errors, records, recordsNumber: format.number(records) };
  return (
    <PageSection
      title={t('errorsTitle')}
      description={
        <>
          {errors === 0 ? t('allGood', { count: health.api.synced, number: synced }) : t('summary', numbers)}
          {errors > 0 && nextTryAt && ` ${t('nextTry', { time: time(nextTryAt) })}`}
        </>
      }
      actions={
        errors > 0 && (
          <a href={errorExportHref()} download className={buttonClass({ className: 'max-md:w-full' })}>
            <Download size={16} aria-hidden />
            {t('export')}
          </a>
        )
      }
    >
      <ErrorCards categories={categories} onOpen={onOpen} />
    </PageSection>
  );
}
