'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TestOutcome } from '#components/segments/test-contact.tsx';
import type { FilterWords } from '#components/segments/use-filter-words.ts';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { describeItem, type Phrase } from '#lib/segments/filter/describe.ts';
import { withoutEmptyGroups } from '#lib/segments/filter/edit.ts';
import {
  type EditorGroup,
  type EditorItem,
  type EditorModel,
  fromEditor,
} from '#lib/segments/filter/editor-model.ts';
import { findPeople, testContact } from '#lib/segments/queries.ts';
import type { Person, TestResult } from '#lib/segments/schemas.ts';

/** Finds contacts by name or email and tells whether the chosen one meets the filters as they are now. */
export function useTestContact(
  model: EditorModel,
  words: (phrase: Phrase) => FilterWords,
  showItem: (id: string) => void,
) {
  const [asked, setAsked] = useState('');
  const [query, setQuery] = usePausedText(asked, setAsked);
  const [person, setPerson] = useState<Person | null>(null);

  const found = useQuery({
    queryKey: ['segment-people', asked],
    queryFn: ({ signal }) => findPeople(asked, signal),
    enabled: asked !== '',
  });
  const tested = withoutEmptyGroups(model);
  const branch = fromEditor(tested);
  const result = useQuery({
    queryKey: ['segment-test', person?.id, JSON.stringify(branch)],
    queryFn: () => testContact(person?.id ?? '', branch),
    enabled: person !== null && tested.groups.length > 0,
    staleTime: 0,
  });

  const numberOf = (group: EditorGroup | undefined) =>
    model.groups.findIndex(({ id }) => id === group?.id) + 1;
  const outcome = (): TestOutcome | null => {
    if (person === null || tested.groups.length === 0) return null;
    if (result.isError) return { kind: 'failed' };
    return result.data ? outcomeOf(result.data, tested.groups, { numberOf, words, showItem }) : null;
  };
  return {
    found: asked === '' || query.trim() !== asked ? [] : (found.data?.people ?? []),
    isSearching: found.isFetching || query.trim() !== asked,
    onQuery: setQuery,
    onChoose: setPerson,
    outcome: outcome(),
  };
}

type Context = {
  numberOf: (group: EditorGroup | undefined) => number;
  words: (phrase: Phrase) => FilterWords;
  showItem: (id: string) => void;
};

function outcomeOf(result: TestResult, groups: readonly EditorGroup[], context: Context): TestOutcome {
  const met = result.groups.findIndex(({ verdict }) => verdict === 'yes');
  if (result.verdict === 'yes') return { kind: 'meets', group: context.numberOf(groups[met]) };
  if (result.verdict === 'unknown') return { kind: 'unknown' };
  const unmet = groups.flatMap((group, index) => {
    const at = result.groups[index]?.parts.indexOf('no') ?? -1;
    const item = inWrittenOrder(group.items)[at];
    if (!item) return [];
    const filter = describeItem(item)
      .map((phrase) => context.words(phrase).sentence)
      .join(', ');
    return [{ group: context.numberOf(group), filter, onShow: () => context.showItem(item.id) }];
  });
  return { kind: 'meetsNot', unmet };
}

/** HubSpot's JSON holds a group's filters before its branches. */
function inWrittenOrder(items: readonly EditorItem[]): EditorItem[] {
  return [...items.filter((item) => !item.isBranch), ...items.filter((item) => item.isBranch)];
}
