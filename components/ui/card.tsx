import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useId } from 'react';

export interface CardProps {
  title: ReactNode;
  /** One or two sentences under the title. */
  description?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** The smaller form for the aside column. */
  isAside?: boolean;
  children?: ReactNode;
  className?: string;
  id?: string;
}

/** A section of a page with its heading; named by it for screen readers. */
export function Card({ title, description, actions, isAside, children, className, id }: CardProps) {
  const headingId = useId();
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className={clsx(
        'min-w-0 rounded-card border border-line-card bg-surface max-md:p-4',
        isAside ? 'p-5' : 'p-6',
        className,
      )}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h2 id={headingId} className={isAside ? 'text-h3' : 'text-h2'}>
          {title}
        </h2>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {description && <div className="mt-1.5 max-w-[62ch] text-text-subtle">{description}</div>}
      {children}
    </section>
  );
}

/** A part of a page without a frame: heading, tools at the right, content below. */
export function PageSection(props: Omit<CardProps, 'isAside'>) {
  const { title, description, actions, children, className, id } = props;
  const headingId = useId();
  return (
    <section id={id} aria-labelledby={headingId} className={clsx('min-w-0', className)}>
      <div className="mb-3 flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0">
          <h2 id={headingId} className="text-h2">
            {title}
          </h2>
          {description && <p className="text-small text-text-subtle">{description}</p>}
        </div>
        {actions && (
          <div className="flex flex-wrap items-center gap-2 md:ml-auto max-md:w-full">{actions}</div>
        )}
      </div>
      {children}
    </section>
  );
}
