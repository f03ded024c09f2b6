'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { VersionCard } from '#components/segments/version-card.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { ApiError } from '#lib/core/api-client.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { diffFilters } from '#lib/segments/filter/diff.ts';
import { segmentKeys, segmentVersionsQuery, updateSegment } from '#lib/segments/queries.ts';
import type { FilterParts, SegmentDetail, SegmentVersions } from '#lib/segments/schemas.ts';

type Version = SegmentVersions['versions'][number];

/** The versions of a segment's filters, what changed in each, and the way back. */
export function HistoryTab({ detail, parts }: { detail: SegmentDetail; parts: FilterParts }) {
  const t = useTranslations('segments');
  const common = useTranslations('common');
  const { exact } = useTimes();
  const versions = useQuery(segmentVersionsQuery(detail.segment.listId));
  const [restoring, setRestoring] = useState<Version | null>(null);
  const restore = useRestore(detail, () => setRestoring(null));
  if (versions.isPending) return <SkeletonTable label={common('loading')} rows={3} columns={1} />;
  if (versions.isError) {
    return (
      <RetryAlert
        title={t('errors.load')}
        retryLabel={common('tryAgain')}
        onRetry={() => void versions.refetch()}
      >
        {versions.error.message}
      </RetryAlert>
    );
  }
  const { current, versions: known } = versions.data;
  const canRestore = detail.canEdit && detail.segment.kind === 'active';
  const titleOf = ({ version, by, at }: Version) =>
    t('history.title', { version, who: by ?? t('history.inHubSpot'), when: exact(at) });
  return (
    <>
      <p className="mb-4 text-text-subtle">{known.length === 0 ? t('history.none') : t('history.intro')}</p>
      <ol className="grid max-w-[760px] gap-3">
        {known.map((version, index) => {
          const before = known[index + 1];
          const isCurrent = version.version === current;
          return (
            <VersionCard
              key={version.version}
              title={titleOf(version)}
              filterBranch={version.filterBranch}
              diff={before ? diffFilters(before.filterBranch, version.filterBranch) : null}
              parts={parts}
              isCurrent={isCurrent}
              {...(canRestore && !isCurrent ? { onRestore: () => setRestoring(version) } : {})}
            />
          );
        })}
      </ol>
      <ConfirmModal
        isOpen={restoring !== null}
        onClose={() => setRestoring(null)}
        onConfirm={() => restoring && restore.mutate(restoring)}
        title={t('history.restoreTitle', { version: restoring?.version ?? 0 })}
        confirmLabel={t('history.restore')}
        busyLabel={common('saving')}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        isBusy={restore.isPending}
      >
        {detail.segment.uses.length > 0 ? t('history.restoreInUse') : t('history.restoreText')}
      </ConfirmModal>
    </>
  );
}

/** Written over the version that is shown as the present one; a newer one at HubSpot is not overwritten. */
function useRestore({ segment }: SegmentDetail, onDone: () => void) {
  const t = useTranslations('segments');
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ filterBranch }: Version) =>
      updateSegment(segment.listId, { filterBranch, version: segment.version }),
    onSuccess: () => showToast({ tone: 'positive', title: t('history.restored') }),
    onError: (error) =>
      showToast({ tone: 'danger', title: error instanceof ApiError ? error.message : t('errors.save') }),
    onSettled: async () => {
      onDone();
      await queryClient.invalidateQueries({ queryKey: segmentKeys.all });
    },
  });
}
