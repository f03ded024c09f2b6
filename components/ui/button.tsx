'use client';

import { clsx } from 'clsx';
import type { ReactNode, Ref } from 'react';
import { useId } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-style.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

export interface ButtonProps
  extends Pick<
    AriaButtonProps,
    | 'onPress'
    | 'type'
    | 'form'
    | 'autoFocus'
    | 'id'
    | 'slot'
    | 'aria-label'
    | 'aria-labelledby'
    | 'aria-describedby'
    | 'aria-haspopup'
    | 'aria-expanded'
    | 'aria-controls'
    | 'aria-pressed'
  > {
  children: ReactNode;
  /** Default `secondary`. */
  variant?: ButtonVariant;
  /** 40, 32 or 24 px high; default `large`. A `link` button has no height of its own. */
  size?: ButtonSize;
  /** 16 px icon before the label. */
  icon?: ReactNode;
  /** 14 px icon after the label, usually a chevron. */
  iconAfter?: ReactNode;
  isBusy?: boolean;
  /** Label while busy ("Saving…"). Its width is reserved from the start, so nothing jumps. */
  busyLabel?: string;
  isDisabled?: boolean;
  /** With `isDisabled`: the button stays focusable and tells this in a tooltip. */
  disabledReason?: string;
  isFullWidth?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button. While busy or disabled with a reason it keeps focus and ignores presses. */
export function Button(props: ButtonProps) {
  const { children, variant, size, icon, iconAfter, isBusy, busyLabel, ...rest } = props;
  const {
    isDisabled,
    disabledReason,
    isFullWidth,
    className,
    'aria-describedby': describedBy,
    ...aria
  } = rest;
  const reasonId = useId();
  const hasReason = Boolean(isDisabled && disabledReason);
  const button = (
    <AriaButton
      {...aria}
      isDisabled={isDisabled && !hasReason}
      isPending={isBusy || hasReason}
      aria-describedby={clsx(describedBy, hasReason && reasonId) || undefined}
      className={buttonClass({ variant, size, isDisabled, isFullWidth, className })}
    >
      <ButtonContent icon={icon} iconAfter={iconAfter} isBusy={isBusy} busyLabel={busyLabel}>
        {children}
      </ButtonContent>
    </AriaButton>
  );
  if (!hasReason) return button;
  return (
    <>
      <Tooltip text={disabledReason}>{button}</Tooltip>
      <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden>
    </>
  );
}

type ContentProps = Pick<ButtonProps, 'children' | 'icon' | 'iconAfter' | 'isBusy' | 'busyLabel'>;

/** The idle and the busy face lie in one grid cell, so the wider of the two decides the width. */
function ButtonContent({ children, icon, iconAfter, isBusy, busyLabel }: ContentProps) {
  const isFixed = busyLabel !== undefined;
  const idle = (
    <>
      {isBusy && !isFixed ? <Spinner /> : icon}
      {children}
      {iconAfter}
    </>
  );
  if (!isFixed) return idle;
  return (
    <span className="grid">
      <span className={clsx(faceClass, isBusy && 'invisible')}>{idle}</span>
      <span className={clsx(faceClass, !isBusy && 'invisible')}>
        <Spinner />
        {busyLabel}
      </span>
    </span>
  );
}

const faceClass = 'col-start-1 row-start-1 inline-flex items-center justify-center gap-2';
