'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Meter } from '#components/ui/meter.tsx';
import type { FilterSize } from '#lib/segments/schemas.ts';

/** What is known of the sizes: being counted anew, being read, all there, or not to be had. */
export type CountState = 'updating' | 'reading' | 'done' | 'failed';

export interface FilterNumbersProps {
  id: string;
  size: FilterSize | null;
  /** All contacts of the account. */
  of: number;
  state: CountState;
  /** The filter in words, for the button's name. */
  filter: string;
  onMisses: () => void;
}

/** Under a filter: how many meet it alone, and how many miss only it. */
export function FilterNumbers(props: FilterNumbersProps) {
  const { id, size, of, state, filter, onMisses } = props;
  const t = useTranslations('segmentLint.sizes');
  const match = size?.match ?? null;
  const missOnly = size?.missOnly ?? 0;
  const words = wordsFor(size, state);
  if (match === null && words === null) return null;
  const percent = match !== null && of > 0 ? (100 * match) / of : 0;
  return (
    <div
      id={id}
      className={clsx(
        'mt-1 flex min-h-6 flex-wrap items-center gap-x-2.5 text-small text-text-subtle tabular-nums',
        state === 'updating' && 'text-text-disabled **:text-text-disabled',
      )}
    >
      {match === null ? (
        words && <span>{t(words)}</span>
      ) : (
        <>
          <span>{t('match', { count: match })}</span>
          <Meter
            label={t('share', { percent: Math.round(percent) })}
            percent={percent}
            className="h-1! w-24 max-md:hidden"
          />
          {state === 'updating' && <span>{t('updating')}</span>}
          {missOnly > 0 && state !== 'updating' && (
            <button
              type="button"
              onClick={onMisses}
              aria-label={t('missName', { count: missOnly, filter })}
              className="touch-target relative z-10 ml-auto inline-flex items-center gap-0.5 rounded-item text-link hover:underline"
            >
              {t('missOnly', { count: missOnly })}
              <ChevronRight size={14} aria-hidden />
            </button>
          )}
        </>
      )}
    </div>
  );
}

/** While everybody is being read the line stays empty: there is no number yet. */
function wordsFor(size: FilterSize | null, state: CountState): 'onlyHubSpot' | 'notCounted' | null {
  if (size?.isOnlyHubSpot) return 'onlyHubSpot';
  return state === 'failed' || (state === 'done' && size !== null) ? 'notCounted' : null;
}
