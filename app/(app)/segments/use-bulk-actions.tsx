'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import type { TableSelection } from '#components/ui/table-types.ts';
import { showToast } from '#components/ui/toast.tsx';
import * as api from '#lib/segments/queries.ts';
import type { Segment } from '#lib/segments/schemas.ts';

/** Deleting, or in the view of deleted ones restoring, several segments of the page at once. */
export function useBulkActions(shown: readonly Segment[], isDeletedView: boolean) {
  const t = useTranslations('segments.bulk');
  const common = useTranslations('common');
  const queryClient = useQueryClient();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  // Only what is seen is meant: another page, or a segment that is gone, takes its mark along.
  const chosen = shown.filter(({ listId }) => marked.has(listId));
  const inUse = chosen.filter(({ uses }) => uses.length > 0);
  const free = chosen.filter(({ uses }) => uses.length === 0);

  const run = useMutation({
    mutationFn: (segments: readonly Segment[]) => oneByOne(segments, isDeletedView),
    onSuccess: async ({ done, failed }) => {
      setAsking(false);
      setMarked(new Set());
      if (done > 0) {
        const title = isDeletedView ? t('restored', { count: done }) : t('deleted', { count: done });
        showToast({ tone: 'positive', title });
      }
      if (failed.length > 0) {
        showToast({ tone: 'danger', title: t('failed', { names: failed.join(', ') }) });
      }
      await queryClient.invalidateQueries({ queryKey: api.segmentKeys.all });
    },
  });

  const selection: TableSelection<Segment> = {
    selected: new Set(chosen.map(({ listId }) => listId)),
    onChange: setMarked,
    allLabel: t('all'),
    rowLabel: ({ name }) => t('row', { name }),
    bulkBar: (
      <>
        <span className="shrink-0 tabular-nums">{t('selected', { count: chosen.length })}</span>
        {isDeletedView ? (
          <Button
            size="medium"
            onPress={() => run.mutate(chosen)}
            isBusy={run.isPending}
            busyLabel={common('saving')}
          >
            {t('restore')}
          </Button>
        ) : (
          <Button size="medium" onPress={() => setAsking(true)}>
            {t('delete')}
          </Button>
        )}
      </>
    ),
  };
  const dialog = (
    <ConfirmModal
      isOpen={isAsking}
      onClose={() => setAsking(false)}
      onConfirm={() => (free.length > 0 ? run.mutate(free) : setAsking(false))}
      title={t('deleteTitle', { count: free.length })}
      confirmLabel={free.length > 0 ? t('delete') : common('close')}
      busyLabel={t('deleting')}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      isDangerous={free.length > 0}
      isBusy={run.isPending}
    >
      {free.length > 0 && <p>{t('deleteText')}</p>}
      {inUse.map(({ listId, name }) => (
        <p key={listId} className="mt-2">
          {t('kept', { name })}
        </p>
      ))}
    </ConfirmModal>
  );
  return { selection, dialog };
}

/** One after the other: HubSpot has no call for several, and one that is refused must not stop the rest. */
async function oneByOne(segments: readonly Segment[], isRestoring: boolean) {
  const failed: string[] = [];
  for (const { listId, name } of segments) {
    try {
      await (isRestoring ? api.restoreSegment(listId) : api.deleteSegment(listId));
    } catch {
      failed.push(name);
    }
  }
  return { done: segments.length - failed.length, failed };
}
