'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Fragment, type ReactNode } from 'react';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { InclusionSegment } from '#lib/settings/schemas.ts';

/** Under the field: how the chosen segment stands, its size and age, and the way to it. */
export function SegmentLine({ segment }: { segment: InclusionSegment }) {
  const t = useTranslations('settings.limit');
  const times = useTimes();
  const { state, size, updatedAt, listId } = segment;
  const facts: { id: string; content: ReactNode }[] = [];
  if (state === 'processing') {
    facts.push({ id: 'size', content: t('processingLine', { size: t('sizeSoFar', { count: size ?? 0 }) }) });
  } else {
    if (size !== null) facts.push({ id: 'size', content: t('size', { count: size }) });
    if (updatedAt) {
      const text = t('updatedLine', { when: times.ago(updatedAt) });
      facts.push({
        id: 'age',
        content: <RelativeTime text={text} exact={times.exact(updatedAt)} dateTime={updatedAt} />,
      });
    }
  }
  if (state !== 'deleted')
    facts.push({ id: 'link', content: <Link href={`/segments/${listId}`}>{t('view')}</Link> });
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-small text-text-subtle tabular-nums">
      <StateTag segment={segment} />
      {facts.map(({ id, content }, index) => (
        <Fragment key={id}>
          {index > 0 && <i aria-hidden className="size-[3px] rounded-full bg-line-control" />}
          <span>{content}</span>
        </Fragment>
      ))}
    </div>
  );
}

function StateTag({ segment }: { segment: InclusionSegment }) {
  const t = useTranslations('settings.limit');
  if (segment.state === 'processing') {
    return (
      <Tag tone="info" isBusy>
        {t('processing')}
      </Tag>
    );
  }
  if (segment.state === 'failed') return <Tag tone="danger">{t('failed')}</Tag>;
  if (segment.state !== 'ready') return null;
  if (segment.size === 0) return <Tag tone="caution">{t('zero')}</Tag>;
  return <Tag tone="positive">{t('active')}</Tag>;
}
