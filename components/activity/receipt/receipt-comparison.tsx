'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { isOff } from '#lib/insight/rules.ts';
import type { Receipt } from '#lib/insight/schemas.ts';
import { useReceiptWords } from './use-receipt-words.ts';

const cell = 'px-6 py-3 max-md:px-4';

/** What was foreseen and what came, with the reasons that were counted. */
export function ReceiptComparison({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt.comparison');
  const format = useFormatter();
  const { short } = useReceiptWords();
  const calls = receipt.comparison.find(({ id }) => id === 'salesforceCalls');
  const numbers = calls && { forecast: format.number(calls.forecast), actual: format.number(calls.actual) };
  return (
    <section
      aria-labelledby="receipt-comparison"
      className="overflow-hidden rounded-card border border-line-card bg-surface print:break-inside-avoid"
    >
      <div className="px-6 py-5 max-md:px-4">
        <h2 id="receipt-comparison" className="text-h2">
          {t('title')}
        </h2>
        <p className="mt-1 text-small text-text-subtle">{t('text', { time: short(receipt.createdAt) })}</p>
        {calls && numbers && isOff(calls.forecast, calls.actual) && (
          <Alert tone="caution" className="mt-3">
            {t('off', numbers)}
          </Alert>
        )}
      </div>
      <table className="w-full border-collapse border-line border-t">
        <caption className="sr-only">{t('title')}</caption>
        <thead>
          <tr className="border-line border-b bg-surface-table text-right text-text-subtle text-th">
            <th scope="col" className={`${cell} text-left`}>
              <span className="sr-only">{t('what')}</span>
            </th>
            <th scope="col" className={`${cell} max-md:hidden`}>
              {t('forecast')}
            </th>
            <th scope="col" className={cell}>
              {t('actual')}
            </th>
            <th scope="col" className={cell}>
              {t('difference')}
            </th>
            <th scope="col" className={`${cell} text-left max-md:hidden`}>
              {t('because')}
            </th>
          </tr>
        </thead>
        <tbody className="font-light tabular-nums">
          {receipt.comparison.map((row) => (
            <tr key={row.id} className="border-line border-b last:border-b-0">
              <th scope="row" className={`${cell} text-left font-medium`}>
                {t(`rows.${row.id}`)}
              </th>
              <td className={`${cell} text-right max-md:hidden`}>{format.number(row.forecast)}</td>
              <td className={`${cell} text-right`}>{format.number(row.actual)}</td>
              <td className={`${cell} text-right font-medium`}>
                {format.number(row.actual - row.forecast, { signDisplay: 'exceptZero' })}
              </td>
              <td className={`${cell} text-text-subtle max-md:hidden`}>
                {row.because.map(({ reason, count }) => t(`reason.${reason}`, { count })).join(', ')}
              </td>
            </tr>
          ))}
          <Actual name={t('rows.hubspotCalls')} value={format.number(receipt.hubspotCalls)} />
          <Duration receipt={receipt} />
        </tbody>
      </table>
    </section>
  );
}

function Duration({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt');
  if (!receipt.startedAt || !receipt.finishedAt) return null;
  const seconds = Math.round((Date.parse(receipt.finishedAt) - Date.parse(receipt.startedAt)) / 1_000);
  const value = t('seconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  return <Actual name={t('comparison.rows.time')} value={value} />;
}

/** A row that nobody foresaw. */
function Actual({ name, value }: { name: string; value: string }) {
  return (
    <tr className="border-line border-b last:border-b-0">
      <th scope="row" className={`${cell} text-left font-medium`}>
        {name}
      </th>
      <td className={`${cell} text-right text-text-subtle max-md:hidden`}>–</td>
      <td className={`${cell} text-right`}>{value}</td>
      <td className={cell} />
      <td className={`${cell} max-md:hidden`} />
    </tr>
  );
}
