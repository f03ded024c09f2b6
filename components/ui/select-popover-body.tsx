'use client';

import { Plus, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { controlClass, focusWithinClass } from './field.tsx';
import { SelectPopoverList, type SelectPopoverListProps } from './select-popover-list.tsx';
import { SelectPopoverNews, type SelectPopoverNewsProps } from './select-popover-news.tsx';
import { useAfterPaint } from './use-after-paint.ts';

export interface SelectPopoverBodyProps
  extends Omit<SelectPopoverListProps, 'query' | 'isWhole' | 'onDone' | 'besideId'>,
    Omit<SelectPopoverNewsProps, 'query' | 'count'> {
  /** Name and placeholder of the search field: "Search active segments". */
  searchLabel: string;
  /** One quiet line above the footer action. */
  note?: ReactNode;
  /** The action under the list, always visible: "Create Inclusion List". */
  footer?: { label: string; icon?: ReactNode; onAction: () => void };
  query: string;
  onQuery: (query: string) => void;
  onClose: () => void;
  /** Takes no focus. */
  isRehearsal?: boolean;
}

/** Search, options, note and footer of a SelectPopover; focus stays in the search field. */
export function SelectPopoverBody(props: SelectPopoverBodyProps) {
  const { searchLabel, sections, status, note, footer, query, onQuery, onClose } = props;
  const besideId = useId();
  const input = useRef<HTMLInputElement>(null);
  const action = useRef<HTMLButtonElement>(null);
  const count = sections.reduce((sum, section) => sum + section.options.length, 0);
  const [isPainted, hasten] = useAfterPaint();
  const isWhole = isPainted && !props.isRehearsal;
  const isListed = status === 'ready' && count > 0;
  return (
    <>
      <Autocomplete inputValue={query} onInputChange={onQuery}>
        <div
          role="presentation"
          onKeyDownCapture={(event) => {
            if (!isWhole) hasten();
            leaveList(event, input, action, onClose, props.loadMore !== undefined);
          }}
        >
          <SearchField aria-label={searchLabel} autoFocus={!props.isRehearsal} className="px-2.5 pt-2.5 pb-2">
            <div className={`${controlClass({ isCompact: true })} ${focusWithinClass}`}>
              <Search size={16} aria-hidden className="shrink-0" />
              <Input
                ref={input}
                role="combobox"
                type="text"
                aria-expanded={isListed}
                placeholder={searchLabel}
                aria-describedby={props.beside ? besideId : undefined}
                className="min-w-0 flex-1 bg-transparent outline-none"
              />
            </div>
          </SearchField>
        </div>
        <SelectPopoverList {...props} isWhole={isWhole} besideId={besideId} onDone={onClose} />
      </Autocomplete>
      <SelectPopoverNews {...props} count={count} />
      {(note || footer) && (
        <div className="border-line border-t">
          {note && <p className="px-5 pt-2.5 pb-1 text-tiny text-text-subtle">{note}</p>}
          {footer && (
            <div className="px-1.5 pt-0.5 pb-1">
              <Button
                ref={action}
                onPress={() => {
                  onClose();
                  footer.onAction();
                }}
                onKeyDown={(event) => {
                  if (event.key === 'ArrowUp' || (event.key === 'Tab' && event.shiftKey)) {
                    event.preventDefault();
                    input.current?.focus();
                  } else if (event.key === 'Tab') {
                    event.preventDefault();
                    onClose();
                  } else event.continuePropagation();
                }}
                className="flex h-10 w-full items-center gap-2.5 rounded-item px-2.5 text-left font-medium text-link hover:bg-surface-hover focus-visible:-outline-offset-2 max-md:h-12"
              >
                {footer.icon ?? <Plus size={18} aria-hidden />}
                {footer.label}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}

/**
 * Esc closes without change; Down from the last option and Tab lead to the footer; the list keeps the rest. The
 * last option that is there is not the end while more are to come.
 */
function leaveList(
  event: KeyboardEvent,
  input: { current: HTMLInputElement | null },
  action: { current: HTMLButtonElement | null },
  onClose: () => void,
  hasMore: boolean,
) {
  if (event.nativeEvent.isComposing) return;
  const take = (act: () => void) => {
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  if (event.key === 'Escape') take(onClose);
  else if (event.key === 'Tab')
    take(event.shiftKey || !action.current ? onClose : () => action.current?.focus());
  else if (event.key === 'ArrowDown' && action.current && !hasMore && isAtEnd(input.current))
    take(() => action.current?.focus());
}

/** Whether the active option is the last one that can be chosen, or there is none at all. */
function isAtEnd(input: HTMLInputElement | null): boolean {
  const list = document.getElementById(input?.getAttribute('aria-controls') ?? '');
  const options = list ? [...list.querySelectorAll('[role=option]:not([aria-disabled=true])')] : [];
  const last = options.at(-1);
  return !last || last.id === input?.getAttribute('aria-activedescendant');
}
