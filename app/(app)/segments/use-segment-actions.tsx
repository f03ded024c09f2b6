'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { DeleteDialog, RenameDialog } from '#components/segments/segment-dialogs.tsx';
import type { MenuAction } from '#components/ui/menu.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { ApiError } from '#lib/core/api-client.ts';
import * as api from '#lib/segments/queries.ts';
import type { Segment } from '#lib/segments/schemas.ts';

/** What can be done with a segment, with the questions it asks; the same in the index and on its page. */
export function useSegmentActions(options: { isForSalesforce: boolean; onDeleted?: () => void }) {
  const t = useTranslations('segments');
  const router = useRouter();
  const queryClient = useQueryClient();
  const [deleting, setDeleting] = useState<Segment | null>(null);
  const [renaming, setRenaming] = useState<Segment | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.segmentKeys.all });

  const failed = (error: Error) =>
    showToast({ tone: 'danger', title: error instanceof ApiError ? error.message : t('errors.save') });
  const done = (title: string) => showToast({ tone: 'positive', title });

  const remove = useMutation({
    mutationFn: (segment: Segment) => api.deleteSegment(segment.listId),
    onSuccess: async (_, segment) => {
      setDeleting(null);
      const undo = { label: t('actions.restore'), onPress: () => restore.mutate(segment) };
      showToast({ tone: 'positive', title: t('delete.done'), actions: [undo] });
      options.onDeleted?.();
      await refresh();
    },
    onError: (error) => {
      setDeleting(null);
      failed(error);
    },
  });
  const restore = useMutation({
    mutationFn: (segment: Pick<Segment, 'listId'>) => api.restoreSegment(segment.listId),
    onSuccess: async () => {
      done(t('restore.done'));
      await refresh();
    },
    onError: failed,
  });
  const rename = useMutation({
    mutationFn: (change: { segment: Segment; name: string }) =>
      api.updateSegment(change.segment.listId, { name: change.name }),
    onSuccess: async () => {
      setRenaming(null);
      done(t('rename.done'));
      await refresh();
    },
  });
  const duplicate = useMutation({
    mutationFn: (segment: Segment) =>
      api.duplicateSegment(segment.listId, t('duplicate.name', { name: segment.name }).slice(0, 100)),
    onSuccess: async ({ segment }) => {
      done(t('duplicate.done'));
      await refresh();
      router.push(`/segments/${segment.listId}`);
    },
    onError: failed,
  });
  const use = useMutation({
    mutationFn: (segment: Segment) => api.makeInclusionList(segment.listId),
    onSuccess: async () => {
      done(t('use.done'));
      await refresh();
    },
    onError: failed,
  });

  const editPath = (segment: Segment) =>
    `/segments/${segment.listId}/edit${options.isForSalesforce ? '?for=salesforce' : ''}`;

  function actionsOf(segment: Segment): MenuAction[] {
    if (segment.state === 'deleted') {
      return [{ id: 'restore', label: t('actions.restore'), onAction: () => restore.mutate(segment) }];
    }
    const isActive = segment.kind === 'active';
    const isContacts = segment.objectTypeId === '0-1';
    const canUse = isActive && isContacts && segment.uses.length === 0 && segment.state !== 'failed';
    return [
      ...(isActive && isContacts
        ? [{ id: 'edit', label: t('actions.editFilters'), href: editPath(segment) }]
        : []),
      { id: 'rename', label: t('actions.rename'), onAction: () => openRename(segment) },
      ...(isActive && isContacts
        ? [{ id: 'duplicate', label: t('actions.duplicate'), onAction: () => duplicate.mutate(segment) }]
        : []),
      ...(canUse ? [{ id: 'use', label: t('actions.use'), onAction: () => use.mutate(segment) }] : []),
      { id: 'delete', label: t('actions.delete'), isDangerous: true, onAction: () => setDeleting(segment) },
    ];
  }

  function openRename(segment: Segment) {
    rename.reset();
    setRenaming(segment);
  }

  const dialogs: ReactNode = (
    <>
      <DeleteDialog
        segment={deleting}
        onClose={() => setDeleting(null)}
        onConfirm={(segment) => remove.mutate(segment)}
        isBusy={remove.isPending}
      />
      <RenameDialog
        segment={renaming}
        onClose={() => setRenaming(null)}
        onRename={(segment, name) => rename.mutate({ segment, name })}
        isBusy={rename.isPending}
        error={
          rename.error ? (rename.error instanceof ApiError ? rename.error.message : t('errors.save')) : null
        }
      />
    </>
  );
  return {
    actionsOf,
    dialogs,
    editPath,
    restore: (listId: string) => restore.mutate({ listId }),
    use: (segment: Segment) => use.mutate(segment),
    isChoosing: use.isPending,
  };
}
