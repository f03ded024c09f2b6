'use client';

import { clsx } from 'clsx';
import { ChevronRight, Equal, Minus, Plus, Snowflake, UserPlus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { SwitchCounts, SwitchGroup } from '#lib/insight/schemas.ts';

const marks: Record<SwitchGroup, { icon: typeof Plus; colour: string }> = {
  start: { icon: Plus, colour: 'bg-positive-soft text-positive' },
  stop: { icon: Minus, colour: 'bg-caution-soft text-caution' },
  unchanged: { icon: Equal, colour: 'bg-surface-hover text-text-subtle' },
  frozen: { icon: Snowflake, colour: 'bg-info-soft text-info' },
  exception: { icon: UserPlus, colour: 'bg-violet-soft text-violet' },
};

/** How many each row stands for. */
export function countsOfGroups(counts: SwitchCounts): Record<SwitchGroup, number> {
  const { start, stop, both, neither, frozen, exception } = counts;
  return { start, stop, unchanged: both + neither, frozen, exception };
}

/** The five numbers of a switch; each opens the people it stands for. */
export function SwitchNumbers(props: {
  counts: SwitchCounts;
  contacts: number | null;
  onOpen: (group: SwitchGroup) => void;
}) {
  const { counts, contacts, onOpen } = props;
  const t = useTranslations('switch');
  const format = useFormatter();
  const of = countsOfGroups(counts);
  const { both, neither, frozen, frozenBefore, stop } = counts;
  const joining = Math.max(frozen - frozenBefore, 0);
  const rows = (groups: SwitchGroup[], help: Partial<Record<SwitchGroup, string>>) => (
    <ul>
      {groups.map((group) => (
        <NumberRow
          key={group}
          group={group}
          count={of[group]}
          help={help[group] ?? ''}
          onOpen={() => onOpen(group)}
        />
      ))}
    </ul>
  );
  return (
    <>
      <Heading extra={format.number(contacts ?? counts.start + stop + both + neither)}>
        {t('everyone')}
      </Heading>
      {rows(['start', 'stop', 'unchanged'], {
        start: t('help.start'),
        stop: t('help.stop'),
        unchanged: t('help.unchanged', { both, neither }),
      })}
      <Heading>{t('linkedOutside')}</Heading>
      {rows(['frozen', 'exception'], {
        frozen: t('help.frozen', { before: frozenBefore, joining, stop }),
        exception: t('help.exception'),
      })}
    </>
  );
}

export function Heading({ children, extra }: { children: ReactNode; extra?: string }) {
  return (
    <h3 className="mt-4 flex items-baseline justify-between gap-3 text-small text-text-subtle first:mt-0">
      <span className="font-semibold">{children}</span>
      {extra && <span className="font-light tabular-nums">{extra}</span>}
    </h3>
  );
}

function NumberRow(props: { group: SwitchGroup; count: number; help: string; onOpen: () => void }) {
  const { group, count, help, onOpen } = props;
  const t = useTranslations('switch');
  const { icon: Icon, colour } = marks[group];
  const words = t.rich(`row.${group}`, {
    count,
    n: (text) => <b className="mr-0.5 font-semibold text-[16px] leading-5">{text}</b>,
  });
  const face = (
    <>
      <span aria-hidden className={clsx('grid size-8 shrink-0 place-items-center rounded-full', colour)}>
        <Icon size={16} />
      </span>
      <span className="min-w-0 flex-1 text-left">
        <span className="block tabular-nums">{words}</span>
        <span className="block text-small text-text-subtle tabular-nums">{help}</span>
      </span>
    </>
  );
  const shape = 'flex min-h-12 w-full items-center gap-3 py-1';
  return (
    <li className="border-line not-first:border-t">
      {count === 0 ? (
        <div className={clsx(shape, 'text-text-subtle')}>{face}</div>
      ) : (
        <button
          type="button"
          data-group={group}
          onClick={onOpen}
          className={clsx(shape, 'rounded-control hover:bg-surface-hover focus-visible:-outline-offset-2')}
        >
          {face}
          <ChevronRight size={16} aria-hidden className="mr-1 shrink-0 text-text-subtle" />
        </button>
      )}
    </li>
  );
}
