'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MappingRow } from '#components/mappings/mapping-rows.ts';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import type { MenuAction } from '#components/ui/menu.tsx';
import { closeToast, showToast } from '#components/ui/toast.tsx';
import {
  changeMappingMutation,
  mappingsQuery,
  removeMappingMutation,
  restoreMappingMutation,
} from '#lib/mappings/queries.ts';
import type { MappingsView } from '#lib/mappings/schemas.ts';
import { reasonOf } from './use-save-mapping.ts';

/** What can be done with a mapping in its row: edit, stop, delete and take that back. Render `dialog` somewhere. */
export function useMappingActions(onEdit: (row: MappingRow) => void) {
  const t = useTranslations('mappings');
  const common = useTranslations('common');
  const client = useQueryClient();
  const [deleting, setDeleting] = useState<MappingRow | null>(null);
  const [undoToast, setUndoToast] = useState<string | null>(null);
  const store = (view: MappingsView) => client.setQueryData(mappingsQuery().queryKey, view);
  const fail = (error: Error) => {
    setDeleting(null);
    showToast({ tone: 'danger', title: t('failed'), text: reasonOf(error, '') });
    void client.invalidateQueries({ queryKey: mappingsQuery().queryKey });
  };
  const change = useMutation({ ...changeMappingMutation(), onSuccess: store, onError: fail });
  const restore = useMutation({
    ...restoreMappingMutation(),
    onSuccess: (view) => {
      store(view);
      if (undoToast) closeToast(undoToast);
      showToast({ tone: 'positive', title: t('undone') });
    },
    onError: fail,
  });
  const remove = useMutation({
    ...removeMappingMutation(),
    onSuccess: (view, { id }) => {
      store(view);
      setDeleting(null);
      const undo = { label: common('undo'), onPress: () => restore.mutate(id) };
      setUndoToast(
        showToast({ tone: 'positive', title: t('deletedToast'), text: t('deletedText'), actions: [undo] }),
      );
    },
    onError: fail,
  });

  const stop = ({ mapping, name }: MappingRow) => {
    const { id, version, hubspotProperty, leadField, contactField } = mapping;
    change.mutate(
      { id, version, hubspotProperty, leadField, contactField, rule: 'DONT_SYNC' },
      { onSuccess: () => showToast({ tone: 'positive', title: t('stoppedToast', { name }) }) },
    );
  };
  const actionsOf = (row: MappingRow): MenuAction[] => [
    { id: 'edit', label: t('edit'), icon: <Pencil size={16} aria-hidden />, onAction: () => onEdit(row) },
    {
      id: 'stop',
      label: t('stop'),
      icon: <Ban size={16} aria-hidden />,
      isDisabled: row.mapping.rule === 'DONT_SYNC' || row.ownRule === 'email',
      ...(row.ownRule === 'email' ? { description: t('alwaysSyncs') } : {}),
      onAction: () => stop(row),
    },
    {
      id: 'delete',
      label: t('delete'),
      icon: <Trash2 size={16} aria-hidden />,
      isDangerous: true,
      isDisabled: row.mapping.isDefault,
      ...(row.mapping.isDefault ? { description: t('defaultStays') } : {}),
      onAction: () => setDeleting(row),
    },
  ];
  return {
    actionsOf,
    undo: restore.mutate,
    isUndoing: restore.isPending,
    dialog: deleting && (
      <ConfirmModal
        isOpen
        onClose={() => setDeleting(null)}
        onConfirm={() => remove.mutate({ id: deleting.mapping.id, version: deleting.mapping.version })}
        title={t('deleteTitle', { name: deleting.name })}
        confirmLabel={t('delete')}
        busyLabel={t('deleting')}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        isDangerous
        isBusy={remove.isPending}
      >
        {t('deleteText')}
      </ConfirmModal>
    ),
  };
}
