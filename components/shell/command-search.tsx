'use client';

import { Search } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { lazyWhenIdle } from '../ui/lazy-when-idle.tsx';

const CommandDialog = lazyWhenIdle(() => import('./command-dialog.tsx').then((file) => file.CommandDialog));

export interface CommandResult {
  id: string;
  label: string;
  description?: string;
  href: string;
}

export interface CommandGroup {
  id: string;
  title: string;
  /** At most eight. */
  items: readonly CommandResult[];
}

export interface CommandSearchProps {
  /** Name of the field and of the dialog: "Search". */
  label: string;
  loadingLabel: string;
  errorText: string;
  /** "Nothing matches “abc”." */
  noResultsText: (query: string) => string;
  /** "5 results" for screen readers. */
  countText: (count: number) => string;
  /** Shown before anything is typed, e.g. the last pages visited. */
  initial: readonly CommandGroup[];
  /** Called 150 ms after the last key; `signal` ends when the answer is no longer wanted. */
  onSearch: (query: string, signal: AbortSignal) => Promise<readonly CommandGroup[]>;
  /** Leads to the chosen result. */
  onGo: (href: string) => void;
}

/** The search field of the top bar. It opens a dialog, as Ctrl or Cmd with K does from anywhere. */
export function CommandSearch(props: CommandSearchProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, []);
  return (
    <>
      <search className="min-w-0 max-md:flex-1 md:w-[480px] md:shrink">
        <Button
          onPress={() => setOpen(true)}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          className="touch-target relative flex h-8 w-full items-center gap-2 rounded-card border border-shell-line bg-shell-field pr-2 pl-2.5 text-left text-body text-shell-text-subtle hover:border-shell-text-subtle"
        >
          <Search size={16} aria-hidden className="shrink-0" />
          <span className="flex-1 truncate">{props.label}</span>
          <Key>Ctrl</Key>
          <Key>K</Key>
        </Button>
      </search>
      <Suspense>{isOpen && <CommandDialog {...props} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

function Key({ children }: { children: string }) {
  return (
    <kbd
      aria-hidden
      className="grid h-[18px] min-w-[18px] place-items-center rounded-control border border-shell-line px-1 font-sans text-hint leading-none max-md:hidden"
    >
      {children}
    </kbd>
  );
}
