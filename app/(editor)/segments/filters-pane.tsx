'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, type ReactNode } from 'react';
import { ExcludeCard } from '#components/segments/exclude-card.tsx';
import { FilterForm } from '#components/segments/filter-form.tsx';
import { FilterGroup, Or } from '#components/segments/filter-group.tsx';
import { FilterRow } from '#components/segments/filter-row.tsx';
import { LintLines } from '#components/segments/lint-line.tsx';
import type { useFilterWords } from '#components/segments/use-filter-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { describeItem } from '#lib/segments/filter/describe.ts';
import * as edit from '#lib/segments/filter/edit.ts';
import { conditionOf, type EditorGroup, type EditorItem } from '#lib/segments/filter/editor-model.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import { problemOf } from './problem-of.ts';
import { describedBy, groupSize, lintsOfAll, lintsOfGroup, RowInsight } from './row-insight.tsx';
import { type Filters, newId } from './use-filters.ts';
import type { Insight } from './use-insight.ts';
import type { OpenFilter } from './use-open-filter.ts';

export interface FiltersPaneProps {
  filters: Filters;
  parts: FilterParts;
  words: ReturnType<typeof useFilterWords>;
  open: OpenFilter;
  insight: Insight;
  /** Where HubSpot's own editor opens the segment; a new one is not there yet. */
  hubspotHref: string | undefined;
  onClearAll: () => void;
  /** Above the groups, such as the news of a draft. */
  notice: ReactNode;
}

/** The left pane: groups of filters, and whom to leave out. */
export function FiltersPane(props: FiltersPaneProps) {
  const { filters, parts, words, open, insight, hubspotHref, onClearAll, notice } = props;
  const t = useTranslations('segments.editor');
  const sizes = useTranslations('segmentLint.sizes');
  const leftOut = insight.known?.sizes?.leftOut ?? 0;
  const { model, change } = filters;
  return (
    <>
      <div className="px-6 pt-5 max-md:px-4">
        <div className="flex items-center justify-between">
          <h2 className="text-h2">{t('filters')}</h2>
          {edit.countVisible(model) > 0 && (
            <Button variant="link" onPress={onClearAll} className="text-small">
              {t('clearAll')}
            </Button>
          )}
        </div>
        <p className="mt-1 text-text-subtle">{t.rich('rule', { b: (text) => <b>{text}</b> })}</p>
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-6 pt-4 pb-6 max-md:px-4">
        {notice}
        {filters.isOpaque ? (
          <Alert tone="info" title={t('opaqueTitle')}>
            {t('opaqueText')}
          </Alert>
        ) : (
          <>
            {model.groups.map((group, index) => (
              <Fragment key={group.id}>
                {index > 0 && <Or />}
                <Group
                  group={group}
                  number={index + 1}
                  {...{ filters, parts, words, open, insight, hubspotHref }}
                />
              </Fragment>
            ))}
            <div className="mt-3 empty:hidden">
              <LintLines lints={lintsOfAll(insight)} />
            </div>
            <Button
              isFullWidth
              className="mt-3"
              icon={<Plus size={16} aria-hidden />}
              onPress={() => change((now) => edit.addGroup(now, newId))}
            >
              {t('addGroup')}
            </Button>
            <ExcludeCard
              excluded={edit.exclusions(model)}
              segments={parts.segments}
              onChange={(listIds) => change((now) => edit.setExclusions(now, listIds, newId))}
            />
            {leftOut > 0 && (
              <p className="mt-2 px-1 text-small text-text-subtle tabular-nums">
                {sizes('leftOut', { count: leftOut })}
              </p>
            )}
          </>
        )}
      </div>
    </>
  );
}

type GroupProps = Pick<
  FiltersPaneProps,
  'filters' | 'parts' | 'words' | 'open' | 'insight' | 'hubspotHref'
> & {
  group: EditorGroup;
  number: number;
};

function Group({ group, number, filters, parts, words, open, insight, hubspotHref }: GroupProps) {
  const t = useTranslations('segments.editor');
  const sizes = useTranslations('segmentLint.sizes');
  const size = groupSize(insight, group);
  const common = useTranslations('common');
  const deleted = (title: string) =>
    showToast({ tone: 'info', title, actions: [{ label: common('undo'), onPress: filters.undo }] });
  const isAdding = open.at?.groupId === group.id && open.at.itemId === null;
  return (
    <FilterGroup
      number={number}
      size={size === null ? null : sizes('group', { count: size })}
      notes={<LintLines lints={lintsOfGroup(insight, group)} />}
      onAdd={(button) => open.pick(group.id, button)}
      onDuplicate={() => filters.change((now) => edit.duplicateGroup(now, group.id, newId))}
      onDelete={() => {
        filters.change((now) => edit.deleteGroup(now, group.id));
        deleted(t('groupDeleted'));
      }}
    >
      {edit.visibleItems(group).map((item) =>
        open.at?.itemId === item.id ? (
          <OpenForm key={item.id} {...{ parts, words, open }} />
        ) : (
          <Row
            key={item.id}
            {...{ item, parts, words, insight, hubspotHref }}
            onEdit={() => open.edit(group.id, item)}
            onDuplicate={() => filters.change((now) => edit.duplicateFilter(now, group.id, item.id, newId))}
            onDelete={() => {
              filters.change((now) => edit.deleteFilter(now, group.id, item.id));
              deleted(t('filterDeleted'));
            }}
          />
        ),
      )}
      {isAdding && <OpenForm key="new" {...{ parts, words, open }} />}
    </FilterGroup>
  );
}

type RowProps = {
  item: EditorItem;
  parts: FilterParts;
  words: FiltersPaneProps['words'];
  insight: Insight;
  hubspotHref: string | undefined;
  onEdit: () => void;
  onDuplicate: () => void;
  onDelete: () => void;
};

function Row({ item, parts, words, insight, hubspotHref, onEdit, ...actions }: RowProps) {
  const t = useTranslations('segments.editor');
  const phrases = describeItem(item);
  const problem = problemOf(item, parts);
  const canEdit = conditionOf(item) !== null && problem !== 'missingProperty';
  const said = phrases.map(words.words);
  const sentence = said.map((each) => each.sentence).join(', ');
  return (
    <FilterRow
      id={item.id}
      phrases={phrases}
      words={said}
      hubspotHref={hubspotHref}
      describedBy={describedBy(item)}
      {...actions}
      {...(canEdit ? { onEdit } : {})}
      {...(problem
        ? { problem: problem === 'missingSegment' ? t('missingSegment') : t('missingProperty') }
        : {})}
    >
      <RowInsight {...{ insight, item, sentence, problem }} />
    </FilterRow>
  );
}

function OpenForm({ parts, words, open }: Pick<FiltersPaneProps, 'parts' | 'words' | 'open'>) {
  if (!open.at) return null;
  const { condition } = open.at;
  return (
    <FilterForm
      condition={condition}
      property={words.propertyOf(condition)}
      parts={parts}
      operatorWord={words.operatorWord}
      onApply={open.apply}
      onCancel={open.cancel}
    />
  );
}
