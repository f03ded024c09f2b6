'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { Banner } from '#components/ui/banner.tsx';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}

/** Says that nothing can be saved while the browser has no network. */
export function OfflineBanner() {
  const t = useTranslations('common');
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (isOnline) return null;
  return (
    <div className="fixed inset-x-0 bottom-0 z-40">
      <Banner tone="caution" role="status">
        {t('offline')}
      </Banner>
    </div>
  );
}
