'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Tag } from '#components/ui/tag.tsx';
import { exportHref } from '#lib/activity/queries.ts';
import type { Receipt } from '#lib/insight/schemas.ts';
import { useReceiptWords } from './use-receipt-words.ts';

type Row = Receipt['notSynced'][number];
const cell = 'px-6 py-3 max-md:px-4 align-top';
const tones = { failed: 'danger', partial: 'danger', skipped: 'caution' } as const;

/** Who was not synced, by reason, and what to do about it. */
export function ReceiptNotSynced({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt');
  const format = useFormatter();
  const { notSynced, counts } = receipt;
  if (notSynced.length === 0) return null;
  const people = counts.failed + counts.partial + counts.skipped;
  return (
    <section
      aria-labelledby="receipt-not-synced"
      className="overflow-hidden rounded-card border border-line-card bg-surface"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-6 py-5 max-md:px-4">
        <h2 id="receipt-not-synced" className="mr-auto text-h2">
          {t('notSynced.title')}
        </h2>
        <span className="text-small text-text-subtle tabular-nums">
          {t('notSynced.count', {
            people,
            peopleNumber: format.number(people),
            reasons: notSynced.length,
          })}
        </span>
        <a
          href={exportHref({ run: receipt.id, period: 'all' })}
          download
          className="inline-flex min-h-6 items-center gap-1.5 font-medium text-small print:hidden"
        >
          <Download size={14} aria-hidden />
          {t('notSynced.csv')}
        </a>
      </div>
      <table className="w-full border-collapse border-line border-t">
        <caption className="sr-only">{t('notSynced.title')}</caption>
        <thead>
          <tr className="border-line border-b bg-surface-table text-left text-text-subtle text-th">
            <th scope="col" className={`${cell} max-md:hidden`}>
              {t('notSynced.outcome')}
            </th>
            <th scope="col" className={cell}>
              {t('notSynced.reason')}
            </th>
            <th scope="col" className={`${cell} text-right`}>
              {t('notSynced.people')}
            </th>
            <th scope="col" className={`${cell} max-md:hidden`}>
              {t('notSynced.what')}
            </th>
          </tr>
        </thead>
        <tbody>
          {notSynced.map((row) => (
            <ReasonRow
              key={[row.kind, row.reason, row.code, row.field, row.to].join()}
              row={row}
              id={receipt.id}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ReasonRow({ row, id }: { row: Row; id: string }) {
  const t = useTranslations('receipt');
  const format = useFormatter();
  const words = useReceiptWords();
  const only =
    row.kind === 'skipped' ? `&reason=${row.reason}` : `&code=${encodeURIComponent(row.code ?? '')}`;
  const result = row.kind === 'partial' ? '' : `&result=${row.kind.toUpperCase()}`;
  const see = (
    <Link
      href={`/sync-activity?run=${id}&period=all${result}${only}`}
      className="inline-block min-h-6 font-medium text-small print:hidden"
    >
      {t('notSynced.see')}
    </Link>
  );
  const tag = <Tag tone={tones[row.kind]}>{t(`result.${row.kind}`)}</Tag>;
  return (
    <tr className="border-line border-b last:border-b-0">
      <td className={`${cell} max-md:hidden`}>{tag}</td>
      <th scope="row" className={`${cell} break-words text-left font-normal`}>
        <span className="mb-1 block md:hidden">{tag}</span>
        {words.reason(row)}
        <span className="block md:hidden">{see}</span>
      </th>
      <td className={`${cell} text-right font-light tabular-nums`}>{format.number(row.people)}</td>
      <td className={`${cell} max-w-72 font-light text-small text-text-subtle max-md:hidden`}>
        {row.kind !== 'skipped' && <span className="block">{words.cure(row)}</span>}
        {see}
      </td>
    </tr>
  );
}
