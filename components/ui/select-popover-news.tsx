'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { Skeleton, SkeletonBlock } from './skeleton.tsx';

const ANNOUNCE_AFTER_MS = 500;

export interface SelectPopoverNewsProps {
  status: 'ready' | 'loading' | 'error';
  loadingLabel: string;
  /** "We couldn’t load your segments." with its button. */
  errorText: string;
  retry: { label: string; onPress: () => void };
  /** Instead of options: why there are none. */
  emptyText: ReactNode;
  /** "5 results", announced half a second after the list has settled. */
  countText: (count: number) => string;
  query: string;
  count: number;
}

/** What stands where the options would be: loading, failed, nothing found; and the announced count. */
export function SelectPopoverNews(props: SelectPopoverNewsProps) {
  const { status, loadingLabel, errorText, retry, emptyText, count } = props;
  const announced = useAnnouncement(props);
  return (
    <>
      {status === 'loading' && (
        <Skeleton label={loadingLabel} className="px-4 pb-3">
          {['w-3/5', 'w-2/5', 'w-1/2'].map((width) => (
            <div key={width} className="grid h-13 content-center gap-1.5 pl-7.5">
              <SkeletonBlock className={`h-4 ${width}`} />
              <SkeletonBlock className="h-3 w-1/3" />
            </div>
          ))}
        </Skeleton>
      )}
      {status === 'error' && (
        <p role="alert" className="px-5 py-4 text-danger">
          {errorText}{' '}
          <Button variant="link" onPress={retry.onPress}>
            {retry.label}
          </Button>
        </p>
      )}
      {status === 'ready' && count === 0 && <p className="px-5 py-4 text-text-subtle">{emptyText}</p>}
      <div role="status" className="sr-only">
        {announced}
      </div>
    </>
  );
}

function useAnnouncement({ status, query, count, countText, emptyText }: SelectPopoverNewsProps): ReactNode {
  const [announced, setAnnounced] = useState<ReactNode>('');
  const news = status !== 'ready' ? '' : count > 0 ? countText(count) : emptyText;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query with the same count is news again.
  useEffect(() => {
    setAnnounced('');
    const timer = setTimeout(() => setAnnounced(news), ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [status, query, count]);
  return announced;
}
