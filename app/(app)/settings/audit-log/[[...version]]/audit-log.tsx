'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RestoreModal } from '#app/(app)/settings/shared/restore-modal.tsx';
import { switchPath } from '#components/connections/app-identity.ts';
import { AuditPages } from '#components/history/audit-pages.tsx';
import { AuditPanel } from '#components/history/audit-panel.tsx';
import { AuditTable } from '#components/history/audit-table.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Button } from '#components/ui/button.tsx';
import { buttonClass } from '#components/ui/button-style.ts';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { auditExportHref } from '#lib/activity/queries.ts';
import type { AuditQuery } from '#lib/activity/schemas.ts';
import { AuditFilters } from './audit-filters.tsx';
import { type AuditLogState, useAuditLog } from './use-audit-log.ts';

/** Every change of a setting, with the way back to how it was. */
export function AuditLog(props: { initial: AuditQuery; opened: string | number | null; isAdmin: boolean }) {
  const { initial, opened, isAdmin } = props;
  const t = useTranslations('history');
  const router = useRouter();
  const log = useAuditLog(initial, opened);
  const [restoring, setRestoring] = useState<number | null>(null);
  const { detail } = log;
  return (
    <>
      <PageHead
        title={t('title')}
        description={t('lead')}
        actions={
          <a href={auditExportHref(log.query)} download className={buttonClass({ variant: 'secondary' })}>
            <Download size={16} aria-hidden />
            {t('export')}
          </a>
        }
      />
      <PageBody isWide>
        <AuditFilters log={log} />
        <List log={log} />
      </PageBody>
      <AuditPanel
        isOpen={log.isOpen && restoring === null}
        onClose={log.close}
        detail={detail.data ?? null}
        error={detail.error && !detail.data ? detail.error.message : null}
        onRetry={() => void detail.refetch()}
        canRestore={isAdmin}
        onRestore={setRestoring}
      />
      <RestoreModal
        version={restoring}
        onClose={() => setRestoring(null)}
        onRestored={(changeId) => {
          setRestoring(null);
          if (changeId) router.push(switchPath(changeId));
          else log.close();
        }}
      />
    </>
  );
}

function List({ log }: { log: AuditLogState }) {
  const t = useTranslations('history');
  const common = useTranslations('common');
  const { data, isError, isPlaceholderData, refetch } = log.list;
  if (data) {
    return (
      <div aria-busy={isPlaceholderData}>
        <AuditTable
          entries={data.entries}
          segments={data.segments}
          onOpen={log.open}
          empty={<Empty log={log} />}
          foot={
            data.total > 0 && (
              <AuditPages label={t('pages')} query={log.query} total={data.total} onChange={log.change} />
            )
          }
        />
      </div>
    );
  }
  if (!isError) return <SkeletonTable label={common('loading')} rows={8} columns={6} />;
  return (
    <RetryAlert title={common('loadError')} retryLabel={common('tryAgain')} onRetry={() => void refetch()} />
  );
}

function Empty({ log: { query, clear } }: { log: AuditLogState }) {
  const t = useTranslations('history');
  const isFiltered = Boolean(
    query.search || query.subject || query.actor || query.period || query.activity || query.app,
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-5 text-text-subtle">
      {isFiltered ? t('noMatch') : t('empty')}
      {isFiltered && (
        <Button variant="link" onPress={clear}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
