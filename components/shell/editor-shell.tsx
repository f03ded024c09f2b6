'use client';

import { ArrowLeft, Pencil } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { SkipLink } from './skip-link.tsx';

export interface EditorShellProps {
  skipLabel: string;
  /** A link, or a press that may ask first. */
  exit: { label: string; href?: string; onPress?: () => void };
  /** Name of what is edited: the `h1`. */
  name: string;
  /** Renaming in place; leave out where the name is fixed. */
  rename?: { buttonLabel: string; fieldLabel: string; onRename: (name: string) => void };
  /** Tags with tone `onShell`. */
  tags?: ReactNode;
  /** "Draft saved 14:02", "For Salesforce > Contacts". */
  status?: ReactNode;
  /** Buttons with variant `onShell` or `lineShell`. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A full-screen editor with its own 56 px bar instead of top bar and rail. */
export function EditorShell(props: EditorShellProps) {
  const { skipLabel, exit, tags, status, actions, children } = props;
  const arrow = <ArrowLeft size={16} aria-hidden />;
  const exitText = <span className="max-md:sr-only">{exit.label}</span>;
  return (
    <div className="fixed inset-0 overflow-hidden bg-shell">
      <SkipLink label={skipLabel} />
      <header className="on-shell fixed inset-x-0 top-0 z-30 flex h-14 items-center gap-1 bg-shell pr-4 pl-3 text-shell-text max-md:pr-2 max-md:pl-1">
        {exit.href ? (
          <ButtonLink variant="ghostShell" size="medium" href={exit.href} icon={arrow}>
            {exitText}
          </ButtonLink>
        ) : (
          <Button variant="ghostShell" size="medium" onPress={exit.onPress} icon={arrow}>
            {exitText}
          </Button>
        )}
        <span aria-hidden className="mr-3 ml-2 h-6 w-px bg-shell-line max-md:hidden" />
        <div className="flex min-w-0 items-center max-md:flex-1 max-md:flex-col max-md:items-start">
          <EditorName {...props} />
          {status && (
            <div className="truncate text-tiny text-shell-text-subtle max-md:max-w-full md:hidden">
              {status}
            </div>
          )}
        </div>
        {tags && <div className="ml-2.5 flex gap-1.5 max-lg:hidden">{tags}</div>}
        <div className="ml-auto flex shrink-0 items-center gap-2 pl-2">
          {status && <div className="mr-2 text-small text-shell-text-subtle max-md:hidden">{status}</div>}
          {actions}
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="fixed inset-x-0 top-14 bottom-0 flex overflow-hidden bg-surface outline-none md:rounded-t-float"
      >
        {children}
      </main>
    </div>
  );
}

function EditorName({ name, rename }: EditorShellProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const isEditing = draft !== null;
  useEffect(() => {
    if (isEditing) field.current?.select();
  }, [isEditing]);
  const close = (returnFocus: boolean) => {
    setDraft(null);
    if (returnFocus) requestAnimationFrame(() => pencil.current?.focus());
  };
  const save = (returnFocus: boolean) => {
    const next = draft?.trim();
    if (next && next !== name) rename?.onRename(next);
    close(returnFocus);
  };
  if (isEditing && rename)
    return (
      <input
        ref={field}
        aria-label={rename.fieldLabel}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => save(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save(true);
          if (event.key === 'Escape') close(true);
        }}
        className="h-9 w-[460px] min-w-0 max-w-full rounded-item border border-shell-line bg-shell-field px-2 text-h2 focus-visible:outline-offset-0 text-shell-text"
      />
    );
  return (
    <div className="flex min-w-0 max-w-full items-center gap-1 rounded-item pl-2 hover:bg-shell-hover">
      <h1 tabIndex={-1} className="max-w-[460px] truncate text-h2 tracking-[-0.1px] outline-none">
        {name}
      </h1>
      {rename && (
        <IconButton
          ref={pencil}
          label={rename.buttonLabel}
          icon={<Pencil size={16} aria-hidden />}
          isOnShell
          onPress={() => setDraft(name)}
        />
      )}
    </div>
  );
}
