'use client';

import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { controlClass, focusWithinClass } from './field.tsx';

export interface SearchFieldProps {
  /** Name of the field; also its placeholder unless that is given. */
  label: string;
  placeholder?: string;
  /** Name of the button that empties the field. */
  clearLabel: string;
  value: string;
  onChange: (value: string) => void;
  /** 32 px (sidebar); the default is 36 px, for toolbars. */
  isSmall?: boolean;
  className?: string;
}

/** A search field for lists and toolbars. Esc empties it. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder = label, clearLabel, value, onChange, isSmall, className } = props;
  const input = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || value === '') return;
    // What lies around it stays open.
    event.preventDefault();
    event.stopPropagation();
    onChange('');
  };
  return (
    <div className={clsx('min-w-0', className)}>
      <div
        className={clsx(
          controlClass({ isCompact: !isSmall, className: isSmall ? 'h-8! max-md:h-11!' : undefined }),
          focusWithinClass,
          value === '' ? 'pr-2.5!' : 'pr-1!',
        )}
      >
        <Search size={isSmall ? 14 : 16} aria-hidden className="shrink-0" />
        <input
          ref={input}
          type="search"
          aria-label={label}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        {value !== '' && (
          <button
            type="button"
            aria-label={clearLabel}
            // Esc does the same; the keyboard need not stop here.
            tabIndex={-1}
            onClick={() => {
              onChange('');
              input.current?.focus();
            }}
            className="touch-target relative grid size-6 shrink-0 place-items-center rounded-control text-text-subtle hover:bg-surface-hover hover:text-text"
          >
            <X size={14} aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
}
