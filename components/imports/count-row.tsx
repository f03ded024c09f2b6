'use client';

import { ChevronRight, type LucideIcon } from 'lucide-react';
import { useFormatter } from 'next-intl';

export interface CountRowProps {
  icon: LucideIcon;
  count: number;
  label: string;
  detail?: string;
  /** Opens the people behind the number. */
  onOpen: () => void;
}

const frame =
  'grid min-h-14 w-full grid-cols-[20px_minmax(64px,auto)_minmax(0,1fr)_16px] items-center gap-x-3 px-4 py-2.5 text-left';

/** One number of people with its words. Nobody is nothing to open. */
export function CountRow({ icon: Icon, count, label, detail, onOpen }: CountRowProps) {
  const format = useFormatter();
  const content = (
    <>
      <Icon size={18} aria-hidden className="text-text-subtle" />
      <span className="text-right text-label tabular-nums">{format.number(count)}</span>
      <span className="min-w-0">
        <span className="block hyphens-auto break-words">{label}</span>
        {detail && (
          <span className="block hyphens-auto break-words text-small text-text-subtle">{detail}</span>
        )}
      </span>
    </>
  );
  return (
    <li className="border-line border-b last:border-b-0">
      {count === 0 ? (
        <div className={`${frame} text-text-subtle`}>{content}</div>
      ) : (
        <button
          type="button"
          onClick={onOpen}
          className={`${frame} cursor-pointer hover:bg-surface-hover focus-visible:-outline-offset-2`}
        >
          {content}
          <ChevronRight size={16} aria-hidden className="text-text-subtle" />
        </button>
      )}
    </li>
  );
}
