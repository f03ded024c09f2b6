'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useCountdown } from '#app/(app)/settings/shared/use-countdown.ts';
import { switchQuery } from '#lib/insight/queries.ts';
import type { SwitchGroup, SwitchPreview } from '#lib/insight/schemas.ts';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';

const shownFor = 24 * 60 * 60_000;
const soon = 10;
const groups: Record<SwitchGroup, true> = {
  start: true,
  stop: true,
  unchanged: true,
  frozen: true,
  exception: true,
};
const isGroup = (name: string | null): name is SwitchGroup => name !== null && Object.hasOwn(groups, name);

/** Writes the panel into the address, without asking the server for the page again. */
function go(change: string | null, show: SwitchGroup | null, isNew: boolean): void {
  const url = new URL(window.location.href);
  for (const [key, value] of Object.entries({ change, show })) {
    if (value === null) url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  window.history[isNew ? 'pushState' : 'replaceState'](null, '', url);
}

/**
 * What the newest change of the inclusion segment, or the one in the address, changes: followed until it is
 * in force, with its countdown and what is told of it.
 */
export function useSwitch(view: SettingsView) {
  const params = useSearchParams();
  const opened = params.get('change');
  const show = params.get('show');
  const { undo, lastSwitch } = view;
  const isFollowed = undo !== null && lastSwitch !== null;
  const changeId = opened ?? lastSwitch?.changeId ?? '';
  const enabled = opened !== null || isFollowed;
  const { data, error, refetch } = useQuery({ ...switchQuery(changeId), enabled });
  const preview = enabled && data?.changeId === changeId ? data : null;
  const secondsLeft = useCountdown(
    preview?.phase === 'waiting' ? { id: preview.changeId, secondsLeft: preview.secondsLeft } : null,
  );
  useSettingsFollow(preview, secondsLeft, () => void refetch());
  const [now] = useState(() => Date.now());
  const isRecent = lastSwitch !== null && now - new Date(lastSwitch.at).getTime() < shownFor;

  return {
    isOpen: opened !== null,
    changeId,
    preview,
    error: error?.message ?? null,
    secondsLeft,
    announcement: useAnnouncement(preview, secondsLeft),
    show: isGroup(show) ? show : null,
    /** The newest change, as long as the page offers to see it. */
    recent: isRecent || isFollowed ? (lastSwitch?.changeId ?? null) : null,
    /** Whether it can be taken back for as long as nobody has counted or confirmed it. */
    canUndoLate: preview?.changeId === lastSwitch?.changeId && isLate(preview),
    open: (id: string) => go(id, null, opened === null),
    close: () => go(null, null, false),
    openGroup: (next: SwitchGroup) => go(changeId, next, true),
    closeGroup: () => go(changeId, null, false),
  };
}

export type Switch = ReturnType<typeof useSwitch>;

function isLate(preview: SwitchPreview | null): boolean {
  return preview?.phase === 'held' || preview?.phase === 'uncounted';
}

/** The settings themselves are asked again when the change has come into force, or was ended elsewhere. */
function useSettingsFollow(preview: SwitchPreview | null, secondsLeft: number, look: () => void): void {
  const client = useQueryClient();
  const phase = preview?.phase ?? null;
  const former = useRef<typeof phase>(null);
  useEffect(() => {
    if (former.current !== null && phase !== null && former.current !== phase) {
      void client.invalidateQueries({ queryKey: settingsQuery().queryKey });
    }
    former.current = phase;
  }, [phase, client]);
  const isOver = phase === 'waiting' && preview?.secondsLeft !== 0 && secondsLeft === 0;
  const lookAgain = useRef(look);
  lookAgain.current = look;
  useEffect(() => {
    if (isOver) lookAgain.current();
  }, [isOver]);
}

/** Told once each: the numbers, ten seconds left, in force. Never every second. */
function useAnnouncement(preview: SwitchPreview | null, secondsLeft: number): string {
  const t = useTranslations('switch.announce');
  const [followed, setFollowed] = useState<string | null>(null);
  const changeId = preview?.changeId ?? null;
  const isWaiting = preview?.phase === 'waiting';
  useEffect(() => {
    if (isWaiting && changeId !== null) setFollowed(changeId);
  }, [isWaiting, changeId]);
  if (!preview || followed !== changeId) return '';
  if (preview.phase === 'inForce') return t('inForce');
  if (preview.phase !== 'waiting') return '';
  if (secondsLeft > 0 && secondsLeft <= soon) return t('soon');
  const { counts } = preview.count;
  if (!counts) return '';
  const { start, stop, both, neither } = counts;
  return t('counted', { start, stop, unchanged: both + neither, seconds: 60 });
}
