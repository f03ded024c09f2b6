'use client';

import { type ReactNode, useMemo, useState } from 'react';
import { Drawer } from './drawer.tsx';
import { Main } from './main.tsx';
import { SettingsDrawerContext } from './settings-drawer.tsx';
import { SettingsNav, type SettingsNavProps } from './settings-nav.tsx';

export interface SettingsLayoutProps extends Omit<SettingsNavProps, 'onGo'> {
  /** Name of the button that opens the sidebar below 1100 px: "Settings menu". */
  openLabel: string;
  children: ReactNode;
}

/** Settings sidebar and page. Below 1100 px the sidebar is a drawer, opened from the page head. */
export function SettingsLayout({ openLabel, children, ...nav }: SettingsLayoutProps) {
  const [isOpen, setOpen] = useState(false);
  const drawer = useMemo(() => ({ label: openLabel, open: () => setOpen(true) }), [openLabel]);
  return (
    <SettingsDrawerContext value={drawer}>
      <div className="w-64 shrink-0 overflow-auto border-line border-r bg-surface-recessed max-lg:hidden">
        <SettingsNav {...nav} onGo={() => undefined} />
      </div>
      <Main path={nav.currentPath}>{children}</Main>
      <Drawer isOpen={isOpen} onClose={() => setOpen(false)} label={nav.title}>
        <SettingsNav {...nav} onGo={() => setOpen(false)} />
      </Drawer>
    </SettingsDrawerContext>
  );
}
