'use client';

import { Search as SearchIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import { optionClass } from '../ui/option-style.ts';
import { Skeleton, SkeletonBlock } from '../ui/skeleton.tsx';
import type { CommandGroup, CommandSearchProps } from './command-search.tsx';

const TYPING_PAUSE_MS = 150;

type Search =
  | { state: 'idle' }
  | { state: 'loading' }
  | { state: 'failed' }
  | { state: 'found'; groups: readonly CommandGroup[] };

/** One input and grouped results; arrows, Enter and Esc. */
export function CommandDialog(props: CommandSearchProps & { onClose: () => void }) {
  const { label, initial, onSearch, onGo, onClose } = props;
  const [query, setQuery] = useState('');
  const search = useSearch(query.trim(), onSearch);
  const groups = search.state === 'found' ? search.groups : search.state === 'idle' ? initial : [];
  const shown = groups.filter((group) => group.items.length > 0);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 bg-scrim px-4"
    >
      <Modal className="mx-auto mt-24 w-full max-w-160 overflow-hidden rounded-float bg-surface shadow-400 max-md:mt-4">
        <Dialog
          aria-label={label}
          className="flex max-h-[min(560px,calc(100dvh-8rem))] flex-col outline-none"
        >
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <SearchField
              aria-label={label}
              autoFocus
              className="flex items-center gap-3 rounded-t-float border-line border-b px-4 has-[input:focus-visible]:shadow-[inset_0_0_0_2px_var(--focus)]"
            >
              <SearchIcon size={18} aria-hidden className="shrink-0 text-text-subtle" />
              <Input
                role="combobox"
                type="text"
                aria-expanded={shown.length > 0}
                placeholder={label}
                className="h-13 min-w-0 flex-1 bg-transparent outline-none"
              />
            </SearchField>
            <ListBox
              aria-label={label}
              items={shown}
              className="min-h-0 overflow-auto p-1.5 outline-none data-empty:hidden"
              onAction={(key) => {
                const item = shown.flatMap((group) => group.items).find((entry) => entry.id === key);
                if (!item) return;
                onClose();
                onGo(item.href);
              }}
            >
              {(group) => <ResultGroup group={group} />}
            </ListBox>
          </Autocomplete>
          <SearchNews {...props} search={search} query={query.trim()} count={countOf(shown)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const countOf = (groups: readonly CommandGroup[]) =>
  groups.reduce((sum, group) => sum + group.items.length, 0);

function ResultGroup({ group }: { group: CommandGroup }) {
  return (
    <ListBoxSection id={group.id}>
      <Header className="px-2.5 pt-2.5 pb-1 text-tiny font-semibold text-text-subtle">{group.title}</Header>
      {group.items.map((item) => (
        <ListBoxItem key={item.id} id={item.id} textValue={item.label} className={optionClass}>
          <span className="min-w-0">
            <span className="block truncate font-normal">{item.label}</span>
            {item.description && (
              <span className="block truncate text-tiny text-text-subtle">{item.description}</span>
            )}
          </span>
        </ListBoxItem>
      ))}
    </ListBoxSection>
  );
}

function SearchNews(props: CommandSearchProps & { search: Search; query: string; count: number }) {
  const { search, query, count, loadingLabel, errorText, noResultsText, countText } = props;
  if (search.state === 'loading')
    return (
      <Skeleton label={loadingLabel} className="grid gap-2 p-4">
        {['w-2/3', 'w-1/2', 'w-3/5'].map((width) => (
          <SkeletonBlock key={width} className={`h-5 ${width}`} />
        ))}
      </Skeleton>
    );
  if (search.state === 'failed')
    return (
      <p role="alert" className="px-4 py-8 text-center text-danger">
        {errorText}
      </p>
    );
  const isNothing = search.state === 'found' && count === 0;
  return (
    <p role="status" className={isNothing ? 'px-4 py-8 text-center text-text-subtle' : 'sr-only'}>
      {isNothing ? noResultsText(query) : search.state === 'found' ? countText(count) : ''}
    </p>
  );
}

/** Searches after a pause in typing and drops answers that come too late. */
function useSearch(query: string, onSearch: CommandSearchProps['onSearch']): Search {
  const [search, setSearch] = useState<Search>({ state: 'idle' });
  useEffect(() => {
    if (query === '') {
      setSearch({ state: 'idle' });
      return;
    }
    const controller = new AbortController();
    setSearch((former) => (former.state === 'found' ? former : { state: 'loading' }));
    const timer = setTimeout(() => {
      onSearch(query, controller.signal).then(
        (groups) => !controller.signal.aborted && setSearch({ state: 'found', groups }),
        () => !controller.signal.aborted && setSearch({ state: 'failed' }),
      );
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [query, onSearch]);
  return search;
}
