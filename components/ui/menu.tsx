'use client';

import type { ReactElement, ReactNode } from 'react';
import { lazyWhenIdle } from './lazy-when-idle.tsx';
import { OverlayTrigger } from './overlay-trigger.tsx';

const MenuPopover = lazyWhenIdle(() => import('./menu-popover.tsx').then((file) => file.MenuPopover));

export interface MenuAction {
  id: string;
  label: string;
  /** 16 px. */
  icon?: ReactNode;
  /** Second line, e.g. the reason of `isDisabled`. */
  description?: string;
  /** Shown last, after a rule, in red. */
  isDangerous?: boolean;
  isDisabled?: boolean;
  onAction?: () => void;
  /** The item is a link. */
  href?: string;
  /** Language of the label, where it is not the page's. */
  lang?: string;
}

export interface MenuGroup {
  id: string;
  title?: string;
  /** Makes the group a choice of one; the id of the chosen item. */
  selectedId?: string;
  items: readonly MenuAction[];
}

export interface MenuProps {
  /** The button that opens it: Button or IconButton. */
  trigger: ReactElement;
  /** Name of the menu. */
  label: string;
  items: readonly MenuAction[] | readonly MenuGroup[];
  align?: 'start' | 'end';
}

/** A menu of actions or links under a button. */
export function Menu({ trigger, label, items, align = 'end' }: MenuProps) {
  return (
    <OverlayTrigger kind="menu" trigger={trigger}>
      {(overlay) => <MenuPopover {...overlay} label={label} groups={toGroups(items)} align={align} />}
    </OverlayTrigger>
  );
}

/** Dangerous items go last, in a group of their own. */
function toGroups(items: MenuProps['items']): readonly MenuGroup[] {
  if (isGrouped(items)) return items;
  const safe = items.filter((item) => !item.isDangerous);
  const dangerous = items.filter((item) => item.isDangerous);
  return [
    { id: 'safe', items: safe },
    { id: 'dangerous', items: dangerous },
  ].filter((group) => group.items.length > 0);
}

function isGrouped(items: MenuProps['items']): items is readonly MenuGroup[] {
  const first = items[0];
  return first !== undefined && 'items' in first;
}
