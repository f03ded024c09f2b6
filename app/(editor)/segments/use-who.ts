'use client';

import { useEffect, useState } from 'react';
import { findWho } from '#lib/segments/queries.ts';
import type { FoundPerson, Who } from '#lib/segments/schemas.ts';
import type { Places } from './filter-places.ts';

export type WhoState = {
  people: readonly FoundPerson[];
  state: 'reading' | 'done' | 'failed';
  read: number;
  toRead: number;
  isIncomplete: boolean;
};

const nothing: WhoState = { people: [], state: 'reading', read: 0, toRead: 0, isIncomplete: false };

/** Reads the people behind a number, part by part, while they are looked at. `who` null: nobody is asked for. */
export function useWho(places: Places | null, who: Who | null): WhoState & { retry: () => void } {
  const [found, setFound] = useState(nothing);
  const [round, setRound] = useState(0);
  const asked = places && who ? JSON.stringify({ filterBranch: places.filterBranch, who }) : null;

  useEffect(() => {
    setFound(nothing);
    // A retry asks the same again.
    void round;
    if (asked === null) return;
    let isCurrent = true;
    void readAll(JSON.parse(asked), (next) => {
      if (isCurrent) setFound(next);
      return isCurrent;
    });
    return () => {
      isCurrent = false;
    };
  }, [asked, round]);

  return { ...found, retry: () => setRound((former) => former + 1) };
}

async function readAll(
  request: Parameters<typeof findWho>[0],
  tell: (state: WhoState) => boolean,
): Promise<void> {
  let people: FoundPerson[] = [];
  let so = nothing;
  try {
    let answer = await findWho(request);
    for (;;) {
      people = [...people, ...answer.people];
      const { read, toRead, isIncomplete, cursor } = answer;
      so = { people, read, toRead, isIncomplete, state: cursor ? 'reading' : 'done' };
      if (!tell(so) || !cursor) return;
      answer = await findWho({ ...request, cursor });
    }
  } catch {
    tell({ ...so, state: 'failed' });
  }
}
