'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { MarkedText } from '#components/ui/marked-text.tsx';
import type { RelatedObject } from '#lib/crm/ports.ts';
import type { Property } from '#lib/segments/schemas.ts';
import { TypeIcon } from './filter-icon.tsx';

/** What can be chosen: a property of a contact, company or deal, or membership of a segment (null). */
export type PickedFilter = { object: 'contact' | RelatedObject; property: Property } | null;
export type PickerEntry = { id: string; label: string; filter: PickedFilter };
export type PickerSection = { id: string; title: string; entries: PickerEntry[] };

/** Results in labelled groups; the search field drives which one is active. */
export function FilterPickerList(props: {
  id: string;
  sections: readonly PickerSection[];
  active: number;
  query: string;
  onPick: (filter: PickedFilter) => void;
  onActive: (index: number) => void;
}) {
  const { id, sections, active, query, onPick, onActive } = props;
  const t = useTranslations('segments.picker');
  let next = 0;
  return (
    <div role="listbox" id={id} aria-label={t('results')}>
      {sections.map((section) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, which no element of HTML is.
        <div role="group" key={section.id} aria-labelledby={`${id}-${section.id}`}>
          <div
            role="presentation"
            id={`${id}-${section.id}`}
            className="px-3 pt-2 pb-1.5 text-tiny font-semibold text-text-subtle"
          >
            {section.title}
          </div>
          {section.entries.map((entry) => {
            const index = next++;
            const type = entry.filter?.property.type ?? 'segment';
            return (
              // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the search field drives the list.
              <div
                key={`${section.id}-${entry.id}`}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                onClick={() => onPick(entry.filter)}
                onPointerMove={() => index !== active && onActive(index)}
                className={clsx(
                  'flex min-h-[38px] cursor-pointer items-center gap-2.5 rounded-item px-3 py-2 leading-[18px] max-md:min-h-12',
                  index === active && 'bg-surface-hover',
                )}
              >
                <span aria-hidden className="text-text-subtle">
                  <TypeIcon type={type} />
                </span>
                <span className="min-w-0 break-words">
                  <MarkedText text={entry.label} query={query} />
                </span>
                <span className="ml-auto shrink-0 text-tiny text-text-subtle">{t(`types.${type}`)}</span>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
