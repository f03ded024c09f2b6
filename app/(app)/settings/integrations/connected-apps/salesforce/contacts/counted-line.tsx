'use client';

import { useQuery } from '@tanstack/react-query';
import { useToastWaiting } from '#components/ui/toast-waiting.ts';
import { switchQuery } from '#lib/insight/queries.ts';
import type { SwitchCounts } from '#lib/insight/schemas.ts';

/** Second line of a toast: the segment's name until it is counted who starts and stops. */
export function CountedLine(props: {
  changeId: string;
  name: string;
  say: (counts: SwitchCounts) => string;
}) {
  const { changeId, name, say } = props;
  const { data, isError } = useQuery(switchQuery(changeId));
  const counts = data?.count.counts;
  useToastWaiting(!counts && !isError);
  return counts ? say(counts) : name;
}
