import type { ReactNode } from 'react';

/** Terms at the left, values at the right, in a framed box. */
export function DefinitionList({ items }: { items: readonly { term: string; value: ReactNode }[] }) {
  return (
    <dl className="rounded-card border border-line-card">
      {items.map((item) => (
        <div
          key={item.term}
          className="grid grid-cols-[minmax(96px,30%)_minmax(0,1fr)] gap-3 border-line border-b px-3.5 py-2.5 last:border-b-0"
        >
          <dt className="text-text-subtle">{item.term}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
