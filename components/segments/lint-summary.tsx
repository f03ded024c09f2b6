'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { alertColours, alertIcons } from '#components/ui/alert.tsx';
import { lintTones, type ShownLint } from './lint-line.tsx';

/** Everything that is open, before the segment is saved. */
export function LintSummary({ lints }: { lints: readonly ShownLint[] }) {
  const t = useTranslations('segmentLint');
  if (lints.length === 0) return null;
  const isStopped = lints.some(({ lint }) => lint.level === 'stop');
  return (
    <section aria-labelledby="lint-summary">
      <h3 id="lint-summary" className="text-label">
        {t('review.title', { count: lints.length })}
      </h3>
      {isStopped && (
        <p role="alert" className="mt-1 text-small text-danger">
          {t('review.stop')}
        </p>
      )}
      <ul className="mt-1.5 grid gap-1.5">
        {lints.map(({ lint, sentence }) => {
          const tone = lintTones[lint.level];
          const Icon = alertIcons[tone];
          return (
            <li key={lint.key} className="flex items-start gap-2 text-small">
              <Icon
                size={15}
                aria-label={t(`levels.${lint.level}`)}
                className={clsx('mt-0.5 shrink-0', alertColours[tone].icon)}
              />
              <span className="min-w-0 break-words">
                {lint.path.group !== null && (
                  <span className="text-text-subtle">
                    {t('review.group', { number: lint.path.group + 1 })}:{' '}
                  </span>
                )}
                {sentence}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
