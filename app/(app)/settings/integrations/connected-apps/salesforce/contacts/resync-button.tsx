'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { Run } from '#lib/sync/schemas.ts';
import type { Resync } from './use-resync.ts';

/** Starts a resync after a question with its forecast; while one runs, its progress. */
export function ResyncButton(props: {
  resync: Resync;
  isEveryone: boolean;
  canStart: boolean;
  contacts: number;
}) {
  const { resync, isEveryone, canStart, contacts } = props;
  const t = useTranslations('settings.limit');
  if (resync.active) return <Progress run={resync.active} />;
  if (!canStart) return null;
  return (
    <>
      <Button
        variant="link"
        onPress={resync.ask}
        {...(resync.disabledReason ? { isDisabled: true, disabledReason: resync.disabledReason } : {})}
      >
        {isEveryone ? t('resyncAll') : t('resync')}
      </Button>
      <ResyncQuestion resync={resync} contacts={contacts} />
    </>
  );
}

function Progress({ run }: { run: Run }) {
  const t = useTranslations('settings.resync');
  const format = useFormatter();
  const text =
    run.status === 'WAITING' || run.status === 'QUEUED'
      ? t('waiting')
      : run.total === null
        ? t('runningUnknown')
        : t('running', { done: format.number(run.processed), total: format.number(run.total) });
  return (
    <Link href="/sync-activity" className="inline-flex items-center gap-1.5 tabular-nums">
      <Spinner size={14} />
      {text}
    </Link>
  );
}

/** Asks, with a forecast, whether to resync. */
export function ResyncQuestion({ resync, contacts }: { resync: Resync; contacts: number }) {
  const t = useTranslations('settings.resync');
  const common = useTranslations('common');
  const { forecast, forecastError } = resync;
  const text = forecast
    ? t('forecast', {
        created: forecast.newRecords,
        updated: forecast.updates,
        calls: forecast.salesforceCalls,
      })
    : (forecastError ?? t('counting'));
  return (
    <ConfirmModal
      isOpen={resync.isAsking}
      onClose={resync.cancel}
      onConfirm={resync.start}
      title={t('title', { count: forecast?.contacts ?? contacts })}
      confirmLabel={t('start')}
      busyLabel={t('starting')}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      isBusy={resync.isStarting}
      {...(forecast || forecastError ? {} : { disabledReason: t('counting') })}
    >
      <p role="status">{text}</p>
    </ConfirmModal>
  );
}
