'use client';

import { clsx } from 'clsx';
import { CircleAlert, Copy, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Phrase } from '#lib/segments/filter/describe.ts';
import { FilterIcon } from './filter-icon.tsx';
import type { FilterWords } from './use-filter-words.ts';

const shownChips = 5;

export interface FilterRowProps {
  phrases: readonly Phrase[];
  words: readonly FilterWords[];
  /** Leave out for a filter that cannot be edited here: it is then said so. */
  onEdit?: () => void;
  onDuplicate?: () => void;
  onDelete?: () => void;
  /** Why the filter cannot be saved as it is. */
  problem?: string;
  /** Where a filter that is kept as it is can be edited. */
  hubspotHref?: string | undefined;
  /** Only to be read, on a page where nothing is edited. */
  isToRead?: boolean;
  /** Id of the row's element, by which a sentence elsewhere leads here. */
  id: string;
  /** Under the sentence: sizes and findings. */
  children?: ReactNode;
  /** Ids of what describes the row. */
  describedBy?: string;
}

/** One filter as a sentence; a click edits it, and its buttons show on hover and focus. */
export function FilterRow(props: FilterRowProps) {
  const { phrases, words, onEdit, problem, id, isToRead, children, describedBy } = props;
  const t = useTranslations('segments.editor');
  const sentence = words.map((each) => each.sentence).join(', ');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the pencil does the same by key.
    <li
      id={id}
      onClick={(event) => {
        const isButton = event.target instanceof Element && event.target.closest('button') !== null;
        if (!isButton) onEdit?.();
      }}
      tabIndex={-1}
      aria-label={sentence}
      aria-describedby={describedBy}
      className={clsx(
        onEdit && 'cursor-pointer',
        'group/filter relative rounded-item px-3 pt-2.5 pb-[11px] outline-none transition-colors focus-visible:outline-2 focus-visible:outline-focus',
        problem
          ? 'bg-danger-soft'
          : 'bg-surface-recessed hover:bg-surface-hover focus-within:bg-surface-hover',
      )}
    >
      <div className="grid grid-cols-[20px_minmax(0,1fr)] gap-2.5">
        <FilterIcon phrase={phrases[0]} />
        <div className="min-w-0">
          {words.map((each) => (
            <Sentence
              key={each.sentence}
              words={each}
              hasBlank={phrases.some(({ includeBlank }) => includeBlank)}
            />
          ))}
          {!onEdit && !problem && !isToRead && (
            <p className="mt-1 text-small text-text-subtle">
              {`${t('keptTag')}. ${t('keptText')}`}{' '}
              {props.hubspotHref && (
                <a
                  href={props.hubspotHref}
                  target="_blank"
                  rel="noreferrer"
                  className="touch-target relative"
                >
                  {t('editInHubSpot')}
                </a>
              )}
            </p>
          )}
          {problem && (
            <p className="mt-1 flex items-start gap-1.5 text-small text-danger">
              <CircleAlert size={16} aria-hidden className="mt-px shrink-0" />
              {problem}
            </p>
          )}
          {children}
        </div>
      </div>
      <RowButtons {...props} />
    </li>
  );
}

function Sentence({ words, hasBlank }: { words: FilterWords; hasBlank: boolean }) {
  const t = useTranslations('segments.editor');
  const hidden = words.values.length - shownChips;
  return (
    <p className="leading-[26px] break-words">
      {words.owner && <span className="text-text-subtle">{words.owner}: </span>}
      <b>{words.subject}</b> <span className="px-[3px] text-text-subtle">{words.operator}</span>
      {words.values.length > 0 && (
        <span className="flex flex-wrap gap-1">
          {words.values.slice(0, shownChips).map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: values may repeat and never move.
            <Chip key={index} text={value} />
          ))}
          {hidden > 0 && (
            <span className="text-small leading-[22px] text-text-subtle">{t('more', { count: hidden })}</span>
          )}
        </span>
      )}
      {hasBlank && <span className="text-small text-text-subtle">{t('blankToo')}</span>}
    </p>
  );
}

function Chip({ text }: { text: string }) {
  return (
    <span className="inline-flex h-[22px] max-w-full items-center rounded-control border border-line-card bg-surface px-2 text-small leading-5">
      <span className="truncate">{text}</span>
    </span>
  );
}

function RowButtons({ onEdit, onDuplicate, onDelete, words }: FilterRowProps) {
  const t = useTranslations('segments.editor');
  const name = words[0]?.subject ?? '';
  if (!onEdit && !onDuplicate && !onDelete) return null;
  return (
    <div className="absolute top-1.5 right-1.5 flex rounded-item bg-surface-hover opacity-0 transition-opacity group-focus-within/filter:opacity-100 group-hover/filter:opacity-100 max-md:opacity-100">
      {onEdit && (
        <IconButton
          size="small"
          label={`${t('edit')}: ${name}`}
          icon={<Pencil size={15} aria-hidden />}
          onPress={onEdit}
          hasTooltip={false}
        />
      )}
      {onDuplicate && (
        <IconButton
          size="small"
          label={`${t('duplicateFilter')}: ${name}`}
          icon={<Copy size={15} aria-hidden />}
          onPress={onDuplicate}
          hasTooltip={false}
        />
      )}
      {onDelete && (
        <IconButton
          size="small"
          label={`${t('deleteFilter')}: ${name}`}
          icon={<Trash2 size={15} aria-hidden />}
          onPress={onDelete}
          hasTooltip={false}
        />
      )}
    </div>
  );
}
