'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import type { FoundPerson } from '#lib/segments/schemas.ts';
import type { PassingTab } from './preview-tabs.tsx';

const rows = 10;
const shownValues = 8;

/** A value that keeps people out, and how many. */
export type BlockingValue = {
  key: string;
  /** As the reader knows it. */
  label: string;
  count: number;
  /** Leave out where the filter cannot be changed to let it in. */
  onAdd?: () => void;
};

export interface ClosestMissesProps {
  kind: 'misses' | PassingTab;
  people: readonly FoundPerson[];
  state: 'reading' | 'done' | 'failed';
  read: number;
  toRead: number;
  isIncomplete: boolean;
  /**
   * The one filter that is looked at, in words, with how many miss it (null: not known yet) and the values
   * that keep them out; null for all of them.
   */
  filter: { sentence: string; count: number | null; values: readonly BlockingValue[] } | null;
  onShowAll: () => void;
  onRetry: () => void;
  /** What a person misses, and the value that misses it. */
  missOf: (person: FoundPerson) => { filter: string; value: string };
}

/** The people behind the numbers: who misses only one filter, or leaves by time alone. */
export function ClosestMisses(props: ClosestMissesProps) {
  const { kind, people, state, read, toRead, isIncomplete, filter, onShowAll, onRetry } = props;
  const t = useTranslations('segmentLint.misses');
  const common = useTranslations('common');
  return (
    <div className="grid gap-3">
      {filter ? (
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <p>
            {filter.count === null
              ? filter.sentence
              : t('heading', { count: filter.count, filter: filter.sentence })}
          </p>
          <Button variant="link" onPress={onShowAll} className="text-small">
            {t('showAll')}
          </Button>
        </div>
      ) : (
        <p className="text-text-subtle">{t(`texts.${kind}`)}</p>
      )}
      {state === 'reading' && toRead > 0 && (
        <div>
          <ProgressBar label={t('readingLabel')} percent={(100 * read) / Math.max(1, toRead)} />
          <p className="mt-1.5 text-small text-text-subtle tabular-nums">
            {t('reading', { read, total: toRead })}
          </p>
        </div>
      )}
      {filter && filter.values.length > 0 && <Values values={filter.values} />}
      {isIncomplete && <Alert tone="caution">{t('incomplete')}</Alert>}
      {state === 'failed' ? (
        <RetryAlert title={t('error')} retryLabel={common('tryAgain')} onRetry={onRetry} />
      ) : state === 'reading' && people.length === 0 ? (
        <SkeletonTable label={common('loading')} rows={5} columns={4} />
      ) : (
        <People {...props} key={filter?.sentence ?? kind} />
      )}
    </div>
  );
}

function Values({ values }: { values: readonly BlockingValue[] }) {
  const t = useTranslations('segmentLint.misses');
  const hidden = values.length - shownValues;
  return (
    <ul aria-label={t('values')} className="flex flex-wrap gap-2">
      {values.slice(0, shownValues).map(({ key, label, count, onAdd }) => (
        <li
          key={key}
          className="flex min-h-8 items-center gap-2 rounded-item border border-line-card bg-surface py-1 pr-2 pl-3 text-small tabular-nums"
        >
          <span>{t('valueCount', { value: label, count })}</span>
          {onAdd && (
            <Button
              variant="link"
              onPress={onAdd}
              aria-label={t('addName', { value: label })}
              className="touch-target relative text-small"
            >
              {t('add')}
            </Button>
          )}
        </li>
      ))}
      {hidden > 0 && (
        <li className="self-center text-small text-text-subtle">{t('moreValues', { count: hidden })}</li>
      )}
    </ul>
  );
}

function People({ kind, people, missOf }: ClosestMissesProps) {
  const t = useTranslations('segmentLint.misses');
  const pageWords = usePageWords();
  const [page, setPage] = useState(1);
  const pageCount = Math.max(1, Math.ceil(people.length / rows));
  const from = (page - 1) * rows;
  const shown = people.slice(from, from + rows);
  const columns: TableColumn<FoundPerson>[] = [
    {
      id: 'name',
      header: t('name'),
      width: '26%',
      isRowHeader: true,
      cell: ({ id, name, email }) => {
        const text = name || email || t('unnamed', { id });
        return (
          <span className="flex min-w-0 items-center gap-2.5">
            <Avatar name={text} />
            <span className="truncate font-medium">{text}</span>
          </span>
        );
      },
    },
    {
      id: 'email',
      header: t('email'),
      width: '30%',
      ...(kind === 'misses' ? { hideBelow: 'md' as const } : {}),
      cell: ({ email }) => <span className="text-text-subtle">{email ?? '–'}</span>,
    },
  ];
  if (kind === 'misses') {
    columns.push(
      {
        id: 'misses',
        header: t('misses'),
        width: '22%',
        cell: (person) => missOf(person).filter,
        hideBelow: 'md',
      },
      { id: 'value', header: t('value'), width: '22%', cell: (person) => missOf(person).value },
    );
  }
  return (
    <Table
      caption={t(`captions.${kind}`)}
      columns={columns}
      rows={shown}
      rowKey={({ id }) => id}
      empty={<p className="px-4 py-6 text-text-subtle">{t(`nobody.${kind}`)}</p>}
      foot={
        people.length > 0 && (
          <Pagination
            label={t('pages')}
            summary={t('showing', { from: from + 1, to: from + shown.length, total: people.length })}
            page={page}
            pageCount={pageCount}
            onPage={setPage}
            {...pageWords}
          />
        )
      }
    />
  );
}
