'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Suspense, useState } from 'react';
import { connectedAppsPath } from '#components/connections/app-identity.ts';
import { lazyWhenIdle } from '#components/ui/lazy-when-idle.tsx';
import { useOnceOpen } from '#components/ui/modal.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { auditKey } from '#lib/activity/queries.ts';
import { connectionsQuery, disconnectMutation } from '#lib/connections/queries.ts';
import type { App } from '#lib/connections/schemas.ts';
import { ApiError } from '#lib/core/api-client.ts';

const DisconnectModal = lazyWhenIdle(() =>
  import('#components/connections/disconnect-modal.tsx').then((file) => file.DisconnectModal),
);

/** Ends a connection after asking twice, then goes to Connected Apps. Render `modal` somewhere. */
export function useDisconnect(app: App) {
  const t = useTranslations('connections');
  const client = useQueryClient();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const wasOpen = useOnceOpen(isOpen);
  const { mutate, isPending, error, reset } = useMutation({
    ...disconnectMutation(app),
    onSuccess: (connections) => {
      client.setQueryData(connectionsQuery().queryKey, connections);
      void client.invalidateQueries({ queryKey: auditKey });
      setOpen(false);
      showToast({ tone: 'positive', title: t('disconnectModal.done', { app: t(app) }) });
      router.push(connectedAppsPath);
      router.refresh();
    },
  });
  const problem = error === null ? null : error instanceof ApiError ? error.message : t('unreachable');
  return {
    ask: () => {
      reset();
      setOpen(true);
    },
    modal: (
      <Suspense>
        {wasOpen && (
          <DisconnectModal
            app={app}
            isOpen={isOpen}
            onClose={() => setOpen(false)}
            onConfirm={(request) => mutate(request)}
            isBusy={isPending}
            error={problem}
          />
        )}
      </Suspense>
    ),
  };
}
