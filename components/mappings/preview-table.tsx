'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { Effect, MappingPreview } from '#lib/mappings/schemas.ts';

type Rule = keyof MappingPreview['counts'];

const head = 'h-9 px-3 text-left text-th text-text-subtle';
const cell = 'px-3 py-2 align-top break-words';

/** What a rule does to a few people: both values now, and after a sync. */
export function PreviewTable({ preview, rule }: { preview: MappingPreview; rule: Rule }) {
  const t = useTranslations('mappings.panel');
  if (preview.people.length === 0) return <p className="text-text-subtle">{t('nobody')}</p>;
  return (
    <div className="overflow-hidden rounded-card border border-line-card">
      <table className="w-full table-fixed border-collapse text-small">
        <caption className="sr-only">{t('preview', { count: preview.people.length })}</caption>
        <thead>
          <tr className="border-line border-b bg-surface-table">
            {(['previewContact', 'previewHubspot', 'previewSalesforce', 'previewAfter'] as const).map(
              (key) => (
                <th key={key} scope="col" className={head}>
                  {t(key)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {preview.people.map(({ contactId, name, hubspot, salesforce, after }) => (
            <tr key={contactId} className="border-line border-b last:border-b-0">
              <th scope="row" className={clsx(cell, 'text-left font-light')}>
                {name}
              </th>
              <td className={cell}>
                <Value value={hubspot} />
              </td>
              <td className={cell}>
                <Value value={salesforce} />
              </td>
              <After effect={after[rule]} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ value }: { value: string | null }) {
  const t = useTranslations('mappings.panel');
  return value === null || value === '' ? (
    <span className="text-text-subtle">{t('blank')}</span>
  ) : (
    <span className="line-clamp-3">{value}</span>
  );
}

function After({ effect }: { effect: Effect }) {
  const t = useTranslations('mappings.panel');
  if (effect.to === null) return <td className={clsx(cell, 'text-text-subtle')}>{t('noChange')}</td>;
  if (effect.isRefused) {
    return (
      <td className={clsx(cell, 'bg-caution-soft text-caution')}>
        {t('refused', { value: effect.value ?? '' })}
      </td>
    );
  }
  return (
    <td className={clsx(cell, 'bg-accent-soft')}>
      {effect.value === null
        ? t('emptied')
        : t.rich('onBothSides', { text: effect.value, value: (text) => <b>{text}</b> })}
    </td>
  );
}

/** How many would change in all, reckoned from those looked at. */
export function PreviewCounts({ preview, rule }: { preview: MappingPreview; rule: Rule }) {
  const t = useTranslations('mappings.panel');
  const { sampled, linked, counts } = preview;
  if (linked === 0 || sampled === 0) return null;
  const inAll = (count: number) => Math.round((count * linked) / sampled);
  const { toHubspot, toSalesforce, refused } = counts[rule];
  const isWhole = sampled >= linked;
  const values = { hubspot: inAll(toHubspot), salesforce: inAll(toSalesforce), linked };
  const refusedInAll = { count: inAll(refused) };
  return (
    <p role="status" className="mt-2 text-small text-text-subtle tabular-nums">
      {isWhole ? t('estimate', values) : t('estimateAbout', values)}{' '}
      {refused > 0 && (isWhole ? t('refusedCount', refusedInAll) : t('refusedCountAbout', refusedInAll))}
    </p>
  );
}
