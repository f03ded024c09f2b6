'use client';

import { CircleAlert, CircleSlash2, Download, Link2, Mail, Plus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { CountRow } from '#components/imports/count-row.tsx';
import { ImportFrame } from '#components/imports/import-frame.tsx';
import { useImportWords } from '#components/imports/use-import-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { importExportHref } from '#lib/imports/queries.ts';
import { skippedOf } from '#lib/imports/rules.ts';
import type { Import, ImportResult } from '#lib/imports/schemas.ts';
import type { StepProps } from './import-steps.tsx';

/** Step 4: what has become of everybody. */
export function ResultStep({ view, takesFocus, onOpen }: StepProps) {
  const t = useTranslations('imports.result');
  const format = useFormatter();
  const { id, run, result, forecast } = view;
  if (!run || !result) return null;
  const done = format.number(result.created + result.linked);
  const missed = sum(result.skipped) + sum(result.failed);
  const left = Math.max((run.total ?? 0) - run.processed, 0);
  return (
    <ImportFrame
      step="result"
      takesFocus={takesFocus}
      title={missed > 0 ? t('title', { done, failed: format.number(missed) }) : t('titleAll', { done })}
      notice={<Ending status={run.status} left={left} />}
      footer={
        <>
          <ButtonLink href={settingsPaths.salesforce} variant="primary">
            {t('doneButton')}
          </ButtonLink>
          <ButtonLink href={`/sync-activity/runs/${run.id}`} variant="secondary">
            {t('receipt')}
          </ButtonLink>
          <Button
            variant="tertiary"
            icon={<Download size={14} aria-hidden />}
            onPress={() => window.location.assign(importExportHref(id, 'notImported'))}
          >
            {t('csv')}
          </Button>
        </>
      }
    >
      <ResultRows view={view} result={result} onOpen={onOpen} />
      {forecast && (
        <p className="mt-4 text-text-subtle">
          {t('calls', {
            forecast: format.number(forecast.salesforceCalls),
            actual: format.number(run.salesforceCalls),
          })}
        </p>
      )}
    </ImportFrame>
  );
}

const sum = (rows: readonly { count: number }[]) => rows.reduce((total, { count }) => total + count, 0);

function Ending({ status, left }: { status: string; left: number }) {
  const t = useTranslations('imports.result');
  if (status === 'FAILED') {
    return (
      <Alert tone="danger" role="alert">
        {t('broken')}
      </Alert>
    );
  }
  return status === 'STOPPED' ? <Alert tone="info">{t('stopped', { count: left })}</Alert> : null;
}

type RowsProps = { view: Import; result: ImportResult; onOpen: StepProps['onOpen'] };

function ResultRows({ view, result, onOpen }: RowsProps) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const words = useImportWords();
  const planned = view.counts ? skippedOf(view.counts) : 0;
  const told = (rows: readonly { count: number }[], wordOf: (at: number) => string) =>
    rows.map(({ count }, at) => `${format.number(count)} ${wordOf(at)}`);
  const skipped = [
    ...(view.counts?.skipped ?? []).map(({ reason, count }) =>
      t(`short.${reason}`, { count: format.number(count) }),
    ),
    ...told(result.skipped, (at) => words.skipped(result.skipped[at]?.reason ?? null)),
  ];
  const failed = told(result.failed, (at) => words.category(result.failed[at]?.category ?? ''));
  return (
    <ul className="rounded-card border border-line-card">
      <CountRow
        icon={Plus}
        count={result.created}
        label={t('result.created')}
        onOpen={() => onOpen('created')}
      />
      <CountRow
        icon={Link2}
        count={result.linked}
        label={t('result.linked')}
        onOpen={() => onOpen('found')}
      />
      <CountRow
        icon={Mail}
        count={result.emailOnly}
        label={t('result.emailOnly')}
        onOpen={() => onOpen('emailOnly')}
      />
      <CountRow
        icon={CircleSlash2}
        count={planned + sum(result.skipped)}
        label={t('result.skipped')}
        {...(skipped.length > 0 ? { detail: skipped.join(' · ') } : {})}
        onOpen={() => onOpen('passedOver')}
      />
      <CountRow
        icon={CircleAlert}
        count={sum(result.failed)}
        label={t('result.failed')}
        {...(failed.length > 0 ? { detail: failed.join(' · ') } : {})}
        onOpen={() => onOpen('failed')}
      />
    </ul>
  );
}
