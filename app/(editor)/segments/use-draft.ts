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

/** Keeps every change in this browser at once and on the server within a second; repeats what failed. */
export function useDraft(draft: SaveDraft, isDirty: boolean) {
  const [state, setState] = useState<DraftState>({ kind: 'none' });
  const json = JSON.stringify(draft);
  const latest = useRef(json);
  latest.current = json;
  const isEnded = useRef(false);

  useEffect(() => {
    if (!isDirty || isEnded.current) return;
    const current: SaveDraft = JSON.parse(json);
    writeLocal(current.listId, current);
    setState({ kind: 'saving' });
    let timer = setTimeout(save, saveAfterMs);
    async function save() {
      try {
        const { savedAt } = await saveDraft(current);
        if (latest.current !== json || isEnded.current) return;
        writeLocal(current.listId, null);
        setState({ kind: 'saved', at: savedAt });
      } catch {
        if (latest.current !== json || isEnded.current) return;
        setState({ kind: 'retrying' });
        timer = setTimeout(save, retryAfterMs);
      }
    }
    return () => clearTimeout(timer);
  }, [json, isDirty]);

  return {
    state,
    /** The segment was saved: no draft is kept any more. */
    end: () => {
      isEnded.current = true;
      writeLocal(draft.listId, null);
    },
    /** The draft is dropped, but editing goes on. */
    forget: async () => {
      writeLocal(draft.listId, null);
      setState({ kind: 'none' });
      await discardDraft(draft.listId);
    },
    discard: async () => {
      isEnded.current = true;
      writeLocal(draft.listId, null);
      await discardDraft(draft.listId);
    },
  };
}
