'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';

export interface SaveEffectProps {
  effect:
    | { kind: 'counting' }
    | { kind: 'failed'; retry: () => void }
    | { kind: 'counted'; start: number | null; stop: number | null; breakerPercent: number | null };
  onWho: (who: 'starting' | 'stopping') => void;
}

/** What saving the live Inclusion List does: who stops and who starts syncing. */
export function SaveEffect({ effect, onWho }: SaveEffectProps) {
  const t = useTranslations('segments.save');
  const common = useTranslations('common');
  const isKnown = effect.kind === 'counted' && effect.start !== null && effect.stop !== null;
  return (
    <Alert
      tone="caution"
      title={t('inUse')}
      role="status"
      actions={
        effect.kind === 'failed' ? (
          <Button size="medium" onPress={effect.retry}>
            {common('tryAgain')}
          </Button>
        ) : isKnown ? (
          <>
            <Button size="medium" onPress={() => onWho('stopping')} isDisabled={effect.stop === 0}>
              {t('whoStops')}
            </Button>
            <Button size="medium" onPress={() => onWho('starting')} isDisabled={effect.start === 0}>
              {t('whoStarts')}
            </Button>
          </>
        ) : undefined
      }
    >
      {effect.kind === 'counting' && (
        <span className="inline-flex items-center gap-2">
          <Spinner size={14} />
          {t('effectCounting')}
        </span>
      )}
      {effect.kind === 'failed' && t('effectFailed')}
      {effect.kind === 'counted' &&
        (effect.start === null || effect.stop === null
          ? t('effectUnknown')
          : t('effect', { stop: effect.stop, start: effect.start }))}
      {effect.kind === 'counted' && effect.breakerPercent !== null && (
        <span className="mt-1.5 block font-medium">{t('breaker', { percent: effect.breakerPercent })}</span>
      )}
    </Alert>
  );
}
