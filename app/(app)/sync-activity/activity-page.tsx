'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { buttonClass } from '#components/ui/button-style.ts';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { exportHref } from '#lib/activity/queries.ts';
import type { OutcomeQuery } from '#lib/activity/schemas.ts';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityList } from './activity-list.tsx';
import { Runs } from './runs.tsx';
import { useActivity } from './use-activity.ts';

/** What the sync did, newest first. */
export function ActivityPage({ initial, canRetry }: { initial: OutcomeQuery; canRetry: boolean }) {
  const t = useTranslations('activity');
  const activity = useActivity(initial);
  return (
    <>
      <PageHead
        title={t('pageTitle')}
        description={t('lead')}
        actions={
          <>
            <div className="flex h-10 items-center md:mr-4">
              <Switch label={t('live')} isSelected={activity.isLive} onChange={activity.setLive} />
            </div>
            <a href={exportHref(activity.filters)} download className={buttonClass({ variant: 'secondary' })}>
              <Download size={16} aria-hidden />
              {t('export')}
            </a>
          </>
        }
      />
      <PageBody isWide>
        <ActivityFilters activity={activity} />
        <Waiting count={activity.waiting} />
        <Runs
          shownRun={activity.filters.run}
          onShow={(run) => activity.change(run ? { run, period: 'all' } : { run: undefined })}
        />
        <ActivityList activity={activity} canRetry={canRetry} />
      </PageBody>
    </>
  );
}

/** How many people wait for their turn. */
function Waiting({ count }: { count: number }) {
  const t = useTranslations('activity');
  if (count === 0) return null;
  return (
    <p className="text-small text-text-subtle">
      <StatusDot tone="caution" label={t('waiting', { count })} />
    </p>
  );
}
