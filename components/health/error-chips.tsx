'use client';

import { clsx } from 'clsx';
import { useFormatter, useTranslations } from 'next-intl';
import { type ErrorText, errorTextOf } from '#lib/crm/errors.ts';
import type { Health } from '#lib/insight/schemas.ts';

type Category = Health['errors']['categories'][number];
export type ErrorKind = { text: ErrorText; codes: string[]; records: number };

/** Codes that say the same to a person are one kind. */
export function kindsOf({ category, codes }: Category): ErrorKind[] {
  const kinds = new Map<ErrorText, ErrorKind>();
  for (const { code, records } of codes) {
    const text = errorTextOf(code, category);
    const kind = kinds.get(text) ?? { text, codes: [], records: 0 };
    kinds.set(text, { text, codes: [...kind.codes, code], records: kind.records + records });
  }
  return [...kinds.values()].sort((a, b) => b.records - a.records);
}

export interface ErrorChipsProps {
  label: string;
  all: number;
  kinds: readonly ErrorKind[];
  chosen: ErrorText | null;
  onChoose: (kind: ErrorKind | null) => void;
}

/** One button per kind of error with its number of records. */
export function ErrorChips({ label, all, kinds, chosen, onChoose }: ErrorChipsProps) {
  const t = useTranslations('health.panel');
  const errors = useTranslations('syncErrors');
  return (
    <fieldset className="my-4 flex flex-wrap gap-1.5">
      <legend className="sr-only">{label}</legend>
      <Chip name={t('all')} count={all} isOn={chosen === null} onPress={() => onChoose(null)} />
      {kinds.map((kind) => (
        <Chip
          key={kind.text}
          name={errors(`short.${kind.text}`)}
          count={kind.records}
          isOn={chosen === kind.text}
          onPress={() => onChoose(kind)}
        />
      ))}
    </fieldset>
  );
}

function Chip(props: { name: string; count: number; isOn: boolean; onPress: () => void }) {
  const format = useFormatter();
  return (
    <button
      type="button"
      aria-pressed={props.isOn}
      onClick={props.onPress}
      className={clsx(
        'touch-target relative inline-flex min-h-8 items-center gap-1.5 rounded-full border px-3 text-left text-small',
        props.isOn
          ? 'border-accent bg-accent-soft font-medium text-accent'
          : 'border-line-control hover:bg-surface-hover',
      )}
    >
      {props.name}
      <span className="text-tiny tabular-nums">{format.number(props.count)}</span>
    </button>
  );
}
