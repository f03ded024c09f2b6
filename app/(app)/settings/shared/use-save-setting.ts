'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { newerSettings, settingsQuery, updateSettingMutation } from '#lib/settings/queries.ts';
import type { SettingsPatch, SettingsView } from '#lib/settings/schemas.ts';

const quietMs = 300;
const savedShownMs = 3_000;

export type SaveState = 'idle' | 'saving' | 'saved';
type Patch = Pick<SettingsPatch, 'key' | 'value'>;

export type SaveOptions = {
  onSaved?: (view: SettingsView) => void;
  /** Somebody else changed this very setting meanwhile. */
  onConflict?: (theirs: SettingsView) => void;
  /** `isGone`: the person has left the page, so only a toast can tell them. */
  onFailed: (error: Error, isGone: boolean) => void;
};

/**
 * Saves one setting at once. Under 300 ms nothing shows; then "Saving…"; then "Saved" for three seconds. A
 * newer version in which this setting is as it was seen is no conflict: the change is sent again upon it.
 */
export function useSaveSetting(options: SaveOptions) {
  const client = useQueryClient();
  const [state, setState] = useState<SaveState>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isGone = useRef(false);
  const { mutateAsync } = useMutation(updateSettingMutation());

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      clearTimeout(timer.current);
    };
  }, []);

  const after = (ms: number, next: SaveState) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState(next), ms);
  };

  async function send(patch: Patch, seen: SettingsView): Promise<SettingsView> {
    try {
      return await mutateAsync({ ...patch, version: seen.version } as SettingsPatch);
    } catch (error) {
      const theirs = await newerSettings(error);
      if (theirs && theirs.values[patch.key] === seen.values[patch.key]) return send(patch, theirs);
      throw error;
    }
  }

  async function save(patch: Patch, seen: SettingsView): Promise<void> {
    after(quietMs, 'saving');
    try {
      const view = await send(patch, seen);
      client.setQueryData(settingsQuery().queryKey, view);
      clearTimeout(timer.current);
      setState('saved');
      after(savedShownMs, 'idle');
      options.onSaved?.(view);
    } catch (error) {
      clearTimeout(timer.current);
      setState('idle');
      const theirs = await newerSettings(error);
      if (theirs && options.onConflict && !isGone.current) options.onConflict(theirs);
      else options.onFailed(error instanceof Error ? error : new Error(String(error)), isGone.current);
    }
  }

  return { state, save };
}
