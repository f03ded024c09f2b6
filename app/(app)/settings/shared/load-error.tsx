'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';

/** Stands where a page could not be loaded, with the way to try again. */
export function LoadError({ reset }: { reset: () => void }) {
  const t = useTranslations('common');
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      // The server renders anew; without it the same failure would only be shown again.
      router.refresh();
      reset();
    });
  return (
    <>
      <PageHead title={t('errorTitle')} />
      <PageBody>
        <RetryAlert title={t('loadError')} retryLabel={t('tryAgain')} onRetry={retry} />
      </PageBody>
    </>
  );
}
