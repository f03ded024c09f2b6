import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface PageBodyProps {
  /** What stands above the columns. */
  top?: ReactNode;
  /** Main column; its children are stacked with 16 px between. */
  children: ReactNode;
  /** Cards of the second column: at the right from 1200 px, else below, two side by side. */
  aside?: ReactNode;
  /** The whole width instead of 1140 px, for tables. */
  isWide?: boolean;
  /** 32 instead of 16 px between the parts of the main column. */
  isSpacious?: boolean;
}

/** The body under a page head. */
export function PageBody({ top, children, aside, isWide, isSpacious }: PageBodyProps) {
  return (
    <div className={clsx('px-10 pt-5 pb-24 max-md:px-4 max-md:pt-4', !isWide && 'max-w-[1140px]')}>
      {top && <div className="mb-4 empty:hidden">{top}</div>}
      <div
        className={clsx('grid items-start gap-x-6 gap-y-4', aside && 'xl:grid-cols-[minmax(0,1fr)_296px]')}
      >
        <div className={clsx('grid min-w-0 grid-cols-[minmax(0,1fr)]', isSpacious ? 'gap-8' : 'gap-4')}>
          {children}
        </div>
        {aside && <div className="grid min-w-0 gap-4 md:max-xl:grid-cols-2">{aside}</div>}
      </div>
    </div>
  );
}
