'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { Draft, SegmentDetail } from '#lib/segments/schemas.ts';

/** Says that this is a draft left before, and how to get back to what is saved. */
export function DraftNotice(props: {
  draft: Draft;
  detail: SegmentDetail | null;
  onStartOver: () => void;
  onClose: () => void;
}) {
  const { draft, detail, onStartOver, onClose } = props;
  const t = useTranslations('segments.editor');
  const { ago } = useTimes();
  const changed = detail?.segment.updatedAt ?? null;
  const isStale = changed !== null && changed > draft.savedAt;
  return (
    <Alert
      tone={isStale ? 'caution' : 'info'}
      className="mb-4"
      title={t('draftFound', { when: ago(draft.savedAt) })}
      actions={
        <>
          <Button size="medium" onPress={onStartOver}>
            {detail ? t('startOver') : t('startEmpty')}
          </Button>
          <Button size="medium" variant="tertiary" onPress={onClose}>
            {t('dismiss')}
          </Button>
        </>
      }
    >
      {isStale ? t('draftStale') : null}
    </Alert>
  );
}
