'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Collection } from 'react-aria-components/Collection';
import { Header } from 'react-aria-components/Header';
import { ListBox, ListBoxItem, ListBoxLoadMoreItem, ListBoxSection } from 'react-aria-components/ListBox';
import { MarkedText } from './marked-text.tsx';
import { ActiveMark, type ActiveOption, Beside } from './select-popover-beside.tsx';
import { Spinner } from './spinner.tsx';
import { Tag, type TagTone } from './tag.tsx';

export interface PopoverOption {
  id: string;
  label: string;
  /** Facts of the second line, with dots between: "6,214 contacts", "updated 11 minutes ago". */
  details?: readonly string[];
  /** A tag at the right. */
  tag?: { label: string; tone: TagTone; isBusy?: boolean };
  isDisabled?: boolean;
}

/** What screen readers hear: "Customers, 6,214 contacts, updated 11 minutes ago, Processing". */
function spokenName({ label, details = [], tag }: PopoverOption): string {
  return [label, ...details, ...(tag ? [tag.label] : [])].join(', ');
}

export interface PopoverSection {
  id: string;
  /** Heading; without it give `name`. */
  title?: string;
  /** Name for screen readers where there is no heading. */
  name?: string;
  options: readonly PopoverOption[];
}

export interface SelectPopoverListProps {
  /** Name of the list: "Inclusion List". */
  listLabel: string;
  /** In the order they are shown; a rule stands between two of them. */
  sections: readonly PopoverSection[];
  selectedId: string | null;
  onSelect: (id: string) => void;
  status: 'ready' | 'loading' | 'error';
  /** More options can be fetched when the end is scrolled into view. */
  loadMore?: { isLoading: boolean; label: string; onLoad: () => void };
  query: string;
  /** Not yet: the list opens with what is in sight. */
  isWhole: boolean;
  onDone: () => void;
  /** What is said beside the active option, from 1200 px on; holds nothing to click. */
  beside?: (optionId: string) => ReactNode;
  /** Id of that text, for what it describes. */
  besideId?: string;
}

/** Options that the list is high enough for. */
const inSight = 5;

function firstOf(sections: readonly PopoverSection[]): PopoverSection[] {
  let room = inSight;
  return sections.map((section) => {
    const options = section.options.slice(0, room);
    room -= options.length;
    return { ...section, options };
  });
}

/** The options. Choosing the one that is chosen already only closes the menu. */
export function SelectPopoverList(props: SelectPopoverListProps) {
  const { listLabel, sections, selectedId, onSelect, status, loadMore, query, isWhole, onDone } = props;
  const { beside, besideId = '' } = props;
  const [active, setActive] = useState<ActiveOption | null>(null);
  const shown = useMemo(
    () =>
      (isWhole ? sections : firstOf(sections)).filter(
        ({ options }) => status === 'ready' && options.length > 0,
      ),
    [sections, status, isWhole],
  );
  return (
    <>
      <ListBox
        aria-label={listLabel}
        selectionMode="single"
        selectedKeys={selectedId === null ? [] : [selectedId]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          onDone();
          if (key !== undefined && key !== selectedId) onSelect(String(key));
        }}
        className="max-h-[255px] min-h-0 overflow-auto px-1.5 pb-1 outline-none data-empty:hidden max-md:max-h-none max-md:flex-1"
      >
        <Collection items={shown} dependencies={[query, isWhole]}>
          {(section) => (
            <OptionSection
              section={section}
              query={query}
              isFirst={section === shown[0]}
              {...(beside ? { onActive: setActive } : {})}
            />
          )}
        </Collection>
        {shown.length > 0 && isWhole && loadMore && (
          <ListBoxLoadMoreItem
            isLoading={loadMore.isLoading}
            onLoadMore={loadMore.onLoad}
            className="flex items-center gap-2 px-10 py-3 text-small text-text-subtle"
          >
            <Spinner />
            {loadMore.label}
          </ListBoxLoadMoreItem>
        )}
      </ListBox>
      {beside && shown.length > 0 && (
        <Beside id={besideId} active={active}>
          {beside}
        </Beside>
      )}
    </>
  );
}

type OnActive = (option: ActiveOption) => void;

function OptionSection({
  section,
  query,
  isFirst,
  onActive,
}: {
  section: PopoverSection;
  query: string;
  isFirst: boolean;
  onActive?: OnActive;
}) {
  return (
    <ListBoxSection
      id={section.id}
      aria-label={section.title ? undefined : section.name}
      className={clsx(!isFirst && 'before:mx-2.5 before:my-1 before:block before:h-px before:bg-line')}
    >
      {section.title && (
        <Header className="px-2.5 pt-2 pb-1 text-tiny font-semibold text-text-subtle">{section.title}</Header>
      )}
      <Collection items={section.options} dependencies={[query]}>
        {(option) => <Option option={option} query={query} {...(onActive ? { onActive } : {})} />}
      </Collection>
    </ListBoxSection>
  );
}

function Option({ option, query, onActive }: { option: PopoverOption; query: string; onActive?: OnActive }) {
  return (
    <ListBoxItem
      id={option.id}
      textValue={option.label}
      aria-label={spokenName(option)}
      isDisabled={option.isDisabled}
      className={clsx(
        'group/option mb-0.5 grid cursor-pointer grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-2.5 rounded-item px-2.5 py-2 outline-none',
        option.details ? 'min-h-13' : 'min-h-9 max-md:min-h-12',
        'data-focused:bg-surface-hover data-hovered:bg-surface-hover data-selected:bg-accent-soft',
        'data-selected:data-focused:shadow-[inset_0_0_0_1.5px_var(--accent)]',
        'data-disabled:cursor-not-allowed data-disabled:bg-transparent data-disabled:text-text-disabled',
      )}
    >
      {({ isSelected, isFocused, isHovered }) => (
        <>
          {onActive && <ActiveMark id={option.id} isActive={isFocused || isHovered} onActive={onActive} />}
          {isSelected ? <Check size={16} aria-hidden className="text-accent" /> : <span />}
          <div className="min-w-0">
            <div className={clsx('truncate', isSelected ? 'font-medium' : 'font-normal')}>
              <MarkedText text={option.label} query={query} />
            </div>
            {/* Spaces keep the words apart for tools that read the text without its boxes. */}{' '}
            {option.details && (
              <div className="mt-px truncate text-tiny text-text-subtle tabular-nums">
                {option.details.join(' · ')}
              </div>
            )}
          </div>{' '}
          {option.tag && (
            <div>
              <Tag tone={option.tag.tone} isBusy={option.tag.isBusy}>
                {option.tag.label}
              </Tag>
            </div>
          )}
        </>
      )}
    </ListBoxItem>
  );
}
