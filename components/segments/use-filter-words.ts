'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Condition, ConditionOperator } from '#lib/segments/filter/condition.ts';
import type { Phrase, PhraseObject, PhraseValue } from '#lib/segments/filter/describe.ts';
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

  function valueWord(value: PhraseValue, object: PhraseObject): string {
    switch (value.kind) {
      case 'text':
        return value.text;
      case 'option':
        return lookup.option(value.property, value.value, object) ?? value.value;
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
        return lookup.of(object).get(value.name)?.label ?? value.name;
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
  function operatorAndValues({
    operator,
    object,
    values: given,
  }: Phrase): Pick<FilterWords, 'operator' | 'values'> {
    const values = given.map((value) => valueWord(value, object));
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
    const known = subject.kind === 'property' ? lookup.of(object).get(subject.name)?.label : undefined;
    const name = subject.kind === 'property' ? (known ?? subject.name) : filterKind(subject.type);
    const { operator, values } = operatorAndValues(phrase);
    const list =
      values.length > 1 && isRange(phrase)
        ? values.join(` ${t('values.and')} `)
        : format.list(values, { type: isAll(phrase) ? 'conjunction' : 'disjunction' });
    const blank = phrase.includeBlank ? t('editor.blankToo') : '';
    const sentence = [owner && `${owner}:`, name, operator, list, blank].filter(Boolean).join(' ');
    return { owner, subject: name, operator, values, sentence };
  }

  const optionLabel = (property: string, value: string) => lookup.option(property, value) ?? value;

  /** The property that a condition is about; null for segments, and where it is gone. */
  const propertyOf = ({ object, property }: Pick<Condition, 'object' | 'property'>) =>
    property === null ? null : (lookup.of(object ?? 'contact').get(property) ?? null);
  const { properties, segments } = lookup;
  return { words, operatorWord, optionLabel, propertyOf, properties, segments };
}

/** Whether every value must be there, not one of them. */
function isAll({ operator }: Phrase): boolean {
  const word = operator !== null && typeof operator === 'object' ? operator.hubspot : operator;
  return word === 'choiceAll' || /(^|_)CONTAIN(S|ED)?_ALL$/.test(word ?? '');
}

function isRange({ operator }: Phrase): boolean {
  const word = operator !== null && typeof operator === 'object' ? operator.hubspot : operator;
  return (
    word === 'numberBetween' || word === 'dayBetween' || word === 'IS_BETWEEN' || word === 'IS_NOT_BETWEEN'
  );
}

function lookUp(parts: FilterParts | undefined) {
  const byName = (properties: readonly Property[] | null | undefined) =>
    new Map<string, Property>(properties?.map((property) => [property.name, property]));
  const properties = byName(parts?.properties);
  const company = byName(parts?.related.company);
  const deal = byName(parts?.related.deal);
  const none = byName(null);
  const of = (object: PhraseObject) =>
    ({ contact: properties, company, deal, ticket: none, other: none })[object];
  const segments = new Map(parts?.segments.map((segment) => [segment.listId, segment]));
  const owners = new Map(parts?.owners.map((owner) => [owner.id, owner.name]));
  const option = (name: string, value: string, object: PhraseObject = 'contact'): string | undefined => {
    const property = of(object).get(name);
    if (property?.type === 'owner') return owners.get(value);
    return property?.options.find((each) => each.value === value)?.label;
  };
  return { properties, of, segments, option };
}
