'use client';

import { clsx } from 'clsx';
import { CircleHelp, Plus, Settings } from 'lucide-react';
import Link from 'next/link';
import { Button } from 'react-aria-components/Button';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, type MenuAction } from '../ui/menu.tsx';
import { AccountMenu, type AccountMenuProps } from './account-menu.tsx';
import { CommandSearch, type CommandSearchProps } from './command-search.tsx';
import { Mark } from './mark.tsx';
import { NotificationsButton, type NotificationsProps } from './notifications-button.tsx';

export interface TopBarProps {
  home: { href: string; label: string };
  /** Name of the mark below 768 px, where it opens the navigation: "Open navigation". */
  openNavigationLabel: string;
  onOpenNavigation: () => void;
  search?: CommandSearchProps;
  create?: { label: string; items: readonly MenuAction[] };
  help?: { label: string; items: readonly MenuAction[] };
  settings?: { label: string; href: string; isCurrent: boolean };
  notifications?: NotificationsProps;
  account: AccountMenuProps;
}

/** The dark bar at the top. What is not passed in is not shown. */
export function TopBar(props: TopBarProps) {
  const { search, create, help, settings, notifications, account } = props;
  return (
    <header className="on-shell fixed inset-x-0 top-0 z-30 flex h-12 items-center bg-shell text-shell-text">
      <HomeMark {...props} />
      {search && <CommandSearch {...search} />}
      {create && create.items.length > 0 && (
        <span className="ml-2.5 max-md:hidden">
          <Menu
            label={create.label}
            items={create.items}
            align="start"
            trigger={
              <IconButton
                label={create.label}
                icon={<Plus size={16} aria-hidden />}
                isOnShell
                className="size-[30px]! rounded-full! border border-shell-line"
              />
            }
          />
        </span>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1 pr-3 max-md:gap-0 max-md:pr-2 max-md:pl-1">
        {help && help.items.length > 0 && (
          <Menu
            label={help.label}
            items={help.items}
            trigger={<IconButton label={help.label} icon={<CircleHelp size={18} aria-hidden />} isOnShell />}
          />
        )}
        {settings && <SettingsLink {...settings} />}
        {notifications && <NotificationsButton {...notifications} />}
        <span aria-hidden className="mx-2 h-6 w-px bg-shell-line max-md:hidden" />
        <AccountMenu {...account} />
      </div>
    </header>
  );
}

function HomeMark({ home, openNavigationLabel, onOpenNavigation }: TopBarProps) {
  const look = 'grid h-12 shrink-0 place-items-center rounded-card focus-visible:-outline-offset-4';
  return (
    <>
      <Link href={home.href} aria-label={home.label} className={clsx(look, 'w-16 max-md:hidden')}>
        <Mark />
      </Link>
      <Button
        aria-label={openNavigationLabel}
        onPress={onOpenNavigation}
        className={clsx(look, 'w-13 md:hidden')}
      >
        <Mark />
      </Button>
    </>
  );
}

function SettingsLink({ label, href, isCurrent }: NonNullable<TopBarProps['settings']>) {
  return (
    <Link
      href={href}
      aria-label={label}
      title={label}
      aria-current={isCurrent ? 'true' : undefined}
      className="touch-target relative grid size-8 place-items-center rounded-item text-shell-text hover:bg-shell-hover hover:text-shell-text aria-[current]:bg-shell-selected"
    >
      <Settings size={18} aria-hidden />
    </Link>
  );
}
