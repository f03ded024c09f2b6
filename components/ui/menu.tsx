'use client';

import { clsx } from 'clsx';
import type { ReactElement, ReactNode } from 'react';
import { Header } from 'react-aria-components/Header';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
} from 'react-aria-components/Menu';
import { Separator } from 'react-aria-components/Separator';
import { Popover } from './popover.tsx';

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
    <MenuTrigger>
      {trigger}
      <Popover placement={align === 'end' ? 'bottom end' : 'bottom start'} className="min-w-[200px]">
        <MenuList label={label} groups={toGroups(items)} />
      </Popover>
    </MenuTrigger>
  );
}

/** The items alone, for other floating surfaces. */
export function MenuList({ label, groups }: { label: string; groups: readonly MenuGroup[] }) {
  return (
    <AriaMenu aria-label={label} className="min-h-0 overflow-auto p-1.5 outline-none">
      {groups.map((group, index) => (
        <MenuPart key={group.id} group={group} hasRule={index > 0} />
      ))}
    </AriaMenu>
  );
}

function MenuPart({ group, hasRule }: { group: MenuGroup; hasRule: boolean }) {
  return (
    <>
      {hasRule && <Separator className="my-1.5 h-px bg-line" />}
      <AriaMenuSection
        selectionMode={group.selectedId === undefined ? 'none' : 'single'}
        selectedKeys={group.selectedId === undefined ? [] : [group.selectedId]}
        disallowEmptySelection
      >
        {group.title && (
          <Header className="px-2.5 pt-2 pb-1 text-tiny font-semibold text-text-subtle">{group.title}</Header>
        )}
        {group.items.map((item) => (
          <MenuEntry key={item.id} item={item} />
        ))}
      </AriaMenuSection>
    </>
  );
}

function MenuEntry({ item }: { item: MenuAction }) {
  return (
    <AriaMenuItem
      id={item.id}
      textValue={item.label}
      href={item.href}
      isDisabled={item.isDisabled}
      onAction={item.onAction}
      className={clsx(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-item px-2.5 py-1.5 font-light outline-none hover:no-underline max-md:min-h-12',
        'data-focused:bg-surface-hover data-disabled:cursor-not-allowed data-disabled:text-text-disabled',
        item.isDangerous ? 'text-danger hover:text-danger' : 'text-text hover:text-text',
      )}
    >
      {item.icon && (
        <span aria-hidden className={clsx('shrink-0', !item.isDangerous && 'text-text-subtle')}>
          {item.icon}
        </span>
      )}
      <span className="min-w-0" lang={item.lang}>
        {item.label}
        {item.description && <span className="block text-tiny text-text-subtle">{item.description}</span>}
      </span>
    </AriaMenuItem>
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
