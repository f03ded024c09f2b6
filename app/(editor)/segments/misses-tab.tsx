'use client';

import { useTranslations } from 'next-intl';
import { type BlockingValue, ClosestMisses } from '#components/segments/closest-misses.tsx';
import type { PassingTab } from '#components/segments/preview-tabs.tsx';
import type { useFilterWords } from '#components/segments/use-filter-words.ts';
import { showToast } from '#components/ui/toast.tsx';
import { readCondition } from '#lib/segments/filter/condition.ts';
import { describeItem } from '#lib/segments/filter/describe.ts';
import { replaceFilter } from '#lib/segments/filter/edit.ts';
import type { EditorItem } from '#lib/segments/filter/editor-model.ts';
import { lettingIn } from '#lib/segments/filter/json-steps.ts';
import type { Filter } from '#lib/segments/filter/model.ts';
import type { FoundPerson, Sizes, Who } from '#lib/segments/schemas.ts';
import { itemAt, type Places, pathOf } from './filter-places.ts';
import type { Filters } from './use-filters.ts';
import { useWho } from './use-who.ts';

export interface MissesTabProps {
  places: Places;
  kind: 'misses' | PassingTab;
  /** The segment that is edited; empty for a new one. */
  listId: string;
  /** The row whose misses are looked at; null for all. */
  itemId: string | null;
  onItem: (itemId: string | null) => void;
  filters: Filters;
  words: ReturnType<typeof useFilterWords>;
  timeZone: string;
  /** How many miss each filter, as counted. */
  sizes: Sizes | null;
  /** A row is about to change. */
  onChange: () => void;
}

/** *Closest misses*: who they are, which values keep them out, and letting one of those in. */
export function MissesTab(props: MissesTabProps) {
  const { places, kind, listId, itemId, onItem, filters, words, timeZone, sizes, onChange } = props;
  const t = useTranslations('segmentLint.misses');
  const common = useTranslations('common');
  const path = itemId === null ? null : pathOf(places, itemId);
  const item = path && itemAt(places, path);
  const who = whoOf(kind, path, listId);
  const found = useWho(places, who);

  const sentence = (of: EditorItem) =>
    describeItem(of)
      .map((phrase) => words.words(phrase).sentence)
      .join(', ');
  const labelOf = (of: EditorItem | null, value: string | null) => {
    if (value === null || value === '') return t('blank');
    const condition = of && !of.isBranch ? readCondition(of.json as Filter) : null;
    const property = condition?.property ?? propertyOf(of);
    if (property === null) return '–';
    return value
      .split(';')
      .map((each) => words.optionLabel(property, each))
      .join(', ');
  };

  function countOf(): number | null {
    if (found.state === 'done') return found.people.length;
    return path ? (sizes?.groups[path.group]?.filters[path.item]?.missOnly ?? null) : null;
  }

  function add(value: string | null) {
    if (!item || !path) return;
    const condition = readCondition(item.json as Filter);
    const changed = condition && lettingIn(condition, value);
    const groupId = places.groups[path.group]?.id;
    if (!changed || groupId === undefined) return;
    onChange();
    filters.change((now) => replaceFilter(now, groupId, item.id, changed, timeZone));
    showToast({
      tone: 'positive',
      title: t('added', { value: labelOf(item, value) }),
      actions: [{ label: common('undo'), onPress: filters.undo }],
    });
  }

  function valuesOf(of: EditorItem): BlockingValue[] {
    const condition = of.isBranch ? null : readCondition(of.json as Filter);
    // Numbers and days are too many to be told one by one.
    if (!condition || /^(number|day|ago|segment)/.test(condition.operator)) return [];
    const counts = new Map<string | null, number>();
    for (const { value } of found.people) counts.set(value || null, (counts.get(value || null) ?? 0) + 1);
    return [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([value, count]) => ({
        key: value ?? '',
        label: labelOf(of, value),
        count,
        ...(lettingIn(condition, value) ? { onAdd: () => add(value) } : {}),
      }));
  }

  function missOf(person: FoundPerson) {
    const missed = itemAt(places, { group: person.group, item: person.item });
    if (!missed) return { filter: '–', value: '–' };
    const [phrase] = describeItem(missed);
    return { filter: phrase ? words.words(phrase).subject : '–', value: labelOf(missed, person.value) };
  }

  return (
    <ClosestMisses
      kind={kind}
      {...found}
      filter={item ? { sentence: sentence(item), count: countOf(), values: valuesOf(item) } : null}
      onShowAll={() => onItem(null)}
      onRetry={found.retry}
      missOf={missOf}
    />
  );
}

function whoOf(kind: MissesTabProps['kind'], filter: ReturnType<typeof pathOf>, listId: string): Who {
  if (kind === 'misses') return { kind, filter };
  return kind === 'leaving' ? { kind } : { kind, listId };
}

function propertyOf(item: EditorItem | null): string | null {
  return item && 'property' in item.json && typeof item.json.property === 'string'
    ? item.json.property
    : null;
}
