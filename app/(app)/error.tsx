'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** A page that could not be shown; the digest names the log entry. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations('common');
  return (
    <div role="alert" className="grid min-h-full place-content-center p-6">
      <EmptyState
        title={t('errorTitle')}
        actions={
          <Button variant="primary" onPress={reset}>
            {t('tryAgain')}
          </Button>
        }
      >
        {t('errorText', { reference: error.digest ?? '–' })}
      </EmptyState>
    </div>
  );
}
