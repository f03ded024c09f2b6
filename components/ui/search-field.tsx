'use client';

import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import {
  type SearchFieldProps as AriaProps,
  SearchField as AriaSearchField,
} from 'react-aria-components/SearchField';
import { controlClass, focusWithinClass } from './field.tsx';

export interface SearchFieldProps
  extends Pick<AriaProps, 'value' | 'defaultValue' | 'onChange' | 'onSubmit' | 'isDisabled' | 'autoFocus'> {
  /** Name of the field; also its placeholder unless that is given. */
  label: string;
  placeholder?: string;
  /** Name of the button that empties the field. */
  clearLabel: string;
  /** 32 px (sidebar); the default is 36 px, for toolbars. */
  isSmall?: boolean;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A search field for lists and toolbars. Esc empties it. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder = label, clearLabel, isSmall, className, ref, ...aria } = props;
  return (
    <AriaSearchField {...aria} aria-label={label} className={clsx('group min-w-0', className)}>
      <div
        className={clsx(
          controlClass({ isCompact: !isSmall, className: isSmall ? 'h-8! max-md:h-11!' : undefined }),
          focusWithinClass,

          'pr-1! group-data-empty:pr-2.5!',
        )}
      >
        <Search size={isSmall ? 14 : 16} aria-hidden className="shrink-0" />
        <Input
          ref={ref}
          placeholder={placeholder}
          className="min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        <Button
          aria-label={clearLabel}
          className="touch-target relative grid size-6 shrink-0 place-items-center rounded-control text-text-subtle hover:bg-surface-hover hover:text-text group-data-empty:hidden"
        >
          <X size={14} aria-hidden />
        </Button>
      </div>
    </AriaSearchField>
  );
}
