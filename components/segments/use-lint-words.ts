'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Lint, LintPath, LintValue } from '#lib/segments/schemas.ts';
import type { useFilterWords } from './use-filter-words.ts';

/** Turns findings into sentences. `sentenceAt` says the filter at a place of the filters that were looked at. */
export function useLintWords(
  words: ReturnType<typeof useFilterWords>,
  sentenceAt: (path: LintPath) => string,
): (lint: Lint) => string {
  const t = useTranslations('segmentLint');
  const format = useFormatter();

  function shown(value: LintValue): string | number {
    switch (value.kind) {
      case 'text':
        return value.text;
      case 'number':
        return value.value;
      case 'day':
        return format.dateTime(new Date(`${value.day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' });
      case 'property':
        return words.properties.get(value.name)?.label ?? value.name;
      case 'segment':
        return words.segments.get(value.listId)?.name ?? value.listId;
      case 'object':
        return value.object;
      case 'filter':
        return sentenceAt(value.path);
      case 'options': {
        const { property, values } = value;
        const label = (each: string) => (property === null ? each : words.optionLabel(property, each));
        return format.list(
          values.map((each) => t('quoted', { text: label(each) })),
          { type: 'disjunction' },
        );
      }
    }
  }

  return (lint) => {
    const values = Object.entries(lint.values).map(([name, value]) => [name, shown(value)]);
    return t(`messages.${lint.message}`, Object.fromEntries(values));
  };
}
