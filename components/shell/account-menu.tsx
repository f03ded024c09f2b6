'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Avatar } from '../ui/avatar.tsx';
import { lazyWhenIdle } from '../ui/lazy-when-idle.tsx';
import type { MenuAction, MenuGroup } from '../ui/menu.tsx';
import { OverlayTrigger } from '../ui/overlay-trigger.tsx';
import { Tag } from '../ui/tag.tsx';

const MenuPopover = lazyWhenIdle(() => import('../ui/menu-popover.tsx').then((file) => file.MenuPopover));

export interface AccountMenuProps {
  /** "Account menu"; the account's name follows it in the button's name. */
  label: string;
  userName: string;
  email: string;
  accountName: string;
  /** Under the account's name in the menu: "Account 24781935". */
  accountDetail: string;
  /** A word beside the account's name, e.g. "Simulated". */
  tag?: string;
  language: { label: string; value: string; options: readonly { id: string; name: string }[] };
  onLanguage: (id: string) => void;
  /** Pages of the user, if any. */
  items: readonly MenuAction[];
  signOut: { label: string; onAction: () => void };
}

/** Who is logged in where; language and sign out. */
export function AccountMenu(props: AccountMenuProps) {
  return (
    <OverlayTrigger kind="menu" trigger={<Trigger {...props} />}>
      {(overlay) => (
        <MenuPopover
          {...overlay}
          label={props.label}
          groups={toGroups(props)}
          align="end"
          head={<Who {...props} />}
          className="w-70"
        />
      )}
    </OverlayTrigger>
  );
}

function Trigger({ label, userName, accountName, tag }: AccountMenuProps) {
  return (
    <Button className="touch-target relative flex h-9 min-w-0 items-center gap-2 rounded-item pr-2 pl-1 font-normal text-shell-text hover:bg-shell-hover aria-expanded:bg-shell-selected max-md:px-1">
      <Avatar name={userName} size={26} />
      <span className="sr-only">{label}, </span>
      <span className="truncate max-md:sr-only">{accountName}</span>
      {tag && (
        <Tag tone="onShell" className="max-md:hidden">
          {tag}
        </Tag>
      )}
      <ChevronDown size={14} strokeWidth={2.25} aria-hidden className="shrink-0 max-md:hidden" />
    </Button>
  );
}

function Who({ userName, email, accountName, accountDetail, tag }: AccountMenuProps) {
  return (
    <>
      <div className="flex items-center gap-3 border-line border-b px-4 py-3">
        <Avatar name={userName} size={40} />
        <div className="min-w-0">
          <p className="truncate font-medium">{userName}</p>
          <p className="truncate text-small text-text-subtle">{email}</p>
        </div>
      </div>
      <div className="flex items-center gap-2 border-line border-b px-4 py-3">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{accountName}</p>
          <p className="truncate text-small text-text-subtle">{accountDetail}</p>
        </div>
        {tag && <Tag tone="caution">{tag}</Tag>}
      </div>
    </>
  );
}

function toGroups({ language, onLanguage, items, signOut }: AccountMenuProps): MenuGroup[] {
  const languages: MenuAction[] = language.options.map((option) => ({
    id: `language-${option.id}`,
    label: option.name,
    lang: option.id,
    icon: option.id === language.value ? <Check size={16} /> : <span className="block size-4" />,
    onAction: () => onLanguage(option.id),
  }));
  return [
    { id: 'language', title: language.label, selectedId: `language-${language.value}`, items: languages },
    { id: 'items', items },
    { id: 'session', items: [{ id: 'sign-out', label: signOut.label, onAction: signOut.onAction }] },
  ].filter((group) => group.items.length > 0);
}
