'use client';

import { clsx } from 'clsx';
import { ChevronDown, CircleAlert } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type Ref, Suspense, useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { controlClass } from './field.tsx';
import { lazyWhenIdle } from './lazy-when-idle.tsx';
import { OverlayTrigger } from './overlay-trigger.tsx';
import type { SelectPopoverBodyProps } from './select-popover-body.tsx';
import { Spinner } from './spinner.tsx';
import { useRehearsal } from './use-rehearsal.ts';

const SelectPopoverBody = lazyWhenIdle(() =>
  import('./select-popover-body.tsx').then((file) => file.SelectPopoverBody),
);
const DialogPopover = lazyWhenIdle(() => import('./dialog-popover.tsx').then((file) => file.DialogPopover));

export interface SelectPopoverProps
  extends Omit<SelectPopoverBodyProps, 'query' | 'onQuery' | 'onClose' | 'isRehearsal'> {
  /** Label of the field; with the value it names the button: "Inclusion List, Customers". */
  label: string;
  isLabelHidden?: boolean;
  /** Beside the label, e.g. a SaveStatus. */
  labelExtra?: ReactNode;
  /** Text of the closed field: the name of what is chosen. */
  valueText: string;
  isPlaceholder?: boolean;
  /** Name of the dialog: "Choose an Inclusion List". */
  dialogLabel: string;
  help?: ReactNode;
  /** A sentence, perhaps with a link button; its presence makes the field invalid. */
  error?: ReactNode;
  isDisabled?: boolean;
  /** A save runs: `aria-busy`, and nothing opens. */
  isBusy?: boolean;
  /** What was typed, as it is typed; empty when the menu opens or closes. Ask a server after a pause. */
  onQuery?: (query: string) => void;
  onOpenChange?: (isOpen: boolean) => void;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/**
 * A field that opens a menu with search, options in sections and a footer action. Down, Up, Enter, Space and
 * every letter open it; a letter is searched at once. Below 768 px the menu is a sheet.
 */
export function SelectPopover(props: SelectPopoverProps) {
  const { label, valueText, isPlaceholder, dialogLabel, help, error, isDisabled, isBusy, className, ref } =
    props;
  const { onQuery, onOpenChange, isLabelHidden, labelExtra, ...body } = props;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const isRehearsing = useRehearsal('select-popover') && !isOpen;
  const search = (text: string) => {
    setQuery(text);
    onQuery?.(text);
  };
  const change = (open: boolean, firstLetter = '') => {
    if (open && isBusy) return;
    search(open ? firstLetter : '');
    setOpen(open);
    onOpenChange?.(open);
  };
  const describedBy = clsx(help && `${id}-help`, error && `${id}-error`) || undefined;
  return (
    <div className={clsx('group min-w-0', className)} data-invalid={error ? true : undefined}>
      <FieldTop id={id} label={label} isLabelHidden={isLabelHidden} labelExtra={labelExtra} />
      <OverlayTrigger
        kind="dialog"
        isOpen={isOpen}
        onOpenChange={change}
        trigger={
          <div aria-busy={isBusy || undefined} onKeyDownCapture={openingKeys(isOpen || isDisabled, change)}>
            <Button
              ref={ref}
              aria-label={`${label}, ${valueText}`}
              aria-describedby={describedBy}
              isDisabled={isDisabled}
              isPending={isBusy}
              className={clsx(controlClass(), triggerClass)}
            >
              <span className={clsx('min-w-0 flex-1 truncate', isPlaceholder && 'text-text-subtle')}>
                {valueText}
              </span>
              {isBusy ? <Spinner /> : <ChevronDown size={16} aria-hidden className="shrink-0" />}
            </Button>
          </div>
        }
      >
        {(overlay) => (
          <DialogPopover
            {...overlay}
            label={dialogLabel}
            placement="bottom start"
            className="w-(--trigger-width)"
            dialogClassName="flex max-h-[inherit] min-h-0 flex-col outline-none"
          >
            <Suspense>
              <SelectPopoverBody {...body} query={query} onQuery={search} onClose={() => change(false)} />
            </Suspense>
          </DialogPopover>
        )}
      </OverlayTrigger>
      <Suspense>
        {isRehearsing && (
          <div hidden>
            <SelectPopoverBody {...body} isRehearsal query="" onQuery={ignore} onClose={ignore} />
          </div>
        )}
      </Suspense>
      <FieldBottom id={id} help={help} error={error} />
    </div>
  );
}

const ignore = () => undefined;

const triggerClass =
  'aria-expanded:border-line-strong aria-expanded:shadow-[0_0_0_1px_var(--line-strong)] data-pending:border-line-card data-pending:bg-disabled-fill data-pending:text-text-disabled';

/** Keys of the closed field beyond Enter and Space, which press the button anyway. */
function openingKeys(isIdle: boolean | undefined, change: (open: boolean, firstLetter?: string) => void) {
  return (event: KeyboardEvent) => {
    if (isIdle || event.ctrlKey || event.metaKey || event.altKey) return;
    const isLetter = event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key);
    if (!isLetter && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    change(true, isLetter ? event.key : '');
  };
}

function FieldTop(props: { id: string; label: string; isLabelHidden?: boolean; labelExtra?: ReactNode }) {
  if (props.isLabelHidden) return null;
  return (
    <div className="mb-1.5 flex flex-wrap items-center gap-x-2.5">
      <span className="text-label">{props.label}</span>
      {props.labelExtra}
    </div>
  );
}

function FieldBottom({ id, help, error }: { id: string; help?: ReactNode; error?: ReactNode }) {
  return (
    <>
      {help && (
        <div id={`${id}-help`} className="mt-2 text-small text-text-subtle">
          {help}
        </div>
      )}
      <div role="alert">
        {error && (
          <div id={`${id}-error`} className="mt-2 flex items-start gap-1.5 text-small text-danger">
            <CircleAlert size={16} aria-hidden className="mt-px shrink-0" />
            <span className="min-w-0">{error}</span>
          </div>
        )}
      </div>
    </>
  );
}
