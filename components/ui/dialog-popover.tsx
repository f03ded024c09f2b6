'use client';

import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import type { PopoverProps } from 'react-aria-components/Popover';
import type { OverlayProps } from './overlay-trigger.tsx';
import { Popover } from './popover.tsx';

export interface DialogPopoverProps
  extends Omit<OverlayProps, 'autoFocus'>,
    Pick<PopoverProps, 'placement' | 'offset'> {
  /** Name of the dialog. */
  label: string;
  className: string;
  dialogClassName: string;
  children: ReactNode;
}

/** A dialog that floats beside its button. */
export function DialogPopover(props: DialogPopoverProps) {
  const { label, dialogClassName, children, ...popover } = props;
  return (
    <Popover {...popover}>
      <Dialog aria-label={label} className={dialogClassName}>
        {children}
      </Dialog>
    </Popover>
  );
}
