'use client';

import { useTranslations } from 'next-intl';
import { mappingsPath } from '#components/connections/app-identity.ts';
import type { ShownLint } from '#components/segments/lint-line.tsx';
import type { PassingTab } from '#components/segments/preview-tabs.tsx';
import type { useFilterWords } from '#components/segments/use-filter-words.ts';
import { useLintWords } from '#components/segments/use-lint-words.ts';
import { describeItem } from '#lib/segments/filter/describe.ts';
import * as edit from '#lib/segments/filter/edit.ts';
import { addJson, replaceJson } from '#lib/segments/filter/json-steps.ts';
import type { Lint, LintAction, LintPath } from '#lib/segments/schemas.ts';
import { groupIdAt, itemAt } from './filter-places.ts';
import { type Filters, newId } from './use-filters.ts';
import { useHiddenLints } from './use-hidden-lints.ts';
import type { Known } from './use-sizes.ts';

/** Whom a finding is about, by its number. */
const whoTabs: Partial<Record<number, PassingTab>> = { 11: 'flapping', 13: 'stopping', 19: 'leaving' };

export type PlacedLint = ShownLint & { itemId: string | null; groupId: string | null };

/** The findings that are not hidden, with their sentences, actions and rows. */
export function useLints(options: {
  known: Known | null;
  listId: string;
  filters: Filters;
  words: ReturnType<typeof useFilterWords>;
  onShow: (itemIds: string[]) => void;
  onWho: (tab: PassingTab) => void;
  /** A row is about to change or go. */
  onChange: () => void;
}): PlacedLint[] {
  const { known, listId, filters, words, onShow, onWho, onChange } = options;
  const t = useTranslations('segmentLint');
  const hidden = useHiddenLints(listId);
  const sentenceAt = (path: LintPath) => {
    const item = known && itemAt(known.places, path);
    if (!item) return '';
    const phrases = describeItem(item);
    return t('quoted', { text: phrases.map((phrase) => words.words(phrase).sentence).join(', ') });
  };
  const sentenceOf = useLintWords(words, sentenceAt);
  if (!known) return [];
  const { places } = known;
  const idAt = (path: LintPath) => itemAt(places, path)?.id ?? null;
  const change = (step: Parameters<Filters['change']>[0]) => {
    onChange();
    filters.change(step);
  };

  function remove(path: LintPath) {
    const groupId = groupIdAt(places, path);
    const itemId = idAt(path);
    if (groupId === null) return;
    change((now) =>
      itemId === null ? edit.deleteGroup(now, groupId) : edit.deleteFilter(now, groupId, itemId),
    );
  }

  function actionOf({ action, id }: Lint): ShownLint['action'] {
    if (!action) return null;
    const label = t(`actions.${wordOf(action, id)}`);
    switch (action.kind) {
      case 'remove':
        return { label, onPress: () => remove(action.path) };
      case 'replace': {
        const itemId = idAt(action.path);
        if (itemId === null) return null;
        return { label, onPress: () => change((now) => replaceJson(now, itemId, action.filter)) };
      }
      case 'add': {
        const groupId = groupIdAt(places, { group: action.group, item: null });
        return { label, onPress: () => change((now) => addJson(now, groupId, action.filter, newId)) };
      }
      case 'show':
        return { label, onPress: () => onShow(action.paths.flatMap((path) => idAt(path) ?? [])) };
      case 'open':
        return { label, href: `/segments/${action.listId}` };
      case 'mapping':
        return { label, href: `${mappingsPath}?property=${encodeURIComponent(action.property)}` };
      case 'who': {
        const tab = whoTabs[id];
        return tab ? { label, onPress: () => onWho(tab) } : null;
      }
    }
  }

  const present = new Map(
    filters.model.groups.flatMap(({ items }) => items).map(({ id, json }) => [id, json]),
  );
  /** A finding about a filter that was changed since is one of yesterday. */
  const isStill = ({ path }: Lint) => {
    const item = itemAt(places, path);
    return item === null || present.get(item.id) === item.json;
  };

  return known.lints
    .filter((lint) => isStill(lint) && (lint.level === 'stop' || !hidden.keys.includes(lint.key)))
    .map((lint) => {
      const item = itemAt(places, lint.path);
      return {
        lint,
        sentence: sentenceOf(lint),
        isOld: known.state === 'updating',
        action: actionOf(lint),
        ...(lint.level === 'stop' ? {} : { onHide: () => hidden.hide(lint.key) }),
        // What the switch *Exclude contacts* wrote has no row of its own.
        itemId: item && !item.isExclusion ? item.id : null,
        groupId: item ? null : groupIdAt(places, lint.path),
      };
    });
}

type ActionWord =
  | 'remove'
  | 'removeGroup'
  | 'swap'
  | 'correct'
  | 'addKnown'
  | 'addEmail'
  | 'show'
  | 'open'
  | 'openLoop'
  | 'seeMapping'
  | 'mapIt'
  | 'who';

function wordOf(action: LintAction, id: number): ActionWord {
  switch (action.kind) {
    case 'replace':
    case 'add':
      return action.word;
    case 'mapping':
      return action.isMapped ? 'seeMapping' : 'mapIt';
    case 'open':
      return id === 3 ? 'openLoop' : 'open';
    case 'remove':
      return action.path.item === null ? 'removeGroup' : 'remove';
    default:
      return action.kind;
  }
}
