'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { UiProvider } from '#components/ui/provider.tsx';
import { ToastRegion } from '#components/ui/toast.tsx';
import { createQueryClient } from '#lib/core/query-client.ts';
import { OfflineBanner } from './offline-banner.tsx';
import { RememberTimeZone } from './remember-time-zone.tsx';
import { SessionEnd } from './session-end.tsx';
import { Shortcuts } from './shortcuts.tsx';

/** What every page of a logged-in person stands on: the cache, the locale of fields, the toasts, the network. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const router = useRouter();
  const t = useTranslations('common');
  return (
    <QueryClientProvider client={queryClient}>
      <UiProvider locale={useLocale()} navigate={(href) => router.push(href)}>
        <Shortcuts>{children}</Shortcuts>
        <OfflineBanner />
        <SessionEnd />
        <RememberTimeZone />
        <ToastRegion label={t('notifications')} closeLabel={t('close')} />
      </UiProvider>
    </QueryClientProvider>
  );
}
