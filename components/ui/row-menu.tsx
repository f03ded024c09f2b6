'use client';

import { Ellipsis } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import { Menu, type MenuProps } from './menu.tsx';

/** What can be done with one row of a table; nothing where nothing can. */
export function RowMenu({ label, items }: Pick<MenuProps, 'label' | 'items'>) {
  if (items.length === 0) return null;
  return (
    <Menu
      label={label}
      items={items}
      trigger={<IconButton label={label} icon={<Ellipsis size={16} aria-hidden />} hasTooltip={false} />}
    />
  );
}
