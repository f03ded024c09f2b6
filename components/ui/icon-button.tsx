'use client';

import { clsx } from 'clsx';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps
  extends Pick<
    AriaButtonProps,
    | 'onPress'
    | 'isDisabled'
    | 'slot'
    | 'id'
    | 'aria-expanded'
    | 'aria-controls'
    | 'aria-haspopup'
    | 'aria-pressed'
  > {
  /** The name, and the tooltip unless `hasTooltip` is false. */
  label: string;
  icon: ReactNode;
  /** 32 (default) or 28 px square. */
  size?: 'medium' | 'small';
  isOnShell?: boolean;
  hasTooltip?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with an icon alone; its name is always there for screen readers. */
export function IconButton(props: IconButtonProps) {
  const { label, icon, size = 'medium', isOnShell, hasTooltip = true, className, ...aria } = props;
  const button = (
    <AriaButton
      {...aria}
      aria-label={label}
      className={clsx(
        'touch-target relative inline-grid shrink-0 place-items-center rounded-item transition-colors',
        size === 'medium' ? 'size-8' : 'size-7',
        isOnShell
          ? 'text-shell-text hover:bg-shell-hover aria-expanded:bg-shell-selected'
          : 'text-text-subtle hover:bg-surface-hover hover:text-text active:bg-surface-selected aria-expanded:bg-surface-hover aria-expanded:text-text data-disabled:text-text-disabled',
        className,
      )}
    >
      {icon}
    </AriaButton>
  );
  return hasTooltip ? <Tooltip text={label}>{button}</Tooltip> : button;
}
