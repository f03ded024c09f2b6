'use client';

import { clsx } from 'clsx';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { lazyWhenIdle } from '../ui/lazy-when-idle.tsx';
import { OverlayTrigger } from '../ui/overlay-trigger.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { bestMatch, isWithin } from './paths.ts';

const DialogPopover = lazyWhenIdle(() =>
  import('../ui/dialog-popover.tsx').then((file) => file.DialogPopover),
);

export interface NavLink {
  href: string;
  label: string;
}

export interface NavGroup {
  id: string;
  label: string;
  /** 18 px. */
  icon: ReactNode;
  links: readonly NavLink[];
}

export interface RailProps {
  label: string;
  groups: readonly NavGroup[];
  currentPath: string;
  isExpanded: boolean;
  onExpandedChange: (isExpanded: boolean) => void;
  expandLabel: string;
  collapseLabel: string;
}

/** The vertical bar of icons; each opens a flyout with the links of its group. */
export function Rail(props: RailProps) {
  const { label, groups, currentPath, isExpanded, onExpandedChange, expandLabel, collapseLabel } = props;
  const toggleLabel = isExpanded ? collapseLabel : expandLabel;
  return (
    <nav
      aria-label={label}
      className={clsx(
        'on-shell fixed top-12 bottom-0 left-0 z-20 flex flex-col gap-1 bg-shell px-3 py-3 text-shell-text max-md:hidden',
        isExpanded ? 'w-58' : 'w-16',
      )}
    >
      {groups.map((group) => (
        <RailGroup key={group.id} group={group} currentPath={currentPath} isExpanded={isExpanded} />
      ))}
      <span className="flex-1" />
      <RailItem label={toggleLabel} isExpanded={isExpanded} onPress={() => onExpandedChange(!isExpanded)}>
        {isExpanded ? <PanelLeftClose size={18} aria-hidden /> : <PanelLeftOpen size={18} aria-hidden />}
      </RailItem>
    </nav>
  );
}

function RailItem(props: {
  label: string;
  isExpanded: boolean;
  isCurrent?: boolean;
  hasFlyout?: boolean;
  onPress?: () => void;
  children: ReactNode;
}) {
  const { label, isExpanded, isCurrent, onPress, children } = props;
  const button = (
    <Button
      aria-label={isExpanded ? undefined : label}
      aria-current={isCurrent ? 'true' : undefined}
      onPress={onPress}
      className={clsx(
        'flex h-10 items-center gap-3 rounded-card text-shell-text hover:bg-shell-hover aria-expanded:bg-shell-selected',
        isExpanded ? 'w-full px-3' : 'w-10 justify-center',
        isCurrent && 'bg-shell-selected',
      )}
    >
      {children}
      {isExpanded && <span className="truncate text-label">{label}</span>}
    </Button>
  );
  return isExpanded ? button : <Tooltip text={label}>{button}</Tooltip>;
}

function RailGroup({
  group,
  currentPath,
  isExpanded,
}: {
  group: NavGroup;
  currentPath: string;
  isExpanded: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const isCurrent = group.links.some((link) => isWithin(currentPath, link.href));
  return (
    <OverlayTrigger
      kind="dialog"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <RailItem label={group.label} isExpanded={isExpanded} isCurrent={isCurrent}>
          {group.icon}
        </RailItem>
      }
    >
      {(overlay) => (
        <DialogPopover
          {...overlay}
          label={group.label}
          placement="right top"
          offset={14}
          className="w-60"
          dialogClassName="p-1.5 outline-none"
        >
          <NavGroupLinks group={group} currentPath={currentPath} onGo={() => setOpen(false)} />
        </DialogPopover>
      )}
    </OverlayTrigger>
  );
}

/** Heading and links of one group, in the flyout and in the drawer. */
export function NavGroupLinks(props: {
  group: NavGroup;
  currentPath: string;
  onGo: () => void;
  isOnShell?: boolean;
}) {
  const { group, currentPath, onGo, isOnShell } = props;
  const headingId = useId();
  const current = bestMatch(
    currentPath,
    group.links.map((link) => link.href),
  );
  return (
    <>
      <h2
        id={headingId}
        className={clsx(
          'px-2.5 pt-2 pb-1 text-tiny font-semibold',
          isOnShell ? 'text-shell-text-subtle' : 'text-text-subtle',
        )}
      >
        {group.label}
      </h2>
      <ul aria-labelledby={headingId}>
        {group.links.map((link) => (
          <li key={link.href}>
            <Link
              href={link.href}
              onClick={onGo}
              aria-current={link.href === current ? 'page' : undefined}
              className={clsx(
                'flex min-h-9 items-center rounded-item px-2.5 font-light hover:no-underline max-md:min-h-12',
                isOnShell
                  ? 'text-shell-text hover:bg-shell-hover hover:text-shell-text aria-[current]:bg-shell-selected'
                  : 'text-text hover:bg-surface-hover hover:text-text aria-[current]:font-medium',
              )}
            >
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
