'use client';

import { clsx } from 'clsx';
import { Copy, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Children, Fragment, type KeyboardEvent, type ReactNode } from 'react';
import { isSingleKey, useSingleKeys } from '#components/shell/single-keys.ts';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';

export interface FilterGroupProps {
  /** From 1. */
  number: number;
  /** FilterRow and FilterForm, one per filter. */
  children: ReactNode;
  /** How many contacts it lets in, in words. */
  size?: string | null;
  /** Findings about the group as a whole. */
  notes?: ReactNode;
  onAdd: (button: HTMLElement | null) => void;
  onDuplicate: () => void;
  onDelete: () => void;
}

/** One AND group of filters. The key A adds a filter while the focus is in the group but in no field. */
export function FilterGroup(props: FilterGroupProps) {
  const { number, children, size, notes, onAdd, onDuplicate, onDelete } = props;
  const t = useTranslations('segments.editor');
  const rows = Children.toArray(children);
  const [hasSingleKeys] = useSingleKeys();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isOpen = (event.target as HTMLElement).closest('[data-editing-filter],[role=dialog]') !== null;
    if (!hasSingleKeys || isOpen || !isSingleKey(event, 'a')) return;
    event.preventDefault();
    onAdd(null);
  };
  return (
    <section
      aria-label={t('groupName', { number })}
      onKeyDown={onKeyDown}
      className="rounded-card border border-line-card"
    >
      <div className="flex h-11 items-center border-line border-b pr-1.5 pl-4">
        <h3 className="shrink-0 text-h3">{t('group', { number })}</h3>
        <span className="ml-2 min-w-0 truncate text-small text-text-subtle">{t('groupRule')}</span>
        {size && (
          <span className="ml-auto shrink-0 px-2 text-small text-text-subtle tabular-nums">{size}</span>
        )}
        <div className={clsx('flex shrink-0', !size && 'ml-auto')}>
          <IconButton
            label={t('duplicateGroup', { number })}
            icon={<Copy size={16} aria-hidden />}
            onPress={onDuplicate}
          />
          <IconButton
            label={t('deleteGroup', { number })}
            icon={<Trash2 size={16} aria-hidden />}
            onPress={onDelete}
          />
        </div>
      </div>
      <div className="p-3">
        <div className="mb-2 empty:hidden">{notes}</div>
        {rows.length === 0 ? (
          <p className="px-1 pt-1 text-small text-text-subtle">{t('emptyGroup')}</p>
        ) : (
          <ul>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the row itself carries the key.
              <Fragment key={index}>
                {index > 0 && <And />}
                {row}
              </Fragment>
            ))}
          </ul>
        )}
        <Button
          variant="link"
          icon={<Plus size={16} aria-hidden />}
          onPress={(event) => onAdd(event.target instanceof HTMLElement ? event.target : null)}
          className="mt-2 min-h-9 rounded-item px-2.5"
        >
          {t('addFilter')}
        </Button>
      </div>
    </section>
  );
}

/** Between two filters of a group. */
export function And() {
  const t = useTranslations('segments.editor');
  return (
    <li className="relative flex h-7 items-center before:absolute before:inset-y-0 before:left-[21px] before:w-px before:bg-line-card">
      <span className="relative left-[21px] -translate-x-1/2 rounded-full border border-line-card bg-surface px-2 text-hint font-semibold tracking-[0.3px] text-text-subtle">
        {t('and')}
      </span>
    </li>
  );
}

/** Between two groups. */
export function Or() {
  const t = useTranslations('segments.editor');
  return (
    <div className="my-3 flex items-center gap-3 before:h-px before:flex-1 before:bg-line-card after:h-px after:flex-1 after:bg-line-card">
      <span className="rounded-full border border-line-card px-[9px] text-hint font-semibold tracking-[0.3px] text-text-subtle">
        {t('or')}
      </span>
    </div>
  );
}
