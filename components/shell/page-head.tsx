import { clsx } from 'clsx';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { SettingsDrawerButton } from './settings-drawer.tsx';

export interface PageHeadProps {
  title: string;
  /** Link to the page above. */
  back?: { href: string; label: string };
  /** An AppTile. */
  tile?: ReactNode;
  /** Beside the title, e.g. a Tag. */
  titleExtra?: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Short facts in one line, divided by dots. */
  facts?: readonly { id: string; content: ReactNode }[];
  actions?: ReactNode;
  /** PageTabs. */
  tabs?: ReactNode;
  /** The actions end where a body of 1140 px does. */
  isNarrow?: boolean;
}

/** The head of a page: where it belongs, its name, its facts, its actions, its tabs. */
export function PageHead(props: PageHeadProps) {
  const { title, back, tile, titleExtra, description, facts, actions, tabs, isNarrow } = props;
  return (
    <div className="border-line border-b px-10 pt-5.5 max-md:px-4 max-md:pt-3">
      {back && (
        <div className="flex min-h-5 items-center gap-2.5 max-md:min-h-8">
          <SettingsDrawerButton />
          <Link
            href={back.href}
            className="touch-target relative -ml-1 inline-flex items-center gap-1 rounded-control text-small font-medium"
          >
            <ChevronLeft size={14} strokeWidth={2.25} aria-hidden />
            {back.label}
          </Link>
        </div>
      )}
      <div
        className={clsx(
          'flex flex-wrap gap-x-3.5 gap-y-3',
          tile || facts ? 'items-center' : 'items-start',
          back && 'mt-2.5',
          !tabs && 'pb-5',
          isNarrow && 'max-w-[1060px]',
        )}
      >
        {!back && <SettingsDrawerButton />}
        {tile}
        <div className="min-w-0 flex-1 basis-52">
          <div className="flex flex-wrap items-center gap-x-2.5">
            <h1 tabIndex={-1} className="min-w-0 text-h1 break-words outline-none">
              {title}
            </h1>
            {titleExtra}
          </div>
          {description && <div className="mt-1 text-text-subtle">{description}</div>}
          {facts && facts.length > 0 && <Facts facts={facts} />}
        </div>
        {actions && <div className="flex gap-2 max-md:w-full max-md:*:flex-1 md:ml-auto">{actions}</div>}
      </div>
      {tabs && <div className="mt-4 max-md:mt-2">{tabs}</div>}
    </div>
  );
}

/** Facts in one line with dots between; on phones the dots give way to space. */
export function Facts({ facts }: { facts: NonNullable<PageHeadProps['facts']> }) {
  return (
    <div className="mt-[3px] flex flex-wrap items-center gap-x-2 text-small text-text-subtle tabular-nums max-md:gap-x-3">
      {facts.map((fact, index) => (
        <Fragment key={fact.id}>
          {index > 0 && (
            <span aria-hidden className="size-[3px] rounded-full bg-line-control max-md:hidden" />
          )}
          <span className="whitespace-nowrap max-md:whitespace-normal max-md:break-words">
            {fact.content}
          </span>
        </Fragment>
      ))}
    </div>
  );
}
