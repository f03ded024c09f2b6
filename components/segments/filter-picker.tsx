'use client';

import { clsx } from 'clsx';
import { ArrowLeft, Briefcase, Building2, Layers, ListFilter, Search, User, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { contains } from '#components/ui/match.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import {
  FilterPickerList,
  type PickedFilter,
  type PickerEntry,
  type PickerSection,
} from './filter-picker-list.tsx';

type Category = 'all' | 'contact' | 'company' | 'deal' | 'segments';
const objects = ['contact', 'company', 'deal'] as const;
export interface FilterPickerProps {
  groupNumber: number;
  parts: FilterParts;
  /** What was chosen last, the newest first. */
  recent: readonly NonNullable<PickedFilter>[];
  onPick: (filter: PickedFilter) => void;
  onClose: () => void;
  onRefresh: () => void;
  isRefreshing: boolean;
}

/** Covers the pane of filters: search over everything, categories at the left, results at the right. */
export function FilterPicker(props: FilterPickerProps) {
  const { groupNumber, onPick, onClose } = props;
  const t = useTranslations('segments.picker');
  const [query, setQuery] = useState('');
  const [category, setCategory] = useState<Category>('all');
  const [active, setActive] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  const all = useSections(props, query);
  const sections = all.filter(
    ({ id }) => category === 'all' || id === category || (id === 'recent' && category === 'contact'),
  );
  const entries = sections.flatMap((section) => section.entries);
  const count = (id: string) => all.find((section) => section.id === id)?.entries.length ?? 0;
  const index = Math.min(active, entries.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const by = steps[event.key];
    if (by !== undefined && entries.length > 0) {
      event.preventDefault();
      const next = Math.max(0, Math.min(entries.length - 1, index + by));
      setActive(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    const chosen = entries[index];
    if (event.key === 'Enter' && chosen && event.target === input.current) {
      // The same key must not press what gets the focus next.
      event.preventDefault();
      onPick(chosen.filter);
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (query !== '') setQuery('');
      else onClose();
    }
  };

  return (
    <div
      role="dialog"
      aria-label={t('dialog', { number: groupNumber })}
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-10 flex flex-col bg-surface"
    >
      <div className="flex items-center gap-1.5 pt-3.5 pr-6 pl-4">
        <IconButton
          label={t('back')}
          icon={<ArrowLeft size={18} aria-hidden />}
          onPress={onClose}
          hasTooltip={false}
        />
        <h2 className="text-h2">{t('title')}</h2>
      </div>
      <div className="mx-6 my-3 flex h-10 items-center gap-2 rounded-control border border-line-control px-3 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus has-[input:focus-visible]:outline-offset-2 max-md:mx-4">
        <Search size={16} aria-hidden className="shrink-0" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={t('search')}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${index}` : undefined}
          autoComplete="off"
          placeholder={t('search')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
        {query !== '' && (
          <IconButton
            size="small"
            label={t('clear')}
            icon={<X size={14} aria-hidden />}
            onPress={() => setQuery('')}
            hasTooltip={false}
          />
        )}
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-[152px_minmax(0,1fr)] border-line border-t max-md:grid-cols-1 max-md:grid-rows-[auto_minmax(0,1fr)]">
        <Categories
          category={category}
          onCategory={(next) => {
            setCategory(next);
            setActive(0);
          }}
          counts={{
            all: [...objects, 'segments'].reduce((sum, id) => sum + count(id), 0),
            contact: count('contact'),
            company: count('company'),
            deal: count('deal'),
            segments: count('segments'),
          }}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by key. */}
        <section tabIndex={0} aria-label={t('results')} className="overflow-auto px-3 py-2.5">
          <FilterPickerList
            id={listId}
            sections={sections}
            active={index}
            query={query}
            onPick={onPick}
            onActive={setActive}
          />
          <p role="status" className="sr-only">
            {t('resultCount', { count: entries.length })}
          </p>
          {entries.length === 0 && (
            <div className="px-3 py-2 text-text-subtle">
              <p>{t('none', { query })}</p>
              <Button variant="link" className="mt-2" onPress={props.onRefresh} isBusy={props.isRefreshing}>
                {t('refresh')}
              </Button>
            </div>
          )}
        </section>
      </div>
    </div>
  );
}

function useSections({ parts, recent }: FilterPickerProps, query: string): PickerSection[] {
  const t = useTranslations('segments.picker');
  const titles = {
    contact: t('contactProperties'),
    company: t('companyProperties'),
    deal: t('dealProperties'),
  };
  const propertiesOf = { contact: parts.properties, ...parts.related };
  const toEntry = (filter: NonNullable<PickedFilter>): PickerEntry => ({
    id: `${filter.object}-${filter.property.name}`,
    label: filter.property.label,
    filter,
  });
  const sections = objects.map((object): PickerSection => {
    const found = (propertiesOf[object] ?? []).filter(
      ({ label, isHidden }) => !isHidden && contains(label, query),
    );
    const entries = found.map((property) => toEntry({ object, property }));
    return { id: object, title: titles[object], entries };
  });
  const segment: PickerEntry = { id: '(segment)', label: t('membership'), filter: null };
  return [
    { id: 'recent', title: t('recent'), entries: query.trim() === '' ? recent.map(toEntry) : [] },
    ...sections,
    { id: 'segments', title: t('segments'), entries: contains(segment.label, query) ? [segment] : [] },
  ].filter((section) => section.entries.length > 0);
}

function Categories(props: {
  category: Category;
  onCategory: (category: Category) => void;
  counts: Record<Category, number>;
}) {
  const { category, onCategory, counts } = props;
  const t = useTranslations('segments.picker');
  const button = (id: Category, label: string, icon: ReactNode) => (
    <button
      type="button"
      aria-pressed={category === id}
      onClick={() => onCategory(id)}
      className={clsx(
        'flex min-h-9 items-center gap-2.5 rounded-item px-2.5 py-1.5 text-left md:w-full',
        category === id ? 'bg-surface-selected font-medium' : 'hover:bg-surface-hover',
        counts[id] === 0 && 'text-text-disabled',
      )}
    >
      <span aria-hidden className="text-text-subtle">
        {icon}
      </span>
      <span className="flex-1">{label}</span>
      <span className="text-tiny text-text-subtle tabular-nums">{counts[id]}</span>
    </button>
  );
  return (
    <section
      aria-label={t('categories')}
      className="border-line border-r bg-surface-recessed px-2 py-2.5 max-md:flex max-md:gap-1 max-md:overflow-x-auto max-md:border-r-0 max-md:border-b"
    >
      {button('all', t('all'), <ListFilter size={16} />)}
      <h3 className="px-2.5 pt-3 pb-1 text-tiny font-semibold text-text-subtle max-md:hidden">
        {t('properties')}
      </h3>
      {button('contact', t('contact'), <User size={16} />)}
      {button('company', t('company'), <Building2 size={16} />)}
      {button('deal', t('deal'), <Briefcase size={16} />)}
      <h3 className="px-2.5 pt-3 pb-1 text-tiny font-semibold text-text-subtle max-md:hidden">
        {t('activity')}
      </h3>
      {button('segments', t('segments'), <Layers size={16} />)}
    </section>
  );
}
