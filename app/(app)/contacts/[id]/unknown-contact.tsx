'use client';

import { useTranslations } from 'next-intl';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';
import { ApiError } from '#lib/core/api-client.ts';

/** Nothing is stored of the contact: it is looked for, is known to nobody, or HubSpot did not answer. */
export function UnknownContact(props: { error: Error | null; isLooking: boolean; onLook: () => void }) {
  const { error, isLooking, onLook } = props;
  const t = useTranslations('contacts');
  const common = useTranslations('common');
  const isUnknown = error instanceof ApiError && error.problem.code === 'not_found';
  const title = error === null ? t('title') : isUnknown ? t('unknown.title') : t('unknown.failed');
  const look = (
    <Button onPress={onLook} isBusy={isLooking}>
      {isUnknown ? t('unknown.again') : t('retry')}
    </Button>
  );
  return (
    <>
      <PageHead back={{ href: '/contacts', label: t('title') }} title={title} />
      <PageBody>
        {error === null && <SkeletonTable label={common('loading')} rows={6} columns={3} />}
        {isUnknown && <EmptyState title={t('unknown.text')} actions={look} />}
        {error !== null && !isUnknown && (
          <Alert tone="danger" role="alert" actions={look}>
            {error.message}
          </Alert>
        )}
      </PageBody>
    </>
  );
}
