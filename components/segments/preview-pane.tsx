'use client';

import { clsx } from 'clsx';
import { RefreshCw } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import type { Person } from '#lib/segments/schemas.ts';
import { PeopleTable, type PeopleTableProps } from './people-table.tsx';
import { previewPanelId } from './preview-tabs.tsx';

/** What the preview knows: nothing yet, a number, a number on its way, or why there is none. */
export type PreviewState =
  | { kind: 'noFilters' }
  | { kind: 'updating'; former: { count: number; of: number } | null; isSlow: boolean }
  | { kind: 'reading'; count: number; read: number; toRead: number; of: number; isSlow: boolean }
  | {
      kind: 'counted';
      count: number;
      of: number;
      people: readonly Person[];
      page: number;
      pageCount: number;
      isPaging: boolean;
    }
  | { kind: 'onlyHubSpot' }
  | { kind: 'failed' };

export interface PreviewPaneProps extends Pick<PeopleTableProps, 'optionLabel'> {
  state: PreviewState;
  onRefresh: () => void;
  onPage: (page: number) => void;
  /** *Test a contact*. */
  test: ReactNode;
  /** Over the table, such as tabs. */
  tabs?: ReactNode;
  /** Instead of the table of those who match. */
  other?: ReactNode;
}

/** Above 10,000 an estimate is rounded to the nearest 10. */
export function roundEstimate(count: number): number {
  return count > 10_000 ? Math.round(count / 10) * 10 : count;
}

/** How many match, who they are, and whether one contact does. */
export function PreviewPane(props: PreviewPaneProps) {
  const { state, onRefresh, onPage, optionLabel, test, tabs, other } = props;
  const t = useTranslations('segments.preview');
  return (
    <section
      aria-labelledby="preview-heading"
      className="min-w-0 flex-1 overflow-auto bg-surface-recessed px-8 pt-5 pb-8 max-md:px-4"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h2 id="preview-heading" className="text-h2">
            {t('title')}
          </h2>
          <Estimate state={state} onRefresh={onRefresh} />
        </div>
        {test}
      </div>
      <Notice state={state} onRefresh={onRefresh} />
      {tabs}
      <div id={previewPanelId} {...(tabs ? { role: 'tabpanel', tabIndex: -1 } : {})} className="mt-4">
        {other ?? <Who state={state} onPage={onPage} optionLabel={optionLabel} />}
      </div>
    </section>
  );
}

function numbersOf(state: PreviewState): { count: number; of: number } | null {
  if (state.kind === 'updating') return state.former;
  return state.kind === 'counted' || state.kind === 'reading' ? state : null;
}

function Estimate({ state, onRefresh }: { state: PreviewState; onRefresh: () => void }) {
  const t = useTranslations('segments.preview');
  const format = useFormatter();
  const numbers = numbersOf(state);
  const isBusy = state.kind === 'updating' || state.kind === 'reading';
  const percent = numbers && numbers.of > 0 ? Math.round((100 * numbers.count) / numbers.of) : 0;
  const rounded = numbers ? roundEstimate(numbers.count) : 0;
  return (
    <>
      {/* Only the settled number is announced. */}
      <p role="status" className="sr-only">
        {state.kind === 'counted' ? t.markup('estimated', { count: rounded, n: (number) => number }) : ''}
        {state.kind === 'onlyHubSpot' ? t('onlyHubSpot') : ''}
      </p>
      {state.kind === 'noFilters' && <p className="mt-1 text-text-subtle">{t('noFilters')}</p>}
      {state.kind === 'onlyHubSpot' && <p className="mt-1 text-h2">{t('onlyHubSpot')}</p>}
      {(numbers || isBusy) && (
        <div
          className={clsx(
            'mt-1 flex items-baseline gap-2.5 text-text-subtle',
            isBusy && 'text-text-disabled **:text-text-disabled',
          )}
        >
          {state.kind === 'updating' ? (
            <>
              {numbers && <Figure>{format.number(rounded)}</Figure>}
              <span>{t('updating')}</span>
            </>
          ) : (
            t.rich('estimated', { count: rounded, n: (number) => <Figure>{number}</Figure> })
          )}
          {!isBusy && (
            <IconButton
              size="small"
              label={t('refresh')}
              icon={<RefreshCw size={15} aria-hidden />}
              onPress={onRefresh}
            />
          )}
        </div>
      )}
      {numbers && state.kind === 'counted' && (
        <p className="text-text-subtle tabular-nums">{t('share', { percent, total: numbers.of })}</p>
      )}
    </>
  );
}

function Figure({ children }: { children: ReactNode }) {
  return <strong className="text-figure text-text tabular-nums">{children}</strong>;
}

function Notice({ state, onRefresh }: { state: PreviewState; onRefresh: () => void }) {
  const t = useTranslations('segments.preview');
  const common = useTranslations('common');
  const isSlow = (state.kind === 'updating' || state.kind === 'reading') && state.isSlow;
  if (state.kind === 'failed') {
    return (
      <RetryAlert title={t('error')} retryLabel={common('tryAgain')} onRetry={onRefresh} className="mt-4" />
    );
  }
  return (
    <>
      {state.kind === 'reading' && (
        <div className="mt-4">
          <ProgressBar label={t('readingLabel')} percent={(100 * state.read) / Math.max(1, state.toRead)} />
          <p className="mt-2 text-small text-text-subtle tabular-nums">
            {t('reading', { read: state.read, total: state.toRead, count: state.count })}
          </p>
        </div>
      )}
      {isSlow && <p className="mt-2 text-small text-text-subtle">{t('slow')}</p>}
      {state.kind === 'onlyHubSpot' && (
        <Alert tone="info" className="mt-4">
          {t('onlyHubSpotText')}
        </Alert>
      )}
      {state.kind === 'counted' && state.count > 0 && state.count === state.of && (
        <Alert tone="caution" className="mt-4">
          {t('everyone')}
        </Alert>
      )}
    </>
  );
}

const pageSize = 10;

function Who({ state, onPage, optionLabel }: Pick<PreviewPaneProps, 'state' | 'onPage' | 'optionLabel'>) {
  const t = useTranslations('segments.preview');
  const common = useTranslations('common');
  const pageWords = usePageWords();
  if (state.kind === 'updating' || state.kind === 'reading') {
    return <SkeletonTable label={common('loading')} rows={10} columns={5} />;
  }
  if (state.kind !== 'counted') return null;
  const { page, pageCount, people, count } = state;
  const from = (page - 1) * pageSize + 1;
  return (
    <div className={clsx('transition-opacity', state.isPaging && '**:text-text-disabled')}>
      <PeopleTable
        caption={t('caption')}
        people={people}
        optionLabel={optionLabel}
        empty={<p className="px-4 py-6 text-text-subtle">{t('zero')}</p>}
        foot={
          people.length > 0 && (
            <Pagination
              label={t('pages')}
              summary={t('showing', { from, to: from + people.length - 1, total: roundEstimate(count) })}
              page={page}
              pageCount={pageCount}
              onPage={onPage}
              {...pageWords}
            />
          )
        }
      />
    </div>
  );
}
