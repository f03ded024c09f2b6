'use client';

import { clsx } from 'clsx';
import { Popover as AriaPopover, type PopoverProps as AriaProps } from 'react-aria-components/Popover';

/** The floating surface of menus: 6 px below its trigger; below 768 px a sheet at the bottom. */
export function Popover({ className, ...props }: Omit<AriaProps, 'className'> & { className?: string }) {
  return (
    <AriaPopover
      offset={6}
      containerPadding={12}
      {...props}
      className={clsx(
        'floating z-20 flex flex-col overflow-hidden outline-none transition-[opacity,translate] duration-[160ms]',
        // No way out is animated: focus returns to the trigger at once, and no key is lost.
        'data-entering:translate-y-1 data-entering:opacity-0',
        className,
      )}
    />
  );
}
