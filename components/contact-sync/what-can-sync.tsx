'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Card } from '#components/ui/card.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';

/** How many contacts the gate lets pass, of all that HubSpot holds. */
export function WhatCanSync({ view, userName }: { view: SettingsView; userName: string }) {
  const t = useTranslations('settings.aside');
  const format = useFormatter();
  const total = view.contactCount;
  const inside = insideOf(view);
  return (
    <Card title={t('title')} isAside>
      {total === null || inside === null ? (
        <p className="mt-2 text-text-subtle">{t('unknown')}</p>
      ) : (
        <>
          <p className="mt-2 flex flex-wrap items-baseline gap-x-2 tabular-nums">
            <span className="text-figure-card">{format.number(inside)}</span>
            <span className="text-small text-text-subtle">{t('of', { total })}</span>
          </p>
          <Share inside={inside} total={total} />
        </>
      )}
      <ChangedBy view={view} userName={userName} />
    </Card>
  );
}

/** A segment that is gone, failed or static lets nobody pass. */
function insideOf({ values, segment, contactCount }: SettingsView): number | null {
  if (values.inclusionListId === null) return contactCount;
  if (!segment) return null;
  if (segment.state === 'deleted' || segment.state === 'static') return 0;
  return segment.size;
}

function Share({ inside, total }: { inside: number; total: number }) {
  const t = useTranslations('settings.aside');
  const format = useFormatter();
  const percent = total === 0 ? 0 : Math.min(100, Math.round((100 * inside) / total));
  const shown = (value: number) => format.number(value / 100, { style: 'percent' });
  return (
    <>
      <Meter label={t('meter', { percent })} percent={percent} className="mt-3" />
      <dl className="mt-3 grid gap-1.5 text-small tabular-nums">
        <div className="flex items-center gap-2">
          <i aria-hidden className="size-2.5 rounded-[3px] bg-accent-bar" />
          <dt className="flex-1 text-text-subtle">{t('inside')}</dt>
          <dd>{shown(percent)}</dd>
        </div>
        <div className="flex items-center gap-2">
          <i aria-hidden className="size-2.5 rounded-[3px] border border-line-control bg-surface-selected" />
          <dt className="flex-1 text-text-subtle">{t('outside')}</dt>
          <dd>{shown(100 - percent)}</dd>
        </div>
      </dl>
    </>
  );
}

function ChangedBy({ view, userName }: { view: SettingsView; userName: string }) {
  const t = useTranslations('settings.aside');
  const times = useTimes();
  if (!view.changedAt || !view.changedBy) return null;
  const text =
    view.changedBy === userName
      ? t('changedByYou', { when: times.ago(view.changedAt) })
      : t('changed', { name: view.changedBy, when: times.short(view.changedAt) });
  return <p className="mt-3 border-line border-t pt-3 text-small text-text-subtle">{text}</p>;
}
