'use client';

import { useEffect, useRef, useState } from 'react';
import { discardDraft, saveDraft } from '#lib/segments/queries.ts';
import { type SaveDraft, saveDraftSchema } from '#lib/segments/schemas.ts';

const saveAfterMs = 500;
const retryAfterMs = 5_000;

export type DraftState =
  | { kind: 'none' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'retrying' };

const storageKey = (listId: string) => `segbridge-draft:${listId || 'new'}`;

/** What this browser kept because the server could not be reached; null if there is nothing. */
export function readLocalDraft(listId: string): SaveDraft | null {
  try {
    const text = window.localStorage.getItem(storageKey(listId));
    const parsed = saveDraftSchema.safeParse(text === null ? null : JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Storage can be switched off or hold somebody else's text: then there is no draft.
    return null;
  }
}

function writeLocal(listId: string, draft: SaveDraft | null): void {
  try {
    if (draft === null) window.localStorage.removeItem(storageKey(listId));
    else window.localStorage.setItem(storageKey(listId), JSON.stringify(draft));
  } catch {
    // Without storage the server's copy is the only one.
  }
}

/**
 * Keeps every change in this browser at once and on the server within a second, one after the other; repeats
 * what failed.
 */
export function useDraft(draft: SaveDraft, isDirty: boolean) {
  const [state, setState] = useState<DraftState>({ kind: 'none' });
  const json = JSON.stringify(draft);
  const latest = useRef(json);
  latest.current = json;
  const isEnded = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sending = useRef(Promise.resolve());
  const sent = useRef<string | null>(null);

  async function send(text: string): Promise<void> {
    if (latest.current !== text || isEnded.current || sent.current === text) return;
    const current: SaveDraft = JSON.parse(text);
    try {
      const { savedAt } = await saveDraft(current);
      sent.current = text;
      if (latest.current !== text || isEnded.current) return;
      writeLocal(current.listId, null);
      setState({ kind: 'saved', at: savedAt });
    } catch {
      if (latest.current !== text || isEnded.current) return;
      setState({ kind: 'retrying' });
      timer.current = setTimeout(() => queue(text), retryAfterMs);
    }
  }

  function queue(text: string): Promise<void> {
    sending.current = sending.current.then(() => send(text));
    return sending.current;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another draft is sent.
  useEffect(() => {
    if (!isDirty || isEnded.current) return;
    const current: SaveDraft = JSON.parse(json);
    writeLocal(current.listId, current);
    setState({ kind: 'saving' });
    timer.current = setTimeout(() => queue(json), saveAfterMs);
    return () => clearTimeout(timer.current);
  }, [json, isDirty]);

  /** Nothing is sent any more; what is still on its way is waited for, so that it cannot come back after the end. */
  async function stop(): Promise<void> {
    isEnded.current = true;
    clearTimeout(timer.current);
    writeLocal(draft.listId, null);
    await sending.current;
  }

  return {
    state,
    /** Waits until the server has the newest draft, or could not be told: before saving, which deletes it. */
    flush: (): Promise<void> => {
      clearTimeout(timer.current);
      return isDirty ? queue(json) : sending.current;
    },
    /** The segment was saved: no draft is kept any more. */
    end: () => void stop(),
    /** The draft is dropped, but editing goes on. */
    forget: async () => {
      clearTimeout(timer.current);
      writeLocal(draft.listId, null);
      setState({ kind: 'none' });
      await sending.current;
      sent.current = null;
      await discardDraft(draft.listId);
    },
    discard: async () => {
      await stop();
      await discardDraft(draft.listId);
    },
  };
}
