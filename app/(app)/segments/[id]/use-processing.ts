'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ProcessingState } from '#components/segments/processing-banner.tsx';
import { segmentQuery } from '#lib/segments/queries.ts';
import type { Segment } from '#lib/segments/schemas.ts';

const oftenMs = 3_000;
const rarelyMs = 15_000;
const rarelyAfterMs = 60_000;

/**
 * A segment, asked for again while HubSpot processes it: every 3 s, after a minute every 15 s. The number
 * found so far never goes down.
 */
export function useProcessing(listId: string, options: { isJustSaved: boolean; estimate: number | null }) {
  const began = useRef<number | null>(null);
  const detail = useQuery({
    ...segmentQuery(listId),
    refetchInterval: ({ state }) => {
      if (state.data?.segment.state !== 'processing') return false;
      began.current ??= performance.now();
      return performance.now() - began.current > rarelyAfterMs ? rarelyMs : oftenMs;
    },
  });
  const segment = detail.data?.segment;
  const [wasProcessing, setWasProcessing] = useState(options.isJustSaved);
  const highest = useRef({ version: -1, found: 0 });
  useEffect(() => {
    if (segment?.state === 'processing') setWasProcessing(true);
  }, [segment?.state]);
  return {
    detail,
    processing: segment ? stateOf(segment, highest.current, wasProcessing, options.estimate) : null,
  };
}

function stateOf(
  segment: Segment,
  highest: { version: number; found: number },
  wasProcessing: boolean,
  estimate: number | null,
): ProcessingState {
  if (highest.version !== segment.version) Object.assign(highest, { version: segment.version, found: 0 });
  highest.found = Math.max(highest.found, segment.size ?? 0);
  switch (segment.state) {
    case 'processing':
      return highest.found === 0
        ? { kind: 'queued' }
        : { kind: 'processing', found: highest.found, estimate };
    case 'failed':
      return { kind: 'failed' };
    case 'ready':
      if (!wasProcessing || segment.kind !== 'active') return { kind: 'quiet' };
      return { kind: 'done', size: segment.size ?? 0, canUse: segment.uses.length === 0 };
    default:
      return { kind: 'quiet' };
  }
}
