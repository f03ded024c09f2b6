'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { showToast } from '#components/ui/toast.tsx';
import { startSignIn } from '#lib/auth/queries.ts';
import { salesforceLoginPath } from '#lib/connections/queries.ts';
import type { App, ConnectionView } from '#lib/connections/schemas.ts';

/** Sends the browser to an app's log-in. `opening` tells which one, until the page is left. */
export function useReconnect() {
  const t = useTranslations('connections');
  const [opening, setOpening] = useState<App | null>(null);

  useEffect(() => {
    // Going back from the log-in may show this very page again, as it was left.
    const reset = (event: PageTransitionEvent) => event.persisted && setOpening(null);
    window.addEventListener('pageshow', reset);
    return () => window.removeEventListener('pageshow', reset);
  }, []);

  async function openHubspot(returnTo: string): Promise<void> {
    setOpening('hubspot');
    try {
      window.location.assign(await startSignIn(returnTo, { reconnect: true }));
    } catch {
      setOpening(null);
      showToast({ tone: 'danger', title: t('unreachable') });
    }
  }

  function openSalesforce(request: Parameters<typeof salesforceLoginPath>[0]): void {
    setOpening('salesforce');
    window.location.assign(salesforceLoginPath(request));
  }

  return {
    opening,
    openHubspot,
    openSalesforce,
    /** Logs in again where the app was connected before. */
    reconnect: ({ app, sandbox, loginUrl }: ConnectionView) =>
      app === 'hubspot' ? void openHubspot(settingsPaths.hubspot) : openSalesforce({ sandbox, loginUrl }),
  };
}
