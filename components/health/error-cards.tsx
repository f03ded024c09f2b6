import { ChevronRight } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { Health } from '#lib/insight/schemas.ts';

export type ErrorCategoryId = Health['errors']['categories'][number]['category'];

export interface ErrorCardsProps {
  categories: Health['errors']['categories'];
  onOpen: (category: ErrorCategoryId) => void;
}

/** One card per category, the whole card a button; those without errors are quiet. */
export function ErrorCards({ categories, onOpen }: ErrorCardsProps) {
  const t = useTranslations('health');
  const format = useFormatter();
  return (
    <ul className="grid grid-cols-5 gap-3 max-xl:grid-cols-3 max-md:grid-cols-1 max-md:gap-2">
      {categories.map(({ category, errors, records }) => {
        const isQuiet = errors === 0;
        const subtle = isQuiet ? 'font-light text-text-subtle' : '';
        return (
          <li key={category} className="grid">
            <button
              type="button"
              onClick={() => onOpen(category)}
              className="flex min-h-31.5 flex-col rounded-card border border-line-card bg-surface px-4 pt-3.5 pb-4 text-left hover:border-line-control hover:bg-surface-table max-md:min-h-0 max-md:flex-row max-md:items-center max-md:gap-3"
            >
              <span
                className={`flex min-h-10 items-start justify-between gap-1.5 font-medium max-md:min-h-0 max-md:flex-1 max-md:flex-row-reverse max-md:items-center max-md:justify-end ${subtle}`}
              >
                {t(`categories.${category}.name`)}
                <ChevronRight size={16} aria-hidden className="mt-0.5 shrink-0 text-text-subtle" />
              </span>
              <span className="max-md:text-right">
                <span className="mt-1 block font-light text-small tabular-nums max-md:mt-0">
                  {t.rich('errorsCount', {
                    count: errors,
                    n: (figure) => (
                      <span className={`mr-1 text-figure-card max-md:text-h2-page ${subtle}`}>{figure}</span>
                    ),
                  })}
                </span>
                {!isQuiet && (
                  <span className="block font-light text-small text-text-subtle tabular-nums">
                    {t('records', { count: records, number: format.number(records) })}
                  </span>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
