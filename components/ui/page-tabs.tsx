import { clsx } from 'clsx';
import Link from 'next/link';

export interface TabLink {
  href: string;
  label: string;
  /** Number in a pill, and what it counts ("7 errors"). */
  count?: { text: string; label: string; tone?: 'danger' | 'neutral' };
}

export interface PageTabsProps {
  /** Name of the navigation: "Salesforce settings". */
  label: string;
  tabs: readonly TabLink[];
  /** `href` of the current tab. */
  current: string;
}

/** Tabs of a page, each with its own address. They scroll sideways when there is no room. */
export function PageTabs({ label, tabs, current }: PageTabsProps) {
  return (
    <nav
      aria-label={label}
      className="-mb-px overflow-x-auto overflow-y-hidden [scrollbar-width:none] max-md:-mx-4 max-md:px-4"
    >
      <ul className="flex gap-8 max-md:gap-6">
        {tabs.map((tab) => (
          <li key={tab.href} className="shrink-0">
            <TabAnchor tab={tab} isCurrent={tab.href === current} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TabAnchor({ tab, isCurrent }: { tab: TabLink; isCurrent: boolean }) {
  return (
    <Link
      href={tab.href}
      aria-current={isCurrent ? 'page' : undefined}
      className={clsx(
        'flex h-11.5 items-center gap-2 border-b-3 pt-[3px] hover:text-text hover:no-underline focus-visible:-outline-offset-2',
        isCurrent
          ? 'border-text font-semibold text-text'
          : 'border-transparent font-normal text-text-subtle hover:border-line-card',
      )}
    >
      {tab.label}
      {tab.count && (
        <span
          className={clsx(
            'min-w-[18px] rounded-full px-[5px] text-center text-hint',
            tab.count.tone === 'neutral' ? 'bg-surface-selected text-text' : 'bg-danger-soft text-danger',
          )}
        >
          <span aria-hidden>{tab.count.text}</span>
          <span className="sr-only">{tab.count.label}</span>
        </span>
      )}
    </Link>
  );
}
