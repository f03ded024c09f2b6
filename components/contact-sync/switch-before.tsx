'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SwitchEffect } from '#lib/insight/schemas.ts';

export interface SwitchBeforeProps {
  name: string;
  isInUse: boolean;
  isEmpty: boolean;
  /** Null: its members were never stored. */
  effect: SwitchEffect | null;
}

/** What choosing the active option would change, by what is known already. */
export function SwitchBefore({ name, isInUse, isEmpty, effect }: SwitchBeforeProps) {
  const t = useTranslations('switch.before');
  return (
    <>
      <p className="text-h3">{t('title')}</p>
      <p className="truncate text-small text-text-subtle">{name}</p>
      <div className="mt-2.5 text-small">
        {isInUse ? (
          t('inUse')
        ) : isEmpty ? (
          <span className="text-caution">{t('nobody')}</span>
        ) : effect ? (
          <Effect effect={effect} />
        ) : (
          t('never')
        )}
      </div>
    </>
  );
}

/** The same before a restore brings another list back. */
export function SwitchBeforeRestore({ effect }: { effect: SwitchEffect | null }) {
  const t = useTranslations('switch.before');
  return <div className="mt-2 text-small">{effect ? <Effect effect={effect} /> : t('neverRestore')}</div>;
}

function Effect({ effect }: { effect: SwitchEffect }) {
  const t = useTranslations('switch.before');
  const { ago } = useTimes();
  const { listId, start, stop, linkedStops, unchanged, calls, isProcessing, wouldHold, share } = effect;
  if (listId === null && stop === 0) return t('everyone', { count: start });
  return (
    <>
      {isProcessing && <p className="mb-1 text-text-subtle">{t('soFar')}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-2.5 gap-y-1 tabular-nums">
        <Line count={start} words={t('start', { count: start })} />
        <Line
          count={stop}
          words={
            linkedStops > 0
              ? t('stopLinked', { count: stop, linked: linkedStops })
              : t('stop', { count: stop })
          }
        />
        <Line count={unchanged} words={t('unchanged')} />
      </dl>
      {wouldHold && <p className="mt-2 text-caution">{t('hold', { share })}</p>}
      <p className="mt-2.5 border-line border-t pt-2.5 text-text-subtle text-tiny">
        {start > 0 && `${t('calls', { count: start, calls })} `}
        {isProcessing ? t('stillProcessing') : t('counted', { when: ago(effect.countedAt) })}
      </p>
    </>
  );
}

function Line({ count, words }: { count: number; words: string }) {
  const format = useFormatter();
  return (
    <div className="contents">
      <dd className="text-right font-semibold">{format.number(count)}</dd>
      <dt>{words}</dt>
    </div>
  );
}
