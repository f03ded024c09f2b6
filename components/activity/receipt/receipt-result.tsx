'use client';

import { Check, CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { RunProgress } from '#components/activity/run-progress.tsx';
import { standOf } from '#lib/insight/rules.ts';
import type { Receipt } from '#lib/insight/schemas.ts';
import { isActive } from '#lib/sync/rules.ts';

const parts = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;
const colours: Record<(typeof parts)[number], string> = {
  created: 'bg-positive-line',
  updated: 'bg-accent-bar',
  unchanged: 'bg-line-control',
  skipped: 'bg-caution-line',
  failed: 'bg-danger-line',
};

/** What became of everybody: one sentence, one bar, five numbers that lead to their people. */
export function ReceiptResult({ receipt, now, title }: { receipt: Receipt; now: number; title: string }) {
  const t = useTranslations('receipt');
  const format = useFormatter();
  const { counts } = receipt;
  const { agreed, written, errors } = standOf(counts);
  const isOver = !isActive(receipt);
  const isNothing = isOver && written === 0 && errors === 0;
  const Icon = errors > 0 ? CircleAlert : Check;
  const words = (count: number) => ({ count, number: format.number(count) });
  return (
    <section
      aria-label={title}
      className="rounded-card border border-line-card bg-surface p-6 max-md:p-4 print:break-inside-avoid"
    >
      <div className="flex gap-4">
        <span
          aria-hidden
          className={`grid size-10 shrink-0 place-items-center rounded-full ${errors > 0 ? 'bg-danger-soft text-danger' : 'bg-positive-soft text-positive'}`}
        >
          <Icon size={20} />
        </span>
        <div className="min-w-0">
          <h2 className="text-h2-page">
            {isNothing ? t('nothing') : t('agree', words(agreed))}
            {errors > 0 && ` ${t('errors', words(errors))}`}
          </h2>
          {!isNothing && (
            <p className="mt-1 text-text-subtle tabular-nums">
              {t('detail', { written: format.number(written), unchanged: format.number(counts.unchanged) })}
              {errors > 0 && ` ${t('retried')}`}
            </p>
          )}
        </div>
      </div>
      {!isOver && (
        <div className="mt-4">
          <RunProgress run={receipt} now={now} label={title} />
        </div>
      )}
      {receipt.processed > 0 && <Bar counts={counts} />}
      <Counts receipt={receipt} />
    </section>
  );
}

function Bar({ counts }: { counts: Receipt['counts'] }) {
  const t = useTranslations('receipt');
  const format = useFormatter();
  const named = Object.fromEntries(parts.map((part) => [part, format.number(counts[part])]));
  return (
    <div
      role="img"
      aria-label={t('bar', named)}
      className="mt-5 flex h-2.5 gap-0.5 overflow-hidden rounded-full print:[print-color-adjust:exact]"
    >
      {parts
        .filter((part) => counts[part] > 0)
        .map((part) => (
          <span key={part} className={`min-w-[3px] ${colours[part]}`} style={{ flexGrow: counts[part] }} />
        ))}
    </div>
  );
}

function Counts({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt');
  const format = useFormatter();
  return (
    <ul className="mt-4 grid grid-cols-5 gap-x-2 gap-y-4 max-md:grid-cols-[repeat(auto-fit,minmax(5.75rem,1fr))]">
      {parts.map((part) => {
        const count = receipt.counts[part];
        const content = (
          <>
            <span className="block text-h2-page text-text tabular-nums">{format.number(count)}</span>
            <span className="flex items-center gap-1.5 font-light text-small text-text-subtle">
              <span aria-hidden className={`size-2 shrink-0 rounded-[2px] ${colours[part]}`} />
              {t(`result.${part}`)}
            </span>
          </>
        );
        const href = `/sync-activity?run=${receipt.id}&result=${part.toUpperCase()}&period=all`;
        return (
          <li key={part}>
            {count === 0 || receipt.isErased ? (
              content
            ) : (
              <Link href={href} className="block rounded-control hover:bg-surface-hover hover:no-underline">
                {content}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
