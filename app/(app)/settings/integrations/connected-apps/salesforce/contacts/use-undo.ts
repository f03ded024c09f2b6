'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { settingsQuery, undoChangeMutation } from '#lib/settings/queries.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';

/** Takes back the last change of the Inclusion List while it waits, and how many seconds are left for it. */
export function useUndo(
  view: SettingsView,
  options: { onUndone: () => void; onFailed: (error: Error) => void },
) {
  const client = useQueryClient();
  const secondsLeft = useCountdown(view.undo);
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

/** Counts down on this browser's own clock from what the server said was left. */
function useCountdown(undo: SettingsView['undo']): number {
  const [left, setLeft] = useState(undo?.secondsLeft ?? 0);
  const changeId = undo?.changeId;
  const start = undo?.secondsLeft ?? 0;
  useEffect(() => {
    setLeft(start);
    if (changeId === undefined || start <= 0) return;
    const deadline = performance.now() + start * 1000;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [changeId, start]);
  return changeId === undefined ? 0 : left;
}
