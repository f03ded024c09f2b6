'use client';

import { clsx } from 'clsx';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { SearchField, type SearchFieldProps } from './search-field.tsx';

export interface SearchBarProps
  extends Pick<
    SearchFieldProps,
    'label' | 'placeholder' | 'clearLabel' | 'value' | 'onChange' | 'className'
  > {
  /** The whole list as a file. */
  file: { label: string; href: string };
  /** Further filters. */
  children?: ReactNode;
}

/** What stands above a list in a panel: its search, the list as a file, filters. */
export function SearchBar({ file, children, className, ...search }: SearchBarProps) {
  return (
    <div className={clsx('flex flex-wrap gap-2', className)}>
      <SearchField {...search} className="min-w-44 flex-1" />
      <Button
        className="h-9! max-md:h-11!"
        icon={<Download size={14} aria-hidden />}
        onPress={() => window.location.assign(file.href)}
      >
        {file.label}
      </Button>
      {children}
    </div>
  );
}
