'use client';

import { ArrowLeft, ArrowRight, Check, Minus, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import { mappingsPath } from '#components/connections/app-identity.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { TableFrame } from '#components/ui/table-frame.tsx';
import type { FieldNext, FieldRow, Why } from '#lib/insight/schemas.ts';
import { useWhyWords } from './use-why-words.ts';

const moving: readonly FieldNext[] = ['hubspot', 'salesforce', 'fails'];
/** Longer values show only their beginning at first. */
const shownLetters = 120;

const icons: Record<FieldNext, ReactNode> = {
  hubspot: <ArrowRight size={16} className="text-accent" />,
  salesforce: <ArrowLeft size={16} className="text-accent" />,
  agreed: <Check size={16} className="text-positive" />,
  never: <Minus size={16} className="text-accent" />,
  stays: <Minus size={16} className="text-text-subtle" />,
  fails: <TriangleAlert size={16} className="text-danger" />,
  absent: <Minus size={16} className="text-text-subtle" />,
  none: null,
};

/** Each mapped field: both values, the rule, the last agreement, and who gives next. */
export function FieldsCard({ why, children }: { why: Why; children?: ReactNode }) {
  const t = useTranslations('contacts.fields');
  const words = useWhyWords();
  const headingId = useId();
  const [isOnly, setOnly] = useState(false);
  const name = words.nameOf(why);
  const rows = why.fields?.filter(({ next }) => !isOnly || moving.includes(next));
  const isOutside = why.list?.isMember === false;
  return (
    <section
      aria-labelledby={headingId}
      className="min-w-0 overflow-hidden rounded-card border border-line-card bg-surface"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-5 max-md:px-4 max-md:py-4">
        <h2 id={headingId} className="text-h2">
          {t('title')}
        </h2>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-text-subtle">
          {isOutside && <span>{t('holds', { name })}</span>}
          <Checkbox label={t('only')} isSelected={isOnly} onChange={setOnly} />
        </div>
      </div>
      {children}
      {rows && rows.length > 0 && (
        <Rows rows={rows} caption={t('caption', { name })} isLinked={why.link !== null} />
      )}
      {rows?.length === 0 && (
        <p className="border-line border-t px-6 py-4 text-text-subtle max-md:px-4">
          {isOnly ? t('noDifferences') : t('none')}
        </p>
      )}
    </section>
  );
}

function Rows({
  rows,
  caption,
  isLinked,
}: {
  rows: readonly FieldRow[];
  caption: string;
  isLinked: boolean;
}) {
  const t = useTranslations('contacts.fields');
  const head = 'px-4 py-2.5 text-left text-th first:pl-6 max-md:hidden';
  return (
    <TableFrame label={caption}>
      <table className="w-full table-fixed border-collapse border-line border-t max-md:block">
        <caption className="sr-only">{caption}</caption>
        <thead className="bg-surface-recessed max-md:hidden">
          <tr className="border-line border-b">
            {(['property', 'hubspot', 'salesforce', 'rule', 'agreed', 'next'] as const).map((id) => (
              <th key={id} scope="col" className={head}>
                {t(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {rows.map((row) => (
            <Row key={row.mappingId} row={row} isLinked={isLinked} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

const cell =
  'px-4 py-3 align-top font-normal text-left first:pl-6 break-words max-md:block max-md:px-4 max-md:py-1 max-md:first:pl-4';

function Row({ row, isLinked }: { row: FieldRow; isLinked: boolean }) {
  const t = useTranslations('contacts');
  const rules = useTranslations('mappings.rules');
  const words = useWhyWords();
  const errors = useActivityWords();
  const [isOpen, setOpen] = useState(false);
  const extra = isOpen ? '' : 'max-md:hidden';
  const { agreed } = row;
  const reason = row.code ? errors.shortError({ code: row.code, category: 'values' }) : '';
  return (
    <tr className="border-line border-b last:border-b-0 max-md:block max-md:py-2.5">
      <th scope="row" className={cell}>
        <span className="block font-medium">{row.label}</span>
        <span translate="no" className="block text-small text-text-subtle">
          {row.field}
        </span>
      </th>
      <td className={cell}>
        <Side label={t('fields.hubspot')} side={row.hubspot} />
      </td>
      <td className={cell}>
        <Side label={t('fields.salesforce')} side={row.salesforce} isLinked={isLinked} />
      </td>
      <td className={`${cell} ${extra} text-text-subtle`}>
        <Link href={mappingsPath} className="font-normal text-text-subtle">
          {rules(row.rule)}
        </Link>
      </td>
      <td className={`${cell} ${extra} text-text-subtle`}>
        {agreed ? (
          <>
            <span className="block">{agreed.isSame ? t('fields.same') : words.valueText(agreed)}</span>
            <span className="block text-small tabular-nums">{words.day(agreed.at)}</span>
          </>
        ) : (
          t('fields.never')
        )}
      </td>
      <td className={cell}>
        <span className="grid grid-cols-[16px_minmax(0,1fr)] gap-2">
          <span aria-hidden className="mt-0.5">
            {icons[row.next]}
          </span>
          <span className={row.next === 'fails' ? 'text-danger' : ''}>
            {t(`fields.nexts.${row.next}`, { reason })}
          </span>
        </span>
        <Button variant="link" className="md:hidden" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t('fields.details')}
        </Button>
      </td>
    </tr>
  );
}

function Side(props: { label: string; side: FieldRow['hubspot']; isLinked?: boolean }) {
  const { label, side, isLinked = true } = props;
  const t = useTranslations('contacts');
  const words = useWhyWords();
  const [isWhole, setWhole] = useState(false);
  const text = side?.value ?? '';
  const isCut = !isWhole && text.length > shownLetters;
  return (
    <>
      <span className="text-small text-text-subtle md:hidden">{label}: </span>
      {side === null ? (
        <span className="text-text-subtle">{isLinked ? t('fields.notRead') : '–'}</span>
      ) : side.isHidden ? (
        <span className="text-text-subtle">{t('hidden')}</span>
      ) : text === '' ? (
        <span className={side.changedAt ? 'bg-highlight' : 'text-text-subtle'}>{t('fields.blank')}</span>
      ) : (
        <span className={side.changedAt ? 'bg-highlight' : ''}>
          {isCut ? `${text.slice(0, shownLetters)}…` : text}
        </span>
      )}
      {isCut && (
        <Button variant="link" onPress={() => setWhole(true)}>
          {t('fields.showAll')}
        </Button>
      )}
      {side?.changedAt && (
        <span className="block text-small text-text-subtle tabular-nums">{words.when(side.changedAt)}</span>
      )}
    </>
  );
}
