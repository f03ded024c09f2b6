'use client';

import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';

/** What every field has in common. */
export interface FieldChrome {
  label: string;
  /** The label stays for screen readers only. */
  isLabelHidden?: boolean;
  /** After the label in light type, e.g. "(optional)". */
  labelNote?: string;
  /** Beside the label, e.g. a SaveStatus. */
  labelExtra?: ReactNode;
  help?: ReactNode;
  /** A sentence; its presence makes the field invalid. */
  error?: ReactNode;
}

/** Frame of a one-line control: 40 px, or 36 px in toolbars. */
export function controlClass(options: { isCompact?: boolean; className?: string } = {}): string {
  return clsx(
    'flex w-full items-center gap-2 rounded-control border border-line-control bg-surface text-left text-body transition-colors',
    'hover:border-text-subtle data-disabled:border-line-card data-disabled:bg-disabled-fill data-disabled:text-text-disabled data-disabled:hover:border-line-card',
    'group-data-invalid:border-danger-line data-invalid:border-danger-line',
    options.isCompact ? 'h-9 px-2.5 max-md:h-11' : 'h-10 px-3 max-md:h-11',
    options.className,
  );
}

/** A field whose input carries the focus shows the ring around its frame. */
export const focusWithinClass =
  'has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-focus';

/** Label line of a field; `id` outside a field of React Aria, which names its own. */
export function FieldLabel(
  props: Pick<FieldChrome, 'label' | 'isLabelHidden' | 'labelNote' | 'labelExtra'> & { id?: string },
) {
  const { label, isLabelHidden, labelNote, labelExtra, id } = props;
  const own = id ? { id, elementType: 'span' } : {};
  if (isLabelHidden)
    return (
      <Label {...own} className="sr-only">
        {label}
      </Label>
    );
  return (
    <div className="mb-1.5 flex flex-wrap items-center gap-x-2.5">
      <Label {...own} className="text-label">
        {label}
        {labelNote && <span className="font-light text-text-subtle"> {labelNote}</span>}
      </Label>
      {labelExtra}
    </div>
  );
}

/** Help and error under a field; the error is announced when it appears. `ids` as of the label. */
export function FieldFoot({
  help,
  error,
  counter,
  ids,
}: Pick<FieldChrome, 'help' | 'error'> & { counter?: string; ids?: { help: string; error: string } }) {
  const sentence = (
    <>
      <CircleAlert size={16} aria-hidden className="mt-px shrink-0" />
      <span className="min-w-0">{error}</span>
    </>
  );
  return (
    <>
      {(counter || (help && !error)) && (
        <div className="mt-2 flex justify-between gap-4 text-small text-text-subtle">
          {help && !error ? <Description id={ids?.help}>{help}</Description> : <span />}
          {counter && <span className="tabular-nums">{counter}</span>}
        </div>
      )}
      <div role="alert">
        {error &&
          (ids ? (
            <div id={ids.error} className={errorClass}>
              {sentence}
            </div>
          ) : (
            <FieldError className={errorClass}>{sentence}</FieldError>
          ))}
      </div>
    </>
  );
}

const errorClass = 'mt-2 flex items-start gap-1.5 text-small text-danger';

function Description({ id, children }: { id: string | undefined; children: ReactNode }) {
  return id ? <span id={id}>{children}</span> : <Text slot="description">{children}</Text>;
}
