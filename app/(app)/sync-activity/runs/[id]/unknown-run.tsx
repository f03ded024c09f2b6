'use client';

import { useTranslations } from 'next-intl';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** No such run in this workspace. */
export function UnknownRun() {
  const t = useTranslations('receipt');
  return (
    <>
      <PageHead back={{ href: '/sync-activity', label: t('back') }} title={t('notFound')} />
      <PageBody>
        <EmptyState
          title={t('notFoundText')}
          actions={<ButtonLink href="/sync-activity">{t('back')}</ButtonLink>}
        />
      </PageBody>
    </>
  );
}
