'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SwitchEffect, SwitchGroup } from '#lib/insight/schemas.ts';

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

/** The same before a restore brings another list back; with `onSee` each number leads to its people. */
export function SwitchBeforeRestore(props: {
  effect: SwitchEffect | null;
  isCounting: boolean;
  onSee?: (group: SeenGroup) => void;
}) {
  const { effect, isCounting, onSee } = props;
  const t = useTranslations('switch.before');
  return (
    <div role="status" aria-busy={isCounting} className="mt-2 text-small">
      {effect ? (
        <Effect effect={effect} {...(onSee ? { onSee } : {})} />
      ) : isCounting ? (
        <span className="inline-flex items-center gap-2">
          <Spinner />
          {t('counting')}
        </span>
      ) : (
        t('neverRestore')
      )}
    </div>
  );
}

/** The numbers that are known before a switch. */
export type SeenGroup = Extract<SwitchGroup, 'start' | 'stop' | 'unchanged'>;

function Effect({ effect, onSee }: { effect: SwitchEffect; onSee?: (group: SeenGroup) => void }) {
  const t = useTranslations('switch.before');
  const { ago } = useTimes();
  const { listId, start, stop, linkedStops, unchanged, calls, isProcessing, wouldHold, share } = effect;
  const see = (group: SeenGroup, count: number) =>
    onSee && count > 0 ? <SeeWho group={group} onPress={() => onSee(group)} /> : null;
  if (listId === null && stop === 0) {
    return (
      <>
        {t('everyone', { count: start })} {see('start', start)}
      </>
    );
  }
  return (
    <>
      {isProcessing && <p className="mb-1 text-text-subtle">{t('soFar')}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-2.5 gap-y-1 tabular-nums">
        <Line count={start} words={t('start', { count: start })} see={see('start', start)} />
        <Line
          count={stop}
          see={see('stop', stop)}
          words={
            linkedStops > 0
              ? t('stopLinked', { count: stop, linked: linkedStops })
              : t('stop', { count: stop })
          }
        />
        <Line count={unchanged} words={t('unchanged')} see={see('unchanged', unchanged)} />
      </dl>
      {wouldHold && <p className="mt-2 text-caution">{t('hold', { share })}</p>}
      <p className="mt-2.5 border-line border-t pt-2.5 text-text-subtle text-tiny">
        {start > 0 && `${t('calls', { count: start, calls })} `}
        {isProcessing ? t('stillProcessing') : t('counted', { when: ago(effect.countedAt) })}
      </p>
    </>
  );
}

function Line({ count, words, see }: { count: number; words: string; see: ReactNode }) {
  const format = useFormatter();
  return (
    <div className="contents">
      <dd className="text-right font-semibold">{format.number(count)}</dd>
      <dt>
        {words} {see}
      </dt>
    </div>
  );
}

function SeeWho({ group, onPress }: { group: SeenGroup; onPress: () => void }) {
  const t = useTranslations('switch');
  return (
    <span data-see={group} className="ml-1 inline-block">
      <Button variant="link" onPress={onPress}>
        {t('before.see')}
        <VisuallyHidden> {t(`people.region.${group}`)}</VisuallyHidden>
      </Button>
    </span>
  );
}
