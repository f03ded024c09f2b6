'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { importPath } from '#components/connections/app-identity.ts';
import { ImportFrame } from '#components/imports/import-frame.tsx';
import { PlanRows } from '#components/imports/plan-rows.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { countImportMutation, importQuery } from '#lib/imports/queries.ts';
import { toImport } from '#lib/imports/rules.ts';
import type { Import, ImportRequest } from '#lib/imports/schemas.ts';
import type { StepProps } from './import-steps.tsx';
import { PlanForecast } from './plan-forecast.tsx';
import { useFailureWords } from './use-failure-words.ts';

/** Step 2: what it would do, before anything is written. */
export function PreviewStep(props: StepProps) {
  const { view, takesFocus, onOpen, failure } = props;
  const t = useTranslations('imports.preview');
  const format = useFormatter();
  const { counts, forecast, state } = view;
  const title = counts && state === 'counted' ? t('title', { count: counts.records }) : t('counting');
  return (
    <ImportFrame
      step="preview"
      takesFocus={takesFocus}
      title={state === 'uncounted' ? t('failed') : title}
      notice={<Notice view={view} />}
      footer={<Footer {...props} />}
    >
      {state === 'counting' && (
        <>
          <ProgressBar label={t('counting')} valueText={format.number(view.read)} />
          <p role="status" className="mt-2 text-text-subtle">
            {t('read', { count: view.read })}
          </p>
        </>
      )}
      {state === 'counted' && counts && forecast && (
        <>
          {toImport(counts) === 0 && (
            <p className="mb-4">
              {counts.records > 0 && counts.linked === counts.records
                ? t('allLinked', { count: counts.records })
                : t('nothing')}
            </p>
          )}
          <PlanRows counts={counts} hasLimit={view.hasLimit} onOpen={onOpen} />
          {toImport(counts) > 0 && <PlanForecast view={view} forecast={forecast} />}
        </>
      )}
      {failure !== null && (
        <Alert tone="danger" role="alert" className="mt-4">
          {failure}
        </Alert>
      )}
    </ImportFrame>
  );
}

function Notice({ view }: { view: Import }) {
  const t = useTranslations('imports.preview');
  const times = useTimes();
  const words = useFailureWords();
  if (view.state === 'uncounted') {
    return (
      <Alert tone="danger" role="alert">
        {words(view.reason)}
      </Alert>
    );
  }
  if (view.listChangedAt) {
    return (
      <Alert tone="caution" role="status">
        {t('listChanged', { when: times.short(view.listChangedAt) })}
      </Alert>
    );
  }
  return view.isOld ? (
    <Alert tone="caution" role="status">
      {t('old')}
    </Alert>
  ) : null;
}

function Footer({ view, act, isActing }: StepProps) {
  const t = useTranslations('imports');
  const common = useTranslations('common');
  const again = useCountAgain();
  const { counts, state, canControl } = view;
  const back = (
    <ButtonLink href={importPath} variant="tertiary">
      {t('preview.back')}
    </ButtonLink>
  );
  if (state === 'counting') return back;
  if (!canControl) return <p className="text-text-subtle">{common('adminOnly')}</p>;
  const isStale = state === 'uncounted' || view.isOld || view.listChangedAt !== null;
  if (isStale) {
    return (
      <>
        <Button
          variant="primary"
          isBusy={again.isPending || again.isSuccess}
          busyLabel={t('choose.counting')}
          onPress={() => again.mutate(requestOf(view))}
        >
          {t('preview.again')}
        </Button>
        {back}
      </>
    );
  }
  const count = counts ? toImport(counts) : 0;
  return (
    <>
      {count > 0 && (
        <Button
          variant="primary"
          isBusy={isActing}
          busyLabel={t('preview.starting')}
          onPress={() => act('start')}
        >
          {t('preview.start', { count })}
        </Button>
      )}
      {back}
    </>
  );
}

function requestOf({ choice: { objects, which } }: Import): ImportRequest {
  if (which.kind !== 'campaign') return { objects, which };
  return { objects, which: { kind: 'campaign', campaignId: which.campaignId } };
}

function useCountAgain() {
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    ...countImportMutation(),
    onSuccess: (made) => {
      client.setQueryData(importQuery(made.id).queryKey, made);
      router.push(`${importPath}/${made.id}`);
    },
  });
}
