import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** 96 px line drawing; see `empty-art.tsx`. */
  art?: ReactNode;
  title: string;
  children?: ReactNode;
  /** One primary button, or a pair. */
  actions?: ReactNode;
}

/** What stands where content will be. */
export function EmptyState({ art, title, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-4 py-10 text-center">
      {art && (
        <div aria-hidden className="mb-4 text-line-control">
          {art}
        </div>
      )}
      <h2 className="text-h2 text-balance">{title}</h2>
      {children && <div className="mt-1.5 max-w-[52ch] text-balance text-text-subtle">{children}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
