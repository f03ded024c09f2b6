'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Tag, type TagTone } from '#components/ui/tag.tsx';
import type { HistoryEntry, Why } from '#lib/insight/schemas.ts';
import { useWhyWords } from './use-why-words.ts';

const pageSize = 20;

const tones: Record<HistoryEntry['tag'], TagTone> = {
  ...{ CREATED: 'info', UPDATED: 'positive', UNCHANGED: 'neutral', SKIPPED: 'neutral', FAILED: 'danger' },
  ...{ LINKED: 'info', ENDED: 'caution', JOINED: 'positive', LEFT: 'caution', CONFLICT: 'caution' },
};

/** Everything that happened with a contact, newest first. */
export function HistoryCard({ why, onDownload }: { why: Why; onDownload: () => void }) {
  const t = useTranslations('contacts.history');
  const [count, setCount] = useState(pageSize);
  const { history, keepingDays } = why;
  return (
    <Card
      title={t('title')}
      actions={
        <span className="flex flex-wrap items-center gap-x-4 text-small text-text-subtle">
          {t('kept', { days: keepingDays })}
          <Button variant="link" icon={<Download size={14} aria-hidden />} onPress={onDownload}>
            {t('json')}
          </Button>
        </span>
      }
    >
      {history.length === 0 ? (
        <p className="mt-3 text-text-subtle">{t('empty')}</p>
      ) : (
        <ol className="mt-2">
          {history.slice(0, count).map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {history.length > count ? (
        <Button className="mt-3" size="medium" onPress={() => setCount(count + pageSize)}>
          {t('more')}
        </Button>
      ) : (
        history.length > 0 && (
          <p className="mt-3 text-small text-text-subtle">{t('older', { days: keepingDays })}</p>
        )
      )}
    </Card>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const t = useTranslations('contacts.history');
  const format = useFormatter();
  const words = useWhyWords();
  const text = useEntryText();
  return (
    <li className="grid grid-cols-[104px_112px_minmax(0,1fr)_auto] items-baseline gap-x-3 border-line border-b py-2.5 last:border-b-0 max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-1">
      <time dateTime={entry.at} className="text-small text-text-subtle tabular-nums max-md:col-span-2">
        {words.when(entry.at)}
      </time>
      <span className="max-md:col-span-2">
        <Tag tone={tones[entry.tag]}>{t(`tags.${entry.tag}`)}</Tag>
      </span>
      <span className="min-w-0 break-words">
        {text(entry)}{' '}
        {entry.more && (
          <span className="text-text-subtle">
            {t('folded', { count: entry.more.count, time: words.when(entry.more.since) })}
          </span>
        )}
      </span>
      {entry.run && (
        <Link href={`/sync-activity/runs/${entry.run.id}`} className="text-small font-medium tabular-nums">
          {t('run', { number: format.number(entry.run.number) })}
        </Link>
      )}
    </li>
  );
}

/** What happened, in a sentence. */
function useEntryText() {
  const t = useTranslations('contacts');
  const activity = useActivityWords();
  const words = useWhyWords();
  return ({ tag, outcome, about, criterion, conflict }: HistoryEntry): string => {
    if (conflict) {
      const { label, isHidden, winner, hubspotValue, salesforceValue } = conflict;
      const values = winner === 'hubspot' ? [hubspotValue, salesforceValue] : [salesforceValue, hubspotValue];
      const [used, lost] = values.map((value) => words.valueText({ value: value ?? null, isHidden }));
      return t('history.conflict', { label, used: used ?? '', lost: lost ?? '' });
    }
    if (criterion) {
      return t('history.through', { label: criterion.label, value: words.valueText(criterion) });
    }
    if (tag === 'LINKED') return about ? t(`history.origin.${about}`) : '';
    if (tag === 'ENDED') return t(`link.cause.${about ?? 'other'}`);
    if (!outcome) return '';
    if (tag === 'SKIPPED') return `${activity.skipped(outcome.reason)}.`;
    const failed = outcome.changes.find(({ failure }) => failure);
    if (tag === 'FAILED' || failed) {
      const about_ = {
        field: failed?.label ?? '',
        value: failed?.new ?? '',
        app: activity.appOf(failed?.to ?? 'salesforce'),
      };
      return activity.longError(outcome, about_);
    }
    const created = tag === 'CREATED' ? [t('history.created', { object: outcome.object ?? 'other' })] : [];
    const [first, ...rest] = outcome.changes;
    if (!first) return created[0] ?? t('history.same');
    const [old, next] = [first.old ?? t('blank'), first.new ?? t('blank')];
    const changed = t('history.changed', {
      label: first.label,
      old,
      new: next,
      app: activity.appOf(first.to),
    });
    const more = rest.length > 0 ? [t('history.andMore', { count: rest.length })] : [];
    return [...created, changed, ...more].join(' ');
  };
}
