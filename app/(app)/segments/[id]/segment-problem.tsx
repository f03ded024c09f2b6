'use client';

import { useTranslations } from 'next-intl';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ApiError } from '#lib/core/api-client.ts';

/** A segment that cannot be shown: deleted, never known, or HubSpot doesn’t answer. */
export function SegmentProblem(props: { error: Error; onRetry: () => void; onRestore: () => void }) {
  const { error, onRetry, onRestore } = props;
  const t = useTranslations('segments');
  const common = useTranslations('common');
  const code = error instanceof ApiError ? error.problem.code : null;
  const isDeleted = code === 'deleted_segment';
  const isUnknown = code === 'unknown_segment';
  const title = isDeleted ? t('page.deletedTitle') : isUnknown ? t('page.unknownTitle') : t('errors.load');
  const text = isDeleted ? t('page.deletedText') : isUnknown ? t('page.unknownText') : error.message;
  const action = isDeleted ? (
    <Button onPress={onRestore}>{t('actions.restore')}</Button>
  ) : (
    <Button onPress={onRetry}>{common('tryAgain')}</Button>
  );
  return (
    <>
      <PageHead back={{ href: '/segments', label: t('page.back') }} title={title} />
      <PageBody>
        <Alert
          tone={isDeleted || isUnknown ? 'info' : 'danger'}
          role="alert"
          actions={isUnknown ? undefined : action}
        >
          {text}
        </Alert>
      </PageBody>
    </>
  );
}
