'use client';

import { ExternalLink, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Flow } from '#components/activity/flow.tsx';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import type { Change, Outcome } from '#lib/activity/schemas.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { ErrorCategoryId } from './error-cards.tsx';

export interface ErrorTableProps {
  caption: string;
  category: ErrorCategoryId;
  /** Codes that are asked for; null: all of the category. */
  codes: readonly string[] | null;
  outcomes: readonly Outcome[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** Tries the selected people again; left out for those who may only look. */
  onRetry?: () => void;
  isRetrying: boolean;
  empty: ReactNode;
  foot?: ReactNode;
}

/** Who has an error, which one in words, in which direction, since when. */
export function ErrorTable(props: ErrorTableProps) {
  const t = useTranslations('health.panel');
  const activity = useTranslations('activity');
  const words = useActivityWords();
  const times = useTimes();
  const columns: TableColumn<Outcome>[] = [
    {
      id: 'record',
      header: activity('columns.record'),
      isRowHeader: true,
      width: '25%',
      isWrapped: true,
      cell: (row) => <Record outcome={row} />,
    },
    { id: 'error', header: t('error'), isWrapped: true, cell: (row) => <Errors outcome={row} {...props} /> },
    {
      id: 'direction',
      header: activity('columns.direction'),
      width: '104px',
      hideBelow: 'md',
      cell: (row) => <Flow direction={row.direction} isShort />,
    },
    {
      id: 'tried',
      header: t('tried'),
      width: '92px',
      isWrapped: true,
      hideBelow: 'md',
      cell: ({ at }) => <RelativeTime text={times.ago(at)} exact={times.exact(at)} dateTime={at} />,
    },
  ];
  return (
    <Table
      caption={props.caption}
      columns={columns}
      rows={props.outcomes}
      rowKey={({ id }) => id}
      isTall
      selection={{
        selected: props.selected,
        onChange: props.onSelect,
        allLabel: t('selectAll'),
        rowLabel: (row) => t('select', { name: words.nameOf(row) }),
        bulkBar: <BulkBar {...props} />,
      }}
      empty={props.empty}
      foot={props.foot}
    />
  );
}

function BulkBar({ outcomes, selected, onRetry, isRetrying }: ErrorTableProps) {
  const t = useTranslations('health.panel');
  const chosen = outcomes.filter(({ id }) => selected.has(id));
  const [only] = chosen;
  return (
    <>
      <span className="mr-auto font-medium whitespace-nowrap">{t('selected', { count: selected.size })}</span>
      {chosen.length === 1 && only?.salesforceUrl && (
        <ButtonLink
          variant="tertiary"
          size="medium"
          href={only.salesforceUrl}
          isExternal
          icon={<ExternalLink size={14} aria-hidden />}
        >
          {t('openInSalesforce')}
        </ButtonLink>
      )}
      {onRetry && (
        <Button
          size="medium"
          icon={<RefreshCw size={14} aria-hidden />}
          onPress={onRetry}
          isBusy={isRetrying}
        >
          {t('tryAgain')}
        </Button>
      )}
    </>
  );
}

function Record({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('activity');
  const words = useActivityWords();
  const name = words.nameOf(outcome);
  return (
    <>
      {outcome.contactId ? (
        <Link href={`/contacts/${outcome.contactId}`} className="font-medium">
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      <span className="block text-small text-text-subtle">
        {outcome.object === null ? outcome.email : t(`object.${outcome.object}`)}
      </span>
    </>
  );
}

type Failure = { key: string; category: string; code: string; message: string; change: Change | null };

function Errors({ outcome, category, codes }: ErrorTableProps & { outcome: Outcome }) {
  const activity = useTranslations('activity');
  const words = useActivityWords();
  const ofFields: Failure[] = outcome.changes.flatMap((change) =>
    change.failure ? [{ ...change.failure, key: change.mappingId + change.to, change }] : [],
  );
  const whole = { key: '', category, code: outcome.code ?? '', message: outcome.message ?? '', change: null };
  const failures = (ofFields.length > 0 ? ofFields : [whole]).filter(
    (failure) => failure.category === category && (codes === null || codes.includes(failure.code)),
  );
  return failures.map(({ key, change, ...failure }) => {
    const app = change ? words.appOf(change.to) : activity('salesforce');
    return (
      <span key={key} className="block py-0.5 text-small">
        {words.longError(failure, { field: change?.label ?? '', value: change?.new ?? '', app })}{' '}
        <span className="text-text-subtle">{words.cure(failure, app)}</span>
      </span>
    );
  });
}
