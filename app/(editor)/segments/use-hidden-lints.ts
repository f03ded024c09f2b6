'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hiddenLintsQuery, hideLint, segmentKeys } from '#lib/segments/queries.ts';

/** Which findings are hidden for a segment: kept on the server, for everybody; of a new one until it is saved. */
export function useHiddenLints(listId: string) {
  const queryClient = useQueryClient();
  const stored = useQuery(hiddenLintsQuery(listId));
  const [keys, setKeys] = useState<string[]>([]);
  const keep = useMutation({
    mutationFn: (key: string) => hideLint(listId, key),
    // Where the server could not be told, it stays hidden until the page is closed.
    onSuccess: (answer) => queryClient.setQueryData(segmentKeys.hiddenLints(listId), answer),
  });
  const hide = (key: string) => {
    setKeys((former) => [...former, key]);
    if (listId !== '') keep.mutate(key);
  };
  return { keys: [...keys, ...(stored.data?.keys ?? [])], hide };
}
