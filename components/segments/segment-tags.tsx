'use client';

import { useTranslations } from 'next-intl';
import { Tag } from '#components/ui/tag.tsx';
import type { Segment } from '#lib/segments/schemas.ts';

/** Active or static. */
export function KindTag({ kind }: { kind: Segment['kind'] }) {
  const t = useTranslations('segments.tags');
  return <Tag tone={kind === 'active' ? 'positive' : 'neutral'}>{t(kind)}</Tag>;
}

/** Processing or failed; nothing while all is well. */
export function StateTag({ state }: { state: Segment['state'] }) {
  const t = useTranslations('segments.tags');
  if (state === 'processing')
    return (
      <Tag tone="info" isBusy>
        {t('processing')}
      </Tag>
    );
  return state === 'failed' ? <Tag tone="danger">{t('failed')}</Tag> : null;
}
