'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCountdown } from '#app/(app)/settings/shared/use-countdown.ts';
import { settingsQuery, undoChangeMutation } from '#lib/settings/queries.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';

/** Takes back the last change of the Inclusion List while it waits, and how many seconds are left for it. */
export function useUndo(
  view: SettingsView,
  options: { onUndone: () => void; onFailed: (error: Error) => void },
) {
  const client = useQueryClient();
  const secondsLeft = useCountdown(
    view.undo && { id: view.undo.changeId, secondsLeft: view.undo.secondsLeft },
  );
  const { mutate, isPending } = useMutation({
    ...undoChangeMutation(),
    onSuccess: (next) => {
      client.setQueryData(settingsQuery().queryKey, next);
      options.onUndone();
    },
    onError: options.onFailed,
  });
  return { secondsLeft, isUndoing: isPending, undo: (changeId: string) => mutate(changeId) };
}
