'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { createElement, useRef, useState } from 'react';
import { useSaveSetting } from '#app/(app)/settings/shared/use-save-setting.ts';
import { closeToast, showToast } from '#components/ui/toast.tsx';
import { ApiError } from '#lib/core/api-client.ts';
import { segmentKeys } from '#lib/segments/queries.ts';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';
import { CountedLine } from './counted-line.tsx';
import { useUndo } from './use-undo.ts';

type Choice = { listId: string | null; name: string };

type Events = {
  onResync: () => void;
  /** A change was saved that can be looked at. */
  onSwitched: (changeId: string) => void;
  onUndone: () => void;
};

/** Choosing the Inclusion List: shown at once, saved at once, with Undo, failure and conflict. */
export function useInclusionList(view: SettingsView, { onResync, onSwitched, onUndone }: Events) {
  const t = useTranslations('settings.limit');
  const common = useTranslations('common');
  const before = useTranslations('switch.before');
  const client = useQueryClient();
  const fieldRef = useRef<HTMLButtonElement>(null);
  const toastKey = useRef<string>(undefined);
  const asked = useRef<Choice>(undefined);
  const [pending, setPending] = useState<Choice | null>(null);
  const [refused, setRefused] = useState<{ choice: Choice; reason: string } | null>(null);
  const [conflict, setConflict] = useState<{ choice: Choice; theirs: SettingsView } | null>(null);
  const [announcement, setAnnouncement] = useState('');

  const undoing = useUndo(view, {
    onUndone: () => {
      closeToastOf(toastKey.current);
      onUndone();
      showToast({ tone: 'positive', title: t('undoneToast') });
    },
    onFailed: (error) => showToast({ tone: 'danger', title: error.message }),
  });

  const { state, save } = useSaveSetting({
    onSaved: (saved) => {
      setPending(null);
      void client.invalidateQueries({ queryKey: segmentKeys.all });
      tell(saved);
    },
    onConflict: (theirs) => {
      if (asked.current) setConflict({ choice: asked.current, theirs });
      setPending(null);
    },
    onFailed: (error, isGone) => {
      const reason = error instanceof ApiError ? error.message : '';
      if (isGone) showToast({ tone: 'danger', title: t('saveFailed'), text: reason });
      const choice = asked.current;
      if (choice) setRefused({ choice, reason });
      setPending(null);
    },
  });

  function choose(listId: string | null, name: string, seen = view) {
    asked.current = { listId, name };
    setPending({ listId, name });
    setRefused(null);
    setConflict(null);
    setAnnouncement('');
    fieldRef.current?.focus();
    void save({ key: 'inclusionListId', value: listId }, seen);
  }

  function tell(saved: SettingsView) {
    const everyone = saved.values.inclusionListId === null;
    const name = nameOf(saved);
    const count = everyone ? (saved.contactCount ?? 0) : (saved.segment?.size ?? 0);
    const isNobody = !everyone && saved.segment?.state === 'ready' && count === 0;
    setAnnouncement(t('savedAnnounce', { name, size: t('size', { count }) }));
    const changeId = saved.undo?.changeId;
    if (changeId) onSwitched(changeId);
    else onUndone();
    closeToastOf(toastKey.current);
    toastKey.current = showToast({
      tone: everyone || isNobody ? 'caution' : 'positive',
      title: everyone ? t('everyoneToast') : isNobody ? t('nobodyToast') : t('savedToast'),
      text: changeId
        ? createElement(CountedLine, {
            ...{ changeId, name },
            say: ({ start, stop }) => before('line', { start, stop }),
          })
        : name,
      actions: [
        ...(changeId ? [{ label: common('undo'), onPress: () => undoing.undo(changeId) }] : []),
        ...(isNobody ? [] : [{ label: everyone ? t('resyncAll') : t('resync'), onPress: onResync }]),
      ],
    });
  }

  function nameOf({ values, segment }: SettingsView): string {
    return values.inclusionListId === null ? t('all') : (segment?.name ?? t('unknown'));
  }

  return {
    fieldRef,
    shown: pending ?? { listId: view.values.inclusionListId, name: nameOf(view) },
    isPending: pending !== null,
    saveState: state,
    failure: refused?.reason ?? (refused ? '' : null),
    conflict: conflict?.theirs ?? null,
    announcement,
    secondsLeft: undoing.secondsLeft,
    isUndoing: undoing.isUndoing,
    choose,
    undo: () => {
      if (view.undo) undoing.undo(view.undo.changeId);
    },
    undoChange: undoing.undo,
    keepTheirs: () => {
      if (conflict) client.setQueryData(settingsQuery().queryKey, conflict.theirs);
      setConflict(null);
    },
    /** Sends the refused or contradicted choice again, upon the newest settings. */
    retry: () => {
      const again = conflict ?? refused;
      if (again) choose(again.choice.listId, again.choice.name, conflict?.theirs ?? view);
    },
  };
}

export type InclusionList = ReturnType<typeof useInclusionList>;

function closeToastOf(key: string | undefined): void {
  if (key !== undefined) closeToast(key);
}
