'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/banner.tsx';
import { useOnline } from '#components/ui/use-online.ts';

/** Says that nothing can be saved while the browser has no network. */
export function OfflineBanner() {
  const t = useTranslations('common');
  if (useOnline()) return null;
  return (
    <div className="fixed inset-x-0 bottom-0 z-40">
      <Banner tone="caution" role="status">
        {t('offline')}
      </Banner>
    </div>
  );
}
