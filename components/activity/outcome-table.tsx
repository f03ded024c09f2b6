'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import { useNarrow } from '#components/ui/use-narrow.ts';
import type { Outcome } from '#lib/activity/schemas.ts';
import { Flow } from './flow.tsx';
import { OutcomeDetail } from './outcome-detail.tsx';
import { useActivityWords } from './use-activity-words.ts';

export interface OutcomeTableProps {
  outcomes: readonly Outcome[];
  /** Ids of the rows that are open. */
  open: ReadonlySet<string>;
  onToggle: (id: string) => void;
  /** All rows are of the last 24 hours: the time alone is enough. */
  isRecent: boolean;
  /** Tries one person again; left out for those who may only look. */
  onRetry?: (id: string) => void;
  /** Whose trying again is under way. */
  retrying?: string;
  empty: ReactNode;
  foot?: ReactNode;
}

/** What became of whom, newest first; a row opens in place, under itself. */
export function OutcomeTable(props: OutcomeTableProps) {
  const { outcomes, open, onToggle, isRecent, onRetry, retrying, empty, foot } = props;
  const t = useTranslations('activity');
  const words = useActivityWords();
  const isNarrow = useNarrow('md');
  const column = (id: 'time' | 'direction' | 'change' | 'trigger', width: string) => ({
    id,
    header: t(`columns.${id}`),
    width,
    hideBelow: id === 'time' || (id === 'change' && isRecent) ? ('md' as const) : ('lg' as const),
  });
  const columns: TableColumn<Outcome>[] = [
    {
      id: 'details',
      header: t('columns.details'),
      width: '48px',
      isActions: true,
      cell: (row) => {
        const isOpen = open.has(row.id);
        const Chevron = isOpen ? ChevronDown : ChevronRight;
        return (
          <IconButton
            size="small"
            hasTooltip={false}
            aria-expanded={isOpen}
            label={t('details.open', { name: words.nameOf(row), time: words.time(row, isRecent) })}
            icon={<Chevron size={16} aria-hidden />}
            onPress={() => onToggle(row.id)}
          />
        );
      },
    },
    {
      ...column('time', isRecent ? '104px' : '150px'),
      cell: (row) => (
        <time dateTime={row.at} className="text-text-subtle tabular-nums">
          {words.time(row, isRecent)}
        </time>
      ),
    },
    {
      id: 'record',
      header: t('columns.record'),
      isRowHeader: true,
      cell: (row) => <Record outcome={row} isRecent={isRecent} />,
    },
    { ...column('direction', '206px'), cell: (row) => <Flow direction={row.direction} /> },
    { ...column('change', '172px'), widths: { tablet: '124px' }, cell: (row) => words.change(row) },
    { ...column('trigger', '112px'), cell: (row) => words.trigger(row.trigger) },
    {
      id: 'status',
      header: t('columns.status'),
      width: isNarrow ? '148px' : '238px',
      widths: { tablet: '160px' },
      cell: (row) => <Status outcome={row} />,
      isWrapped: true,
    },
  ];
  return (
    <Table
      caption={t('caption')}
      columns={columns}
      rows={outcomes}
      rowKey={({ id }) => id}
      detail={(row) =>
        open.has(row.id) ? (
          <OutcomeDetail
            outcome={row}
            isRetrying={retrying === row.id}
            {...(onRetry ? { onRetry: () => onRetry(row.id) } : {})}
          />
        ) : null
      }
      isTall
      empty={empty}
      foot={foot}
    />
  );
}

function Record({ outcome, isRecent }: { outcome: Outcome; isRecent: boolean }) {
  const words = useActivityWords();
  const name = words.nameOf(outcome);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span className="max-md:hidden">
        <Avatar name={name} />
      </span>
      <span className="min-w-0">
        {outcome.contactId ? (
          <Link href={`/contacts/${outcome.contactId}`} className="block truncate font-medium">
            {name}
          </Link>
        ) : (
          <span className="block truncate font-medium">{name}</span>
        )}
        <span className="block truncate text-small text-text-subtle max-md:hidden">{outcome.email}</span>
        <span className="block truncate text-small text-text-subtle tabular-nums md:hidden">
          {words.time(outcome, isRecent)} · {words.change(outcome)}
        </span>
      </span>
    </span>
  );
}

function Status({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('activity');
  const reason = useActivityWords().reason(outcome);
  const tones = { synced: 'positive', skipped: 'hollow', error: 'danger' } as const;
  return (
    <>
      <StatusDot tone={tones[outcome.status]} label={t(`status.${outcome.status}`)} />
      {reason && <span className="block pl-4 text-small text-text-subtle">{reason}</span>}
    </>
  );
}
