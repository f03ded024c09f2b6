'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type SeenGroup, SwitchBeforeRestore } from '#components/contact-sync/switch-before.tsx';
import { RestoreDialog } from '#components/history/restore-dialog.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { auditKey } from '#lib/activity/queries.ts';
import { ApiError } from '#lib/core/api-client.ts';
import { countedEffectQuery, switchEffectsQuery } from '#lib/insight/queries.ts';
import {
  restoreMutation,
  settingsAsOfQuery,
  settingsQuery,
  undoChangeMutation,
} from '#lib/settings/queries.ts';
import type { Restored } from '#lib/settings/schemas.ts';
import { RestorePeople } from './restore-people.tsx';

export interface RestoreModalProps {
  /** Which version comes back; null: the modal is closed. */
  version: number | null;
  onClose: () => void;
  /** `changeId`: the Inclusion List was switched, which waits and can be looked at. */
  onRestored: (changeId: string | null) => void;
}

/** Asks which settings of a version come back, and brings them back. */
export function RestoreModal({ version, onClose, onRestored }: RestoreModalProps) {
  const client = useQueryClient();
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState<SeenGroup | null>(null);
  const { data, error, refetch, isFetching } = useQuery({
    ...settingsAsOfQuery(version ?? 0),
    enabled: version !== null,
    // Which settings differ, and which can come back, holds for this moment only.
    staleTime: 0,
  });
  const former = data?.differs.includes('inclusionListId') ? data.former : null;
  const { effect, isStored, isCounting } = useRestoreEffect(former?.values.inclusionListId);
  const tellRestored = useRestoredToast();
  const {
    mutate,
    isPending,
    error: refusal,
    reset,
  } = useMutation({
    ...restoreMutation(),
    onSuccess: (restored, { from }) => {
      client.setQueryData(settingsQuery().queryKey, restored.settings);
      void client.invalidateQueries({ queryKey: auditKey });
      tellRestored(restored, from);
      close(() => onRestored(switchOf(restored)));
    },
  });
  const close = (then: () => void) => {
    reset();
    setWithout(new Set());
    setSeen(null);
    then();
  };
  const isBehind = refusal instanceof ApiError && refusal.problem.code === 'restore_conflict';
  return (
    <RestoreDialog
      isOpen={version !== null}
      onClose={() => close(onClose)}
      version={version ?? 0}
      view={data && !(isBehind && isFetching) ? data : null}
      error={(refusal ?? error)?.message ?? null}
      onAgain={() => {
        reset();
        void refetch();
      }}
      without={without}
      onWithout={setWithout}
      isBusy={isPending}
      onConfirm={(request) => mutate({ from: version ?? 0, ...request })}
      numbers={
        <SwitchBeforeRestore
          effect={effect}
          isCounting={isCounting}
          {...(isStored ? { onSee: setSeen } : {})}
        />
      }
      people={
        effect && seen ? (
          <RestorePeople effect={effect} group={seen} version={version ?? 0} onBack={() => setSeen(null)} />
        ) : null
      }
    />
  );
}

/**
 * What bringing a list back would change, as far as that is known; if it is not, HubSpot is asked for its members.
 * Undefined: another list is not among what comes back.
 */
function useRestoreEffect(listId: string | null | undefined) {
  const stored = useQuery({ ...switchEffectsQuery(), enabled: listId !== undefined });
  const known = stored.data?.effects.find((each) => each.listId === listId);
  const isUnknown = typeof listId === 'string' && stored.data !== undefined && !known;
  const counted = useQuery({ ...countedEffectQuery(listId ?? ''), enabled: isUnknown });
  return {
    effect: known ?? (isUnknown ? counted.data : null) ?? null,
    isStored: known !== undefined,
    isCounting: counted.isLoading,
  };
}

function switchOf({ settings, keys }: Restored): string | null {
  return keys.includes('inclusionListId') ? (settings.undo?.changeId ?? null) : null;
}

/** Tells that a version is back, with the way to undo it. */
function useRestoredToast(): (restored: Restored, from: number) => void {
  const t = useTranslations('history.restore');
  const common = useTranslations('common');
  const client = useQueryClient();
  const options = {
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: settingsQuery().queryKey });
      void client.invalidateQueries({ queryKey: auditKey });
      showToast({ tone: 'positive', title: t('undone') });
    },
    onError: (error: Error) => showToast({ tone: 'danger', title: error.message }),
  };
  const undoSwitch = useMutation({ ...undoChangeMutation(), ...options });
  const undoRest = useMutation({ ...restoreMutation(), ...options });

  return (restored, from) => {
    const { keys, mappings } = restored;
    const { version } = restored.settings;
    // A switch of the list waits and can be undone whole; the rest goes back by a restore of its own.
    const undo = () => {
      const changeId = switchOf(restored);
      if (changeId) undoSwitch.mutate(changeId);
      else undoRest.mutate({ from: version - 1, version, keys, mappings });
    };
    showToast({
      tone: 'positive',
      title: t('done', { from, version }),
      actions: keys.length + mappings.length > 0 ? [{ label: common('undo'), onPress: undo }] : [],
    });
  };
}
