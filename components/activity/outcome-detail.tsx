'use client';

import { CircleAlert, ExternalLink, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Outcome } from '#lib/activity/schemas.ts';
import { ChangesTable } from './changes-table.tsx';
import { useActivityWords } from './use-activity-words.ts';

/** What a row tells when it is open: values, reasons in words, links, and the vendor's own words on demand. */
export function OutcomeDetail(props: {
  outcome: Outcome;
  /** Left out for those who may only look. */
  onRetry?: () => void;
  isRetrying: boolean;
}) {
  const { outcome, onRetry, isRetrying } = props;
  const t = useTranslations('activity');
  const words = useActivityWords();
  const [isTechnical, setTechnical] = useState(false);
  const technicalId = useId();
  const hasFailed = outcome.result === 'FAILED';
  return (
    <div className="grid gap-3 md:pl-9">
      {outcome.warnings.map((warning) => (
        <Alert key={warning} tone="caution">
          {words.warning(warning)}
        </Alert>
      ))}
      {hasFailed && outcome.changes.length === 0 && (
        <p className="flex gap-2">
          <CircleAlert size={16} aria-hidden className="mt-1 shrink-0 text-danger" />
          {words.longError(outcome, { field: '', value: '', app: t('salesforce') })}
        </p>
      )}
      <Cures outcome={outcome} />
      {outcome.status === 'skipped' && <p>{words.reason(outcome)}</p>}
      {outcome.changes.length > 0 && (
        <ChangesTable
          caption={t('details.changes', { name: words.nameOf(outcome) })}
          changes={outcome.changes}
        />
      )}
      {outcome.result === 'UNCHANGED' && outcome.changes.length === 0 && <p>{t('details.nothing')}</p>}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-small">
        {onRetry && outcome.status === 'error' && (
          <Button
            size="medium"
            icon={<RefreshCw size={14} aria-hidden />}
            onPress={onRetry}
            isBusy={isRetrying}
          >
            {t('details.retry')}
          </Button>
        )}
        <RecordLinks outcome={outcome} />
        <Link
          href={`/sync-activity/runs/${outcome.runId}`}
          className="inline-flex min-h-6 items-center font-medium"
        >
          {t('details.receipt')}
        </Link>
        <Button
          variant="link"
          onPress={() => setTechnical(!isTechnical)}
          aria-expanded={isTechnical}
          aria-controls={technicalId}
        >
          {isTechnical ? t('details.hideTechnical') : t('details.showTechnical')}
        </Button>
        <span className="text-text-subtle md:ml-auto">
          {t('details.version', { version: outcome.settingsVersion })}
        </span>
      </div>
      <div id={technicalId} hidden={!isTechnical}>
        {isTechnical && <TechnicalDetails outcome={outcome} />}
      </div>
    </div>
  );
}

/** What a person can do about each failure, each said once. */
function Cures({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('activity');
  const words = useActivityWords();
  if (outcome.status !== 'error') return null;
  const failures = outcome.changes.flatMap(({ failure, to }) => (failure ? [{ ...failure, to }] : []));
  const whole = { ...outcome, to: 'salesforce' as const };
  const cures = new Set(
    (failures.length > 0 ? failures : [whole]).map((each) => words.cure(each, words.appOf(each.to))),
  );
  return (
    <p className="text-small">
      <span className="font-medium">{t('details.cure')}</span> {[...cures].join(' ')}
    </p>
  );
}

function RecordLinks({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('activity.details');
  const links = [
    { href: outcome.hubspotUrl, label: t('hubspotContact') },
    {
      href: outcome.salesforceUrl,
      label: outcome.object === 'contact' ? t('salesforceContact') : t('salesforceLead'),
    },
  ];
  return links.map(
    ({ href, label }) =>
      href && (
        <a
          key={label}
          href={href}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-6 items-center gap-1.5 font-medium"
        >
          {label}
          <ExternalLink size={14} aria-hidden />
          <span className="sr-only">{t('newTab')}</span>
        </a>
      ),
  );
}

function TechnicalDetails({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('activity.details');
  const failures = outcome.changes.flatMap(({ failure, field }) => (failure ? [{ ...failure, field }] : []));
  const own = outcome.code && failures.length === 0 ? [{ ...outcome, field: null }] : [];
  return (
    <div className="grid gap-2 rounded-card border border-line-card bg-surface p-4 font-mono text-small break-words">
      <p>{t('ids', { contactId: outcome.contactId ?? '–', recordId: outcome.recordId ?? '–' })}</p>
      {[...failures, ...own].map(({ code, message, field }) => (
        <p key={`${field} ${code}`}>
          {field && `${t('field')} ${field}: `}
          {t('code')} {code}
          {message && ` · ${t('apiMessage')}: ${message}`}
        </p>
      ))}
    </div>
  );
}
