'use client';

import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { describeItem } from '#lib/segments/filter/describe.ts';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import { And, Or } from './filter-group.tsx';
import { FilterRow } from './filter-row.tsx';
import { useFilterWords } from './use-filter-words.ts';

/** A segment's filters to read: groups with their sentences, whatever HubSpot's JSON holds. */
export function FilterSentences({ branch, parts }: { branch: FilterBranch; parts: FilterParts }) {
  const t = useTranslations('segments.editor');
  const isUsual = branch.filterBranchType === 'OR' && (branch.filters ?? []).length === 0;
  const groups = isUsual ? (branch.filterBranches ?? []) : [branch];
  return (
    <div className="max-w-[640px]">
      <p className="mb-4 text-text-subtle">{t.rich('rule', { b: (text) => <b>{text}</b> })}</p>
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no id and never move here.
        <Fragment key={index}>
          {index > 0 && <Or />}
          <section
            aria-label={t('groupName', { number: index + 1 })}
            className="rounded-card border border-line-card"
          >
            <div className="flex h-11 items-center border-line border-b px-4">
              <h3 className="text-h3">{t('group', { number: index + 1 })}</h3>
              <span className="ml-2 text-small text-text-subtle">{t('groupRule')}</span>
            </div>
            <Rows group={group} parts={parts} />
          </section>
        </Fragment>
      ))}
    </div>
  );
}

function Rows({ group, parts }: { group: FilterBranch; parts: FilterParts }) {
  const { words } = useFilterWords(parts);
  const items = [
    ...(group.filters ?? []).map((json) => ({ json, isBranch: false })),
    ...(group.filterBranches ?? []).map((json) => ({ json, isBranch: true })),
  ];
  return (
    <ul className="p-3">
      {items.map((item, index) => {
        const phrases = describeItem(item);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: filters have no id and never move here.
          <Fragment key={index}>
            {index > 0 && <And />}
            <FilterRow id={`filter-${index}`} phrases={phrases} words={phrases.map(words)} isToRead />
          </Fragment>
        );
      })}
    </ul>
  );
}
