'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { FilterSentences } from '#components/segments/filter-sentences.tsx';
import { ProcessingBanner } from '#components/segments/processing-banner.tsx';
import { KindTag, StateTag } from '#components/segments/segment-tags.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { PageTabs } from '#components/ui/page-tabs.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { filterPartsQuery } from '#lib/segments/queries.ts';
import type { Segment, SegmentDetail } from '#lib/segments/schemas.ts';
import { useSegmentActions } from '../use-segment-actions.tsx';
import { HistoryTab } from './history-tab.tsx';
import { MembersTab } from './members-tab.tsx';
import { SegmentDetails } from './segment-details.tsx';
import { SegmentProblem } from './segment-problem.tsx';
import { useProcessing } from './use-processing.ts';

const tabs = ['contacts', 'filters', 'details', 'history'] as const;

export interface SegmentPageProps {
  listId: string;
  tab: (typeof tabs)[number];
  isForSalesforce: boolean;
  isJustSaved: boolean;
  /** What the editor thought the size would be. */
  estimate: number | null;
}

/** One segment: how HubSpot is with it, who is in it, and by which filters. */
export function SegmentPage(props: SegmentPageProps) {
  const { listId, tab, isForSalesforce } = props;
  const t = useTranslations('segments');
  const common = useTranslations('common');
  const router = useRouter();
  const { detail, processing } = useProcessing(listId, props);
  useArrival(props);
  const actions = useSegmentActions({ isForSalesforce, onDeleted: () => router.push('/segments') });

  if (detail.isPending || !processing) {
    if (detail.isError) {
      return (
        <SegmentProblem
          error={detail.error}
          onRetry={() => void detail.refetch()}
          onRestore={() => actions.restore(listId)}
        />
      );
    }
    return (
      <PageBody isWide>
        <SkeletonTable label={common('loading')} rows={8} columns={5} />
      </PageBody>
    );
  }
  const { segment, canEdit } = detail.data ?? {};
  if (!segment || !detail.data) return null;
  const isEditable = canEdit && segment.kind === 'active' && segment.objectTypeId === '0-1';
  return (
    <>
      <PageHead
        back={{ href: isForSalesforce ? '/segments?for=salesforce' : '/segments', label: t('page.back') }}
        title={segment.name}
        description={<Facts segment={segment} />}
        actions={
          canEdit && (
            <>
              {isEditable && (
                <ButtonLink href={actions.editPath(segment)}>{t('actions.editFilters')}</ButtonLink>
              )}
              <Menu
                label={t('actions.menu')}
                trigger={
                  <Button iconAfter={<ChevronDown size={14} strokeWidth={2.25} aria-hidden />}>
                    {t('actions.menu')}
                  </Button>
                }
                items={actions.actionsOf(segment).filter(({ id }) => id !== 'edit')}
              />
            </>
          )
        }
        tabs={
          <>
            <ProcessingBanner
              state={processing}
              settingsHref={isForSalesforce ? settingsPaths.salesforce : null}
              onUse={() => actions.use(segment)}
              isChoosing={actions.isChoosing}
              onRetry={() => void detail.refetch()}
            />
            <div className="mt-4">
              <PageTabs
                label={t('page.tabs')}
                tabs={tabs.map((each) => ({ href: hrefOf(props, each), label: t(`page.${each}`) }))}
                current={hrefOf(props, tab)}
              />
            </div>
          </>
        }
      />
      <PageBody isWide>
        <TabBody tab={tab} detail={detail.data} />
      </PageBody>
      {actions.dialogs}
    </>
  );
}

/** Coming from the editor, the focus goes to the heading, and the news of the save is told once. */
function useArrival(props: SegmentPageProps): void {
  const arrived = useRef(props);
  useEffect(() => {
    if (!arrived.current.isJustSaved) return;
    document.querySelector<HTMLElement>('main h1')?.focus();
    window.history.replaceState(null, '', hrefOf(arrived.current, arrived.current.tab));
  }, []);
}

function hrefOf({ listId, isForSalesforce, estimate }: SegmentPageProps, tab: string): string {
  const params = new URLSearchParams();
  if (tab !== 'contacts') params.set('tab', tab);
  if (isForSalesforce) params.set('for', 'salesforce');
  if (estimate !== null) params.set('estimate', String(estimate));
  return params.size === 0 ? `/segments/${listId}` : `/segments/${listId}?${params}`;
}

function Facts({ segment }: { segment: Segment }) {
  const t = useTranslations('segments');
  const { ago } = useTimes();
  const when = segment.createdAt ? ago(segment.createdAt) : '';
  return (
    <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-small">
      <KindTag kind={segment.kind} />
      <StateTag state={segment.state} />
      {segment.uses.length > 0 && (
        <Link href={settingsPaths.salesforce} className="rounded-tag">
          <Tag tone="info">{t('tags.inclusionList')}</Tag>
        </Link>
      )}
      <span className="ml-1">
        {segment.createdBy
          ? t('page.createdBy', { name: segment.createdBy, when })
          : t('page.created', { when })}
      </span>
    </span>
  );
}

function TabBody({ tab, detail }: { tab: SegmentPageProps['tab']; detail: SegmentDetail }) {
  const t = useTranslations('segments');
  const common = useTranslations('common');
  const parts = useQuery(filterPartsQuery());
  if (tab === 'details') return <SegmentDetails segment={detail.segment} />;
  if (tab === 'contacts') return <MembersTab segment={detail.segment} parts={parts.data} />;
  if (!detail.filterBranch && tab === 'filters')
    return <p className="text-text-subtle">{t('page.noFilters')}</p>;
  if (parts.data && tab === 'history') return <HistoryTab detail={detail} parts={parts.data} />;
  if (parts.data && detail.filterBranch) {
    return <FilterSentences branch={detail.filterBranch} parts={parts.data} />;
  }
  if (!parts.isError) return <SkeletonTable label={common('loading')} rows={3} columns={1} />;
  return (
    <Alert
      tone="danger"
      title={t('errors.load')}
      actions={
        <Button size="medium" onPress={() => void parts.refetch()}>
          {common('tryAgain')}
        </Button>
      }
    />
  );
}
