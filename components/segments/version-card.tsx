'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { describeItem } from '#lib/segments/filter/describe.ts';
import type { DiffItem, FilterDiff } from '#lib/segments/filter/diff.ts';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import { FilterSentences } from './filter-sentences.tsx';
import { useFilterWords } from './use-filter-words.ts';

export interface VersionCardProps {
  /** "Version 3 · Maya Lindqvist, 22 Nov, 10:42". */
  title: string;
  filterBranch: FilterBranch;
  /** Against the version before; null for the first one that is known. */
  diff: FilterDiff | null;
  parts: FilterParts;
  isCurrent: boolean;
  /** Leave out for those who may only look, and for the present version. */
  onRestore?: () => void;
}

/** One version of a segment's filters: what changed, all of it on demand, and the way back to it. */
export function VersionCard({ title, filterBranch, diff, parts, isCurrent, onRestore }: VersionCardProps) {
  const t = useTranslations('segments.history');
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <section aria-label={title} className="rounded-card border border-line-card bg-surface p-4">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h3 className="text-h3">
            {title}
            {isCurrent && <span className="ml-2 font-normal text-text-subtle">{t('current')}</span>}
          </h3>
          <div className="flex gap-2">
            <Button variant="link" onPress={() => setOpen(!isOpen)} aria-expanded={isOpen}>
              {isOpen ? t('hideFilters') : t('showFilters')}
            </Button>
            {onRestore && (
              <Button size="medium" onPress={onRestore}>
                {t('restore')}
              </Button>
            )}
          </div>
        </div>
        {diff === null ? (
          <p className="mt-2 text-text-subtle">{t('first')}</p>
        ) : (
          <Changes diff={diff} parts={parts} />
        )}
        {isOpen && (
          <div className="mt-4">
            <FilterSentences branch={filterBranch} parts={parts} />
          </div>
        )}
      </section>
    </li>
  );
}

function Changes({ diff, parts }: { diff: FilterDiff; parts: FilterParts }) {
  const t = useTranslations('segments.history');
  if (diff.added.length + diff.removed.length === 0) {
    return <p className="mt-2 text-text-subtle">{diff.isSame ? t('nothing') : t('moved')}</p>;
  }
  return (
    <div className="mt-2 grid gap-2">
      <Sentences label={t('removed')} items={diff.removed} parts={parts} isRemoved />
      <Sentences label={t('added')} items={diff.added} parts={parts} />
    </div>
  );
}

function Sentences(props: {
  label: string;
  items: readonly DiffItem[];
  parts: FilterParts;
  isRemoved?: boolean;
}) {
  const { label, items, parts, isRemoved } = props;
  const { words } = useFilterWords(parts);
  if (items.length === 0) return null;
  return (
    <div>
      <p className="text-label">{label}</p>
      <ul className="mt-1 grid gap-1 pl-4">
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: filters have no id and never move here.
          <li key={index} className="list-disc break-words">
            {isRemoved ? (
              <del>{sentenceOf(item)}</del>
            ) : (
              <ins className="no-underline">{sentenceOf(item)}</ins>
            )}
          </li>
        ))}
      </ul>
    </div>
  );

  function sentenceOf(item: DiffItem): string {
    return describeItem(item)
      .map((phrase) => words(phrase).sentence)
      .join(', ');
  }
}
