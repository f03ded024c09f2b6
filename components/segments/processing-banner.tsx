'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { Spinner } from '#components/ui/spinner.tsx';

export type ProcessingState =
  /** Nothing found yet. */
  | { kind: 'queued' }
  | { kind: 'processing'; found: number; estimate: number | null }
  /** It has just been processed, on this page. */
  | { kind: 'done'; size: number; canUse: boolean }
  | { kind: 'failed' }
  | { kind: 'quiet' };

export interface ProcessingBannerProps {
  state: ProcessingState;
  /** Where *Back to Salesforce settings* leads, when the person came from there. */
  settingsHref: string | null;
  onUse: () => void;
  isChoosing: boolean;
  onRetry: () => void;
}

/** How far HubSpot is with a segment. Only the start and the end are announced, not every number. */
export function ProcessingBanner(props: ProcessingBannerProps) {
  const { state, settingsHref, onUse, isChoosing, onRetry } = props;
  const t = useTranslations('segments');
  const back = settingsHref && <Link href={settingsHref}>{t('page.backToSettings')}</Link>;
  switch (state.kind) {
    case 'quiet':
      return back && <Alert tone="info">{back}</Alert>;
    case 'failed':
      return (
        <Alert
          tone="danger"
          role="alert"
          title={t('page.failedTitle')}
          actions={
            <Button size="medium" onPress={onRetry}>
              {t('page.retry')}
            </Button>
          }
        >
          {t('page.failedText')}
        </Alert>
      );
    case 'done':
      return (
        <Alert
          tone="positive"
          role="status"
          title={t('page.done', { count: state.size })}
          actions={
            back || state.canUse ? <Uses {...{ back, canUse: state.canUse, onUse, isChoosing }} /> : undefined
          }
        />
      );
    default:
      return <Running state={state} back={back} />;
  }
}

function Uses(props: { back: ReactNode; canUse: boolean; onUse: () => void; isChoosing: boolean }) {
  const t = useTranslations('segments');
  const common = useTranslations('common');
  return (
    <div className="flex flex-wrap items-center gap-4">
      {props.canUse && (
        <Button size="medium" onPress={props.onUse} isBusy={props.isChoosing} busyLabel={common('saving')}>
          {t('actions.use')}
        </Button>
      )}
      {props.back}
    </div>
  );
}

function Running({
  state,
  back,
}: {
  state: Extract<ProcessingState, { kind: 'queued' | 'processing' }>;
  back: ReactNode;
}) {
  const t = useTranslations('segments.page');
  const isQueued = state.kind === 'queued';
  const estimate = isQueued ? null : state.estimate;
  return (
    <div className="flex gap-3 rounded-card border border-info-edge bg-info-soft px-[18px] py-3.5">
      <Spinner size={18} className="mt-0.5 text-info" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
          <p role="status">
            {isQueued ? (
              <b>{t('queued')}</b>
            ) : (
              <>
                <b>{t('processingTitle')}</b> {t('processingText')}
              </>
            )}
          </p>
          {back}
        </div>
        <div className="mt-2.5 flex max-w-[700px] flex-wrap items-center gap-x-4 gap-y-1">
          <ProgressBar
            label={t('progressLabel')}
            className="min-w-40 flex-1"
            {...(isQueued || estimate === null ? {} : { percent: percentOf(state.found, estimate) })}
          />
          {!isQueued && (
            <span className="tabular-nums">
              {estimate === null
                ? t('progressUnknown', { done: state.found })
                : t('progress', { done: state.found, total: estimate })}
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

/** Our estimate may be low: the bar is never full before HubSpot says so. */
function percentOf(found: number, estimate: number): number {
  return Math.min(99, (100 * found) / Math.max(1, estimate));
}
