'use client';

import { type ReactElement, type ReactNode, type RefObject, Suspense, useRef, useState } from 'react';
import { ButtonContext } from 'react-aria-components/Button';

/** What the floating part hands on to its `Popover`. */
export interface OverlayProps {
  triggerRef: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Which option has the focus at first; true: the chosen one, or none after a press of the pointer. */
  autoFocus: true | 'first' | 'last';
}

export interface OverlayTriggerProps {
  kind: 'menu' | 'dialog' | 'listbox';
  /** A Button, IconButton or React Aria's Button. */
  trigger: ReactElement;
  /** The floating part: a component of `lazyWhenIdle`. */
  children: (overlay: OverlayProps) => ReactNode;
  /** Left out: it looks after itself. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

const pointers = new Set(['mouse', 'touch', 'pen']);

/**
 * A button and what floats beside it. The button works at once; the code of the floating part is no part of what a
 * page needs at first. Enter, Space and a press open it, Down and Up as well unless it is a dialog.
 */
export function OverlayTrigger({ kind, trigger, children, ...given }: OverlayTriggerProps) {
  const triggerRef = useRef<HTMLButtonElement>(null);
  const [isOwnOpen, setOwnOpen] = useState(false);
  const isOpen = given.isOpen ?? isOwnOpen;
  const [autoFocus, setAutoFocus] = useState<OverlayProps['autoFocus']>(true);
  const onOpenChange = (next: boolean) => {
    setOwnOpen(next);
    given.onOpenChange?.(next);
  };
  const open = (focus: OverlayProps['autoFocus']) => {
    setAutoFocus(focus);
    onOpenChange(true);
  };
  return (
    <>
      <ButtonContext
        value={{
          ref: triggerRef,
          'aria-haspopup': kind,
          'aria-expanded': isOpen,
          isPressed: isOpen,
          onPress: ({ pointerType }) => {
            if (isOpen) onOpenChange(false);
            else open(pointers.has(pointerType) ? true : 'first');
          },
          onKeyDown: (event) => {
            const isDown = event.key === 'ArrowDown';
            if (kind === 'dialog' || !(isDown || event.key === 'ArrowUp')) event.continuePropagation();
            else {
              event.preventDefault();
              open(isDown ? 'first' : 'last');
            }
          },
        }}
      >
        {trigger}
      </ButtonContext>
      <Suspense>{isOpen && children({ triggerRef, isOpen, onOpenChange, autoFocus })}</Suspense>
    </>
  );
}
