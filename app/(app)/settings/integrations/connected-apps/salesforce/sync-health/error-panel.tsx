'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ErrorChips, type ErrorKind, kindsOf } from '#components/health/error-chips.tsx';
import { ErrorTable } from '#components/health/error-table.tsx';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { errorExportHref, errorsQuery, retryMutation } from '#lib/insight/queries.ts';
import { type ErrorQuery, errorsPageSize, type Health } from '#lib/insight/schemas.ts';

export interface ErrorPanelProps {
  category: Health['errors']['categories'][number];
  canRetry: boolean;
  onClose: () => void;
}

/** One category: what it means, how to fix it, and who has it. */
export function ErrorPanel({ category: given, canRetry, onClose }: ErrorPanelProps) {
  const t = useTranslations('health');
  const common = useTranslations('common');
  const format = useFormatter();
  const { category } = given;
  return (
    <SidePanel
      isOpen
      onClose={onClose}
      title={t(`categories.${category}.name`)}
      closeLabel={common('close')}
      size="large"
    >
      <p className="-mt-2 mb-4 text-text-subtle">
        {t('summary', {
          errors: given.errors,
          records: given.records,
          recordsNumber: format.number(given.records),
        })}
      </p>
      <div className="grid gap-6 md:grid-cols-2">
        <div>
          <h3 className="text-h3">{t('panel.means')}</h3>
          <p className="mt-1 text-text-subtle">{t(`categories.${category}.means`)}</p>
        </div>
        <div>
          <h3 className="text-h3">{t('panel.fix')}</h3>
          <p className="mt-1 text-text-subtle">{t(`categories.${category}.fix`)}</p>
        </div>
      </div>
      <People category={given} canRetry={canRetry} />
    </SidePanel>
  );
}

function usePeople(category: ErrorPanelProps['category']) {
  const [kind, setKind] = useState<ErrorKind | null>(null);
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const query: ErrorQuery = {
    ...{ category: category.category, search: search.trim(), page },
    ...(kind ? { codes: kind.codes.join(',') } : {}),
  };
  const turn = (wanted: number) => {
    setPage(wanted);
    setSelected(new Set());
  };
  return {
    ...{ kind, search, page, selected, setSelected, query },
    choose: (wanted: ErrorKind | null) => {
      setKind(wanted);
      turn(1);
    },
    find: (text: string) => {
      setSearch(text);
      turn(1);
    },
    turn,
    list: useQuery(errorsQuery(query)),
  };
}

function People({ category, canRetry }: Omit<ErrorPanelProps, 'onClose'>) {
  const t = useTranslations('health.panel');
  const common = useTranslations('common');
  const people = usePeople(category);
  const { list, selected, setSelected } = people;
  const retry = useMutation({
    ...retryMutation(),
    onSuccess: ({ people: count }) => {
      setSelected(new Set());
      showToast({ tone: 'info', title: t('retrying', { count }), text: t('retryingText') });
    },
    onError: (error) => showToast({ tone: 'danger', title: t('retryFailed'), text: error.message }),
  });
  return (
    <>
      <ErrorChips
        label={t('kinds')}
        all={category.records}
        kinds={kindsOf(category)}
        chosen={people.kind?.text ?? null}
        onChoose={people.choose}
      />
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchField
          label={t('search')}
          clearLabel={common('clearSearch')}
          value={people.search}
          onChange={people.find}
          className="min-w-0 flex-1"
        />
        <a
          href={errorExportHref(people.query)}
          download
          className="inline-flex min-h-6 items-center gap-1.5 font-medium text-small"
        >
          <Download size={14} aria-hidden />
          {t('csv')}
        </a>
      </div>
      {list.isPending && <SkeletonTable label={common('loading')} rows={4} columns={3} />}
      {list.isError && (
        <RetryAlert
          title={common('loadError')}
          retryLabel={common('tryAgain')}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data && (
        <ErrorTable
          caption={t('caption')}
          category={category.category}
          codes={people.kind?.codes ?? null}
          outcomes={list.data.outcomes}
          selected={selected}
          onSelect={setSelected}
          isRetrying={retry.isPending}
          {...(canRetry ? { onRetry: () => retry.mutate([...selected]) } : {})}
          empty={
            <p className="px-4 py-8 text-center text-text-subtle">
              {people.search ? t('noMatch', { text: people.search }) : t('none')}
            </p>
          }
          foot={list.data.total > 0 && <Pages people={people} total={list.data.total} />}
        />
      )}
      {!canRetry && <p className="mt-3 text-small text-text-subtle">{common('adminOnly')}</p>}
    </>
  );
}

function Pages({ people, total }: { people: ReturnType<typeof usePeople>; total: number }) {
  const t = useTranslations('activity.pages');
  const pageWords = usePageWords();
  const format = useFormatter();
  const { page } = people;
  return (
    <Pagination
      label={t('label')}
      summary={t('summary', {
        from: format.number((page - 1) * errorsPageSize + 1),
        to: format.number(Math.min(page * errorsPageSize, total)),
        total: format.number(total),
      })}
      page={page}
      pageCount={Math.ceil(total / errorsPageSize)}
      onPage={people.turn}
      {...pageWords}
    />
  );
}
