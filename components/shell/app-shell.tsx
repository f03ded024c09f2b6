'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { Drawer } from './drawer.tsx';
import { Mark } from './mark.tsx';
import { type NavGroup, NavGroupLinks, Rail } from './rail.tsx';
import { SkipLink } from './skip-link.tsx';
import { TopBar, type TopBarProps } from './top-bar.tsx';
import { useRemembered } from './use-remembered.ts';

export interface AppShellProps extends Omit<TopBarProps, 'onOpenNavigation'> {
  /** Path of the page shown; decides what is current. */
  currentPath: string;
  skipLabel: string;
  rail: {
    /** Name of the navigation: "Main". */
    label: string;
    groups: readonly NavGroup[];
    expandLabel: string;
    collapseLabel: string;
  };
  /** A SettingsLayout, or a Main. */
  children: ReactNode;
}

/** Top bar, rail and the white panel around every page. The panel scrolls, the shell never does. */
export function AppShell({ currentPath, skipLabel, rail, children, ...bar }: AppShellProps) {
  const [isExpanded, setExpanded] = useRemembered('rail-expanded');
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  return (
    <div className="fixed inset-0 overflow-hidden bg-shell">
      <SkipLink label={skipLabel} />
      <TopBar {...bar} onOpenNavigation={() => setDrawerOpen(true)} />
      <Rail {...rail} currentPath={currentPath} isExpanded={isExpanded} onExpandedChange={setExpanded} />
      <div
        className={clsx(
          'fixed top-12 right-0 bottom-0 left-0 flex overflow-hidden bg-surface md:rounded-tl-float',
          isExpanded ? 'md:left-58' : 'md:left-16',
        )}
      >
        {children}
      </div>
      <Drawer isOpen={isDrawerOpen} onClose={() => setDrawerOpen(false)} label={rail.label} isOnShell>
        <nav aria-label={rail.label} className="p-3">
          <Link
            href={bar.home.href}
            aria-label={bar.home.label}
            onClick={() => setDrawerOpen(false)}
            className="grid size-11 place-items-center"
          >
            <Mark />
          </Link>
          {rail.groups.map((group) => (
            <NavGroupLinks
              key={group.id}
              group={group}
              currentPath={currentPath}
              onGo={() => setDrawerOpen(false)}
              isOnShell
            />
          ))}
        </nav>
      </Drawer>
    </div>
  );
}
