'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import type { AuditDetail, AuditEntryView } from '#lib/activity/schemas.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { useHistoryWords } from './use-history-words.ts';

export interface AuditPanelProps {
  isOpen: boolean;
  onClose: () => void;
  /** Null while it loads. */
  detail: AuditDetail | null;
  error: string | null;
  onRetry: () => void;
  canRestore: boolean;
  onRestore: (version: number) => void;
}

/** One version, or an entry that made none: old and new in full, why, from where, what ran under it. */
export function AuditPanel(props: AuditPanelProps) {
  const { isOpen, onClose, detail, error, onRetry } = props;
  const t = useTranslations('history');
  const common = useTranslations('common');
  const first = detail?.entries[0];
  const wordsOf = useHistoryWords(detail?.segments ?? {});
  const title = first
    ? first.version === null
      ? wordsOf(first).what
      : t('openVersion', { version: first.version })
    : t('version');
  return (
    <SidePanel
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      closeLabel={common('close')}
      {...(first && first.version !== null ? { footer: <Actions {...props} version={first.version} /> } : {})}
    >
      {error !== null && <RetryAlert title={error} retryLabel={common('tryAgain')} onRetry={onRetry} />}
      {error === null && !first && (
        <Skeleton label={common('loading')}>
          <SkeletonBlock className="h-5 w-2/3" />
          <SkeletonBlock className="mt-4 h-32 w-full" />
        </Skeleton>
      )}
      {detail && first && <Content detail={detail} first={first} />}
    </SidePanel>
  );
}

function Actions({ version, canRestore, onRestore }: AuditPanelProps & { version: number }) {
  const t = useTranslations('history');
  const common = useTranslations('common');
  return (
    <>
      <ButtonLink variant="primary" href={`${settingsPaths.salesforce}?as-of=${version}`}>
        {t('panel.show')}
      </ButtonLink>
      {canRestore ? (
        <Button variant="secondary" onPress={() => onRestore(version)}>
          {t('panel.restore', { version })}
        </Button>
      ) : (
        <p className="self-center text-small text-text-subtle">{common('adminOnly')}</p>
      )}
    </>
  );
}

function Content({ detail, first }: { detail: AuditDetail; first: AuditEntryView }) {
  const t = useTranslations('history');
  const times = useTimes();
  const when = times.exact(first.at);
  return (
    <>
      <p className="text-text-subtle">{t('panel.by', { name: first.actor ?? t('segbridge'), when })}</p>
      {detail.entries.map((entry) => (
        <Entry key={entry.id} entry={entry} segments={detail.segments} />
      ))}
      {detail.switch && (
        <section className="mt-5">
          <h3 className="mb-2 text-h3">{t('panel.switch')}</h3>
          <p className="tabular-nums">{t('panel.numbers', detail.switch)}</p>
        </section>
      )}
      {first.version !== null && <Runs detail={detail} />}
    </>
  );
}

function Entry({ entry, segments }: { entry: AuditEntryView; segments: Record<string, string> }) {
  const t = useTranslations('history');
  const { what, old, made, cause } = useHistoryWords(segments)(entry);
  const items: { term: string; value: ReactNode }[] = [];
  if (old !== null) items.push({ term: t('old'), value: <span className="text-text-subtle">{old}</span> });
  if (made !== null) items.push({ term: t('new'), value: <span className="font-medium">{made}</span> });
  if (cause !== null) items.push({ term: t('panel.cause'), value: cause });
  const { via } = entry.cause;
  if (via) items.push({ term: t('panel.from'), value: via === 'page' ? t('panel.page') : t('panel.api') });
  return (
    <section className="mt-5">
      <h3 className="mb-2 text-h3">{what}</h3>
      {items.length > 0 && <DefinitionList items={items} />}
    </section>
  );
}

function Runs({ detail: { runs, runCount } }: { detail: AuditDetail }) {
  const t = useTranslations('history');
  const times = useTimes();
  return (
    <section className="mt-6">
      <h3 className="mb-2 text-h3">{t('panel.runs')}</h3>
      {runs.length === 0 && <p className="text-text-subtle">{t('panel.noRuns')}</p>}
      <ul className="grid gap-1.5">
        {runs.map(({ id, kind, at }) => (
          <li key={id}>
            <a href={`/sync-activity/runs/${id}`}>{t(`panel.run.${kind}`)}</a>{' '}
            <span className="text-text-subtle tabular-nums">{times.short(at)}</span>
          </li>
        ))}
      </ul>
      {runCount > runs.length && (
        <p className="mt-1.5 text-text-subtle">{t('panel.moreRuns', { count: runCount - runs.length })}</p>
      )}
    </section>
  );
}
