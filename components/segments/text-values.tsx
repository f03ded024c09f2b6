'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ClipboardEvent, type KeyboardEvent, useId, useState } from 'react';

/** Several free texts as chips: Enter, comma or leaving the field adds one, Backspace removes the last. */
export function TextValues(props: {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  error?: string;
}) {
  const { label, values, onChange, error } = props;
  const t = useTranslations('segments.editor');
  const [typed, setTyped] = useState('');
  const errorId = useId();

  const add = (texts: readonly string[]) => {
    const added = texts.map((text) => text.trim()).filter((text) => text !== '' && !values.includes(text));
    if (added.length > 0) onChange([...values, ...new Set(added)]);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault();
      add([typed]);
    }
    if (event.key === 'Backspace' && typed === '' && values.length > 0) onChange(values.slice(0, -1));
  };
  // A pasted column of a table is one value a line.
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const lines = event.clipboardData.getData('text').split(/\r?\n/);
    if (lines.length < 2) return;
    event.preventDefault();
    add(lines);
  };

  return (
    <div>
      <div className="flex min-h-10 flex-wrap items-center gap-1 rounded-control border border-line-control bg-surface py-[5px] pr-2 pl-1.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus has-[input:focus-visible]:outline-offset-2">
        {values.map((value) => (
          <span
            key={value}
            className="inline-flex h-7 max-w-full items-center gap-0.5 rounded-control bg-accent-soft pr-0.5 pl-[9px] text-small font-normal"
          >
            <span className="truncate">{value}</span>
            <button
              type="button"
              aria-label={t('removeValue', { value })}
              onClick={() => onChange(values.filter((other) => other !== value))}
              className="touch-target relative grid size-[22px] shrink-0 place-items-center rounded-control text-accent hover:bg-surface"
            >
              <X size={14} aria-hidden />
            </button>
          </span>
        ))}
        <input
          aria-label={label}
          aria-invalid={error !== undefined}
          aria-describedby={error ? errorId : undefined}
          value={typed}
          placeholder={values.length === 0 ? t('typeValue') : undefined}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => add([typed])}
          className="h-7 min-w-24 flex-1 bg-transparent px-1.5 outline-none"
        />
      </div>
      <div role="alert">
        {error && (
          <p id={errorId} className="mt-2 text-small text-danger">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
