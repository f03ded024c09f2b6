import { clsx } from 'clsx';
import Link from 'next/link';

export interface SubTabLink {
  href: string;
  label: string;
  /** Shorter words below 768 px; the name stays `label`. */
  shortLabel?: string;
}

/** A segmented control of links: parts of one page tab. */
export function SubTabs(props: { label: string; tabs: readonly SubTabLink[]; current: string }) {
  const { label, tabs, current } = props;
  return (
    <nav aria-label={label} className="max-md:w-full md:inline-block">
      <ul className="flex gap-0.5 rounded-card bg-surface-hover p-[3px]">
        {tabs.map((tab) => (
          <li key={tab.href} className="max-md:flex-1">
            <Link
              href={tab.href}
              aria-current={tab.href === current ? 'page' : undefined}
              aria-label={tab.shortLabel ? tab.label : undefined}
              className={clsx(
                'touch-target relative flex h-8 items-center justify-center whitespace-nowrap rounded-item px-3.5 hover:text-text hover:no-underline max-md:px-2 max-md:text-small',
                tab.href === current
                  ? 'bg-surface font-medium text-text shadow-100'
                  : 'font-normal text-text-subtle',
              )}
            >
              {tab.shortLabel ? (
                <>
                  <span className="max-md:hidden">{tab.label}</span>
                  <span className="md:hidden">{tab.shortLabel}</span>
                </>
              ) : (
                tab.label
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
