'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useSettingWords } from '#components/contact-sync/use-setting-words.ts';
import { Card } from '#components/ui/card.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { FormerSegment, SettingsAsOf, SettingsKey } from '#lib/settings/schemas.ts';
import { segmentNamesOf } from './segment-names.ts';

export interface FormerSettingsProps {
  view: SettingsAsOf;
  isOnlyDifferences: boolean;
}

/** The cards of the Contacts tab as text; what is different today is marked and says so. */
export function FormerSettings({ view, isOnlyDifferences }: FormerSettingsProps) {
  const cards = useCards();
  const shown = cards
    .map((card) => ({
      ...card,
      rows: card.rows.filter(({ key }) => !isOnlyDifferences || view.differs.includes(key)),
    }))
    .filter(({ rows }) => rows.length > 0);
  return shown.map(({ id, title, rows }) => (
    <Card key={id} title={title}>
      <dl className="mt-4">
        {rows.map(({ key, label }) => (
          <Row key={key} view={view} settingsKey={key} label={label} />
        ))}
      </dl>
    </Card>
  ));
}

type CardOf = { id: string; title: string; rows: { key: SettingsKey; label: string }[] };

function useCards(): CardOf[] {
  const t = useTranslations('settings');
  const history = useTranslations('history');
  return [
    {
      id: 'limit',
      title: t('limit.title'),
      rows: [{ key: 'inclusionListId', label: t('limit.label') }],
    },
    {
      id: 'creating',
      title: t('creating.title'),
      rows: [
        { key: 'salesforceChanges', label: t('creating.fromSalesforce') },
        { key: 'hubspotCreates', label: t('creating.fromHubspot') },
      ],
    },
    {
      id: 'deleting',
      title: t('deleting.title'),
      rows: [{ key: 'salesforceDeletes', label: t('deleting.label') }],
    },
    {
      id: 'safety',
      title: t('safety.title'),
      rows: [
        { key: 'breakerShare', label: t('safety.share') },
        { key: 'keepingDays', label: t('safety.keep') },
      ],
    },
    {
      id: 'other',
      title: history('asOf.other'),
      rows: [
        { key: 'paused', label: t('name.paused') },
        { key: 'apiAllocation', label: t('name.apiAllocation') },
      ],
    },
  ];
}

function Row(props: { view: SettingsAsOf; settingsKey: SettingsKey; label: string }) {
  const { view, settingsKey: key, label } = props;
  const t = useTranslations('history');
  const sayValue = useSettingWords().sayWith(segmentNamesOf(view));
  const { former, now, differs } = view;
  return (
    <FormerRow
      label={label}
      now={differs.includes(key) ? t('asOf.now', { value: sayValue(key, now.values[key]) }) : null}
    >
      {sayValue(key, former.values[key])}
      {key === 'inclusionListId' && former.segment && <SegmentFacts segment={former.segment} />}
    </FormerRow>
  );
}

/** Label at the left, value at the right; `now` marks it and stands below. */
export function FormerRow(props: { label: string; now: string | null; children: ReactNode }) {
  const { label, now, children } = props;
  return (
    <div
      className={clsx(
        'grid gap-x-6 gap-y-1 border-line border-t py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]',
        now !== null && '-ml-3 border-l-[3px] border-l-info-line pl-[9px]',
      )}
    >
      <dt className="text-label">{label}</dt>
      <dd className="min-w-0 break-words">
        {children}
        {now !== null && <p className="mt-0.5 text-info text-small">{now}</p>}
      </dd>
    </div>
  );
}

function SegmentFacts({ segment: { state, size } }: { segment: FormerSegment }) {
  const t = useTranslations('history');
  return (
    <span className="mt-1 flex flex-wrap items-center gap-2 text-small text-text-subtle">
      {state === 'deleted' && <Tag tone="danger">{t('asOf.deleted')}</Tag>}
      {state === 'static' && <Tag tone="caution">{t('asOf.static')}</Tag>}
      {size === null ? t('asOf.noSize') : t('asOf.size', { count: size })}
    </span>
  );
}
