'use client';

import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { SearchField } from '../ui/search-field.tsx';
import { bestMatch, isWithin } from './paths.ts';
import { filterSections } from './settings-filter.ts';

export interface SettingsItem {
  label: string;
  /** A link, or … */
  href?: string;
  /** … a group that opens. */
  items?: readonly { label: string; href: string }[];
}

export interface SettingsSection {
  id: string;
  title: string;
  items: readonly SettingsItem[];
}

export interface SettingsNavProps {
  /** "Settings": heading and name of the navigation. */
  title: string;
  sections: readonly SettingsSection[];
  currentPath: string;
  searchLabel: string;
  clearLabel: string;
  /** "No setting matches “abc”." */
  noMatchText: (query: string) => string;
  onGo: () => void;
}

/** The settings sidebar: search, sections, items. */
export function SettingsNav(props: SettingsNavProps) {
  const { title, sections, currentPath, searchLabel, clearLabel, noMatchText, onGo } = props;
  const [query, setQuery] = useState('');
  const shown = filterSections(sections, query);
  const current = bestMatch(currentPath, allHrefs(sections));
  return (
    <div className="px-3 pt-5 pb-6">
      <p className="px-3 text-h2-page">{title}</p>
      <SearchField
        label={searchLabel}
        clearLabel={clearLabel}
        isSmall
        value={query}
        onChange={setQuery}
        className="mx-1 mt-3.5 mb-1.5"
      />
      <nav aria-label={title}>
        {shown.map((section) => (
          <Section
            key={section.id}
            section={section}
            current={current}
            isFiltered={query !== ''}
            onGo={onGo}
          />
        ))}
      </nav>
      <p role="status" className={clsx('px-3 text-small text-text-subtle', shown.length === 0 && 'pt-4')}>
        {shown.length === 0 ? noMatchText(query) : ''}
      </p>
    </div>
  );
}

const allHrefs = (sections: readonly SettingsSection[]) =>
  sections.flatMap((section) =>
    section.items.flatMap((item) => [
      ...(item.href ? [item.href] : []),
      ...(item.items ?? []).map((inner) => inner.href),
    ]),
  );

interface PartProps {
  current: string | undefined;
  isFiltered: boolean;
  onGo: () => void;
}

function Section({ section, ...part }: PartProps & { section: SettingsSection }) {
  const headingId = useId();
  return (
    <>
      <h2 id={headingId} className="px-3 pt-4 pb-1.5 text-tiny font-semibold text-text-subtle">
        {section.title}
      </h2>
      <ul aria-labelledby={headingId}>
        {section.items.map((item) => (
          <li key={item.label}>
            {item.href ? (
              <ItemLink href={item.href} label={item.label} {...part} />
            ) : (
              <ItemGroup item={item} {...part} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const rowClass =
  'relative flex min-h-[34px] w-full items-center justify-between rounded-item px-3 py-[7px] text-left font-light text-text hover:bg-surface-hover hover:text-text hover:no-underline max-lg:min-h-11';

function ItemLink(props: PartProps & { href: string; label: string; isNested?: boolean }) {
  const { href, label, current, isNested, onGo } = props;
  return (
    <Link
      href={href}
      onClick={onGo}
      aria-current={href === current ? 'page' : undefined}
      className={clsx(
        rowClass,
        isNested && 'pl-7',
        href === current &&
          'bg-surface-selected font-medium before:absolute before:inset-y-[7px] before:left-0 before:w-[3px] before:rounded-full before:bg-text',
      )}
    >
      {label}
    </Link>
  );
}

function ItemGroup({ item, current, isFiltered, onGo }: PartProps & { item: SettingsItem }) {
  const inner = item.items ?? [];
  const hasCurrent = inner.some((entry) => current !== undefined && isWithin(current, entry.href));
  const [wanted, setWanted] = useState<boolean | null>(null);
  const isOpen = isFiltered || (wanted ?? hasCurrent);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setWanted(!isOpen)}
        className={clsx(rowClass, isOpen && 'font-medium')}
      >
        {item.label}
        <Chevron size={14} strokeWidth={2.25} aria-hidden />
      </button>
      {isOpen && (
        <ul>
          {inner.map((entry) => (
            <li key={entry.href}>
              <ItemLink {...entry} current={current} isFiltered={isFiltered} onGo={onGo} isNested />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
