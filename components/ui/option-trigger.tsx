'use client';

import type { ReactElement } from 'react';
import { lazyWhenIdle } from './lazy-when-idle.tsx';
import { OverlayTrigger } from './overlay-trigger.tsx';
import type { SelectOption } from './select.tsx';

const OptionPopover = lazyWhenIdle(() => import('./option-list.tsx').then((file) => file.OptionPopover));

export interface OptionTriggerProps {
  trigger: ReactElement;
  /** Name of the list. */
  label: string;
  options: readonly SelectOption[];
  value: string | null;
  onChange: (id: string) => void;
  /** How wide the list is. */
  className: string;
}

/** A button that opens a list of options under it. */
export function OptionTrigger({ trigger, ...list }: OptionTriggerProps) {
  return (
    <OverlayTrigger kind="listbox" trigger={trigger}>
      {(overlay) => <OptionPopover {...overlay} {...list} />}
    </OverlayTrigger>
  );
}
