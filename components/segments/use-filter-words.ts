'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ConditionOperator } from '#lib/segments/filter/condition.ts';
import type { Phrase, PhraseValue } from '#lib/segments/filter/describe.ts';
import type { FilterParts, Property } from '#lib/segments/schemas.ts';

/** A filter in the reader's language. */
export type FilterWords = {
  /** Whose property it is, where it is not the contact's. */
  owner: string | null;
  subject: string;
  operator: string;
  values: string[];
  /** All of it as one sentence, for names and lists. */
  sentence: string;
};

/** Turns filters into words: labels of properties and options, names of owners and segments. */
export function useFilterWords(parts: FilterParts | undefined) {
  const t = useTranslations('segments');
  const format = useFormatter();
  const lookup = useMemo(() => lookUp(parts), [parts]);

  const operatorWord = (operator: ConditionOperator) => t(`operators.${operator}`);

  function valueWord(value: PhraseValue): string {
    switch (value.kind) {
      case 'text':
        return value.text;
      case 'option':
        return lookup.option(value.property, value.value) ?? value.value;
      case 'segment':
        return lookup.segments.get(value.listId)?.name ?? value.listId;
      case 'number':
        return format.number(value.value, { maximumFractionDigits: 20 });
      case 'day':
        return format.dateTime(new Date(`${value.day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' });
      case 'instant':
        return format.dateTime(new Date(value.at), { dateStyle: 'medium', timeStyle: 'short' });
      case 'days':
        return t('values.days', { count: value.count });
      case 'property':
        return lookup.properties.get(value.name)?.label ?? value.name;
      case 'unit':
        return t(`values.units.${value.unit}`, { count: value.count });
      case 'now':
        return t('values.now');
      case 'movingDate':
        return t('values.movingDate');
      case 'fromToday':
        if (value.days === 0) return t('values.today');
        return value.days < 0
          ? t('values.daysAgo', { count: -value.days })
          : t('values.daysAhead', { count: value.days });
    }
  }

  function hubspotOperator(word: string, value: string): string {
    return t.has(`hubspotOperators.${word}`)
      ? t(`hubspotOperators.${word}`, { value })
      : t('hubspotOperators.other');
  }

  function filterKind(type: string): string {
    return t.has(`filterKinds.${type}`) ? t(`filterKinds.${type}`) : t('filterKinds.other');
  }

  /** Values that are part of the operator ("is more than 30 days ago") stand in it, not beside it. */
  function operatorAndValues({ operator, values: given }: Phrase): Pick<FilterWords, 'operator' | 'values'> {
    const values = given.map(valueWord);
    const [first = ''] = values;
    if (operator === null) return { operator: '', values };
    if (typeof operator === 'object') {
      const isInside = /_X_DAYS_(AGO|FROM_NOW)$/.test(operator.hubspot);
      return { operator: hubspotOperator(operator.hubspot, first), values: isInside ? [] : values };
    }
    if (operator === 'agoMore' || operator === 'agoLess') {
      return { operator: t(`sentenceOperators.${operator}`, { value: first }), values: [] };
    }
    return { operator: operatorWord(operator), values };
  }

  function words(phrase: Phrase): FilterWords {
    const { subject, object } = phrase;
    const isContact = object === 'contact';
    const owner = isContact ? null : t(`objects.${object}`);
    // Properties of the same name are labelled alike on contacts and companies; ours are those of contacts.
    const known = subject.kind === 'property' ? lookup.properties.get(subject.name)?.label : undefined;
    const name = subject.kind === 'property' ? (known ?? subject.name) : filterKind(subject.type);
    const { operator, values } = operatorAndValues(phrase);
    const list =
      values.length > 1 && isRange(phrase)
        ? values.join(` ${t('values.and')} `)
        : format.list(values, { type: 'disjunction' });
    const blank = phrase.includeBlank ? t('editor.blankToo') : '';
    const sentence = [owner && `${owner}:`, name, operator, list, blank].filter(Boolean).join(' ');
    return { owner, subject: name, operator, values, sentence };
  }

  const optionLabel = (property: string, value: string) => lookup.option(property, value) ?? value;

  return { words, operatorWord, optionLabel, properties: lookup.properties, segments: lookup.segments };
}

function isRange({ operator }: Phrase): boolean {
  const word = operator !== null && typeof operator === 'object' ? operator.hubspot : operator;
  return (
    word === 'numberBetween' || word === 'dayBetween' || word === 'IS_BETWEEN' || word === 'IS_NOT_BETWEEN'
  );
}

function lookUp(parts: FilterParts | undefined) {
  const properties = new Map<string, Property>(
    parts?.properties.map((property) => [property.name, property]),
  );
  const segments = new Map(parts?.segments.map((segment) => [segment.listId, segment]));
  const owners = new Map(parts?.owners.map((owner) => [owner.id, owner.name]));
  const option = (name: string, value: string): string | undefined => {
    const property = properties.get(name);
    if (property?.type === 'owner') return owners.get(value);
    return property?.options.find((each) => each.value === value)?.label;
  };
  return { properties, segments, option };
}
