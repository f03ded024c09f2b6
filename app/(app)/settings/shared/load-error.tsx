'use client';

import { useTranslations } from 'next-intl';
import { PageBody } from '#components/shell/page-body.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';

/** Stands where a page could not be loaded, with the way to try again. */
export function LoadError({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('common');
  return (
    <PageBody>
      <Alert
        tone="danger"
        role="alert"
        title={t('loadError')}
        actions={
          <Button variant="secondary" size="medium" onPress={onRetry}>
            {t('tryAgain')}
          </Button>
        }
      />
    </PageBody>
  );
}
