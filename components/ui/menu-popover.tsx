'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Header } from 'react-aria-components/Header';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
} from 'react-aria-components/Menu';
import { Separator } from 'react-aria-components/Separator';
import type { MenuAction, MenuGroup } from './menu.tsx';
import type { OverlayProps } from './overlay-trigger.tsx';
import { Popover } from './popover.tsx';

export interface MenuPopoverProps extends OverlayProps {
  label: string;
  groups: readonly MenuGroup[];
  align: 'start' | 'end';
  /** Above the items. */
  head?: ReactNode;
  className?: string;
}

/** What floats under the button of a menu. */
export function MenuPopover({
  label,
  groups,
  align,
  head,
  className,
  autoFocus,
  ...overlay
}: MenuPopoverProps) {
  return (
    <Popover
      {...overlay}
      aria-label={label}
      placement={align === 'end' ? 'bottom end' : 'bottom start'}
      className={className ?? 'min-w-[200px]'}
    >
      {head}
      <AriaMenu
        aria-label={label}
        autoFocus={autoFocus}
        onClose={() => overlay.onOpenChange(false)}
        className="min-h-0 overflow-auto p-1.5 outline-none"
      >
        {groups.map((group, index) => (
          <MenuPart key={group.id} group={group} hasRule={index > 0} />
        ))}
      </AriaMenu>
    </Popover>
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
