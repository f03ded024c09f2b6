'use client';

import { ShieldAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SwitchPreview } from '#lib/insight/schemas.ts';
import { SwitchCountdown } from './switch-countdown.tsx';

const slowMs = 10_000;

export interface SwitchStateProps {
  preview: SwitchPreview | null;
  /** It could not be read at all. */
  error: string | null;
  secondsLeft: number;
  onGoOn: () => void;
  isGoingOn: boolean;
  /** Shows the change that came after this one. */
  onShow: (changeId: string) => void;
}

/** Where a switch stands, above its numbers: countdown, alert or news. */
export function SwitchState(props: SwitchStateProps) {
  const { preview, error, secondsLeft } = props;
  const t = useTranslations('switch');
  const { short } = useTimes();
  if (!preview) {
    return error === null ? <Counting preview={null} /> : <Alert tone="danger">{error}</Alert>;
  }
  const { phase, inForceAt, canEdit, count } = preview;
  return (
    <div className="grid gap-3">
      {phase === 'waiting' && <SwitchCountdown secondsLeft={secondsLeft} />}
      {phase === 'held' && <Held preview={preview} />}
      {phase === 'ended' && <Ended {...props} preview={preview} />}
      {phase === 'inForce' && (
        <p className="rounded-card bg-surface-recessed px-3 py-2.5 text-small">
          {t('inForce', { when: short(inForceAt) })}
        </p>
      )}
      {phase === 'uncounted' && count.state !== 'failed' && (
        <Alert tone="caution" title={t('uncounted')}>
          {t('uncountedText')}
        </Alert>
      )}
      <News {...props} preview={preview} />
      {!canEdit && <p className="text-small text-text-subtle">{t('adminOnly')}</p>}
    </div>
  );
}

type Known = SwitchStateProps & { preview: SwitchPreview };

/** How the count stands, and what is remarkable about it. */
function News({ preview, onGoOn, isGoingOn }: Known) {
  const t = useTranslations('switch');
  const { short } = useTimes();
  const { count, to, phase, canEdit, hold } = preview;
  if (phase !== 'ended' && count.state === 'counting') return <Counting preview={preview} />;
  if (phase !== 'ended' && count.state === 'processing')
    return <Alert tone="info">{t('processing', { count: to.size ?? 0 })}</Alert>;
  if (phase !== 'ended' && phase !== 'inForce' && count.state === 'failed') {
    const goOn = (
      <Button variant="secondary" size="medium" onPress={onGoOn} isBusy={isGoingOn}>
        {t('goOn')}
      </Button>
    );
    return (
      <Alert tone="caution" title={t('failed')} {...(canEdit ? { actions: goOn } : {})}>
        {t('failedText')}
      </Alert>
    );
  }
  const { counts, countedAt } = count;
  if (!counts) return phase === 'inForce' ? <Alert tone="info">{t('withoutCount')}</Alert> : null;
  const isNothing = counts.start + counts.stop === 0;
  return (
    <>
      {to.listId === null && !isNothing && <Alert tone="caution">{t('everybody')}</Alert>}
      {to.listId !== null && counts.now === 0 && <Alert tone="caution">{t('nobody')}</Alert>}
      {isNothing && counts.now > 0 && <Alert tone="info">{t('nothing', { count: counts.now })}</Alert>}
      {hold?.confirmedAt && (
        <p className="text-small text-text-subtle">
          {t('hold.confirmed', { name: hold.confirmedBy ?? t('somebody'), when: short(hold.confirmedAt) })}
        </p>
      )}
      {phase === 'inForce' && countedAt && (
        <p className="text-small text-text-subtle">{t('countedThen', { when: short(countedAt) })}</p>
      )}
    </>
  );
}

function Counting({ preview }: { preview: SwitchPreview | null }) {
  const t = useTranslations('switch');
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => clearTimeout(timer);
  }, []);
  const label = t('counting', { count: preview?.contacts ?? 0 });
  return (
    <div className="grid gap-3">
      <p className="text-small text-text-subtle">{isSlow ? t('countingSlow') : label}</p>
      <Skeleton label={label} className="grid gap-4">
        {['one', 'two', 'three', 'four', 'five'].map((row) => (
          <div key={row} className="flex items-center gap-3">
            <SkeletonBlock className="size-8 rounded-full" />
            <SkeletonBlock className="h-4 flex-1" />
          </div>
        ))}
      </Skeleton>
    </div>
  );
}

function Held({ preview }: { preview: SwitchPreview }) {
  const t = useTranslations('switch.hold');
  const { hold, canEdit, admins } = preview;
  return (
    <div
      role="alert"
      className="flex gap-3 rounded-card border border-caution-edge bg-caution-soft px-3.5 py-3"
    >
      <ShieldAlert size={18} aria-hidden className="mt-0.5 shrink-0 text-caution" />
      <div className="min-w-0">
        <p className="font-medium">{t('title')}</p>
        <p className="mt-0.5 text-small tabular-nums">
          {t('text', { share: hold?.share ?? 0, limit: hold?.limit ?? 0 })}
        </p>
        {!canEdit && <p className="mt-1 text-small">{t('ask', { names: admins.join(', ') })}</p>}
      </div>
    </div>
  );
}

/** Somebody took it back, or chose anew. */
function Ended({ preview, onShow }: Known) {
  const t = useTranslations('switch');
  const limit = useTranslations('settings.limit');
  const { ago } = useTimes();
  const { next } = preview;
  if (!next) return null;
  const { changeId, isUndo, by, at, listId } = next;
  const name = by ?? t('somebody');
  const segment = listId === null ? limit('all') : (next.name ?? limit('unknown'));
  const show = changeId !== null && (
    <Button variant="secondary" size="medium" onPress={() => onShow(changeId)}>
      {t('showThat')}
    </Button>
  );
  return (
    <Alert tone="info" {...(show ? { actions: show } : {})}>
      {isUndo ? t('undoneBy', { name, when: ago(at) }) : t('byOther', { name, segment, when: ago(at) })}
    </Alert>
  );
}
