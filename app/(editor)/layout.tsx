import type { ReactNode } from 'react';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { Providers } from '../providers.tsx';

/** Editors have a bar of their own instead of top bar and rail. */
export default async function EditorLayout({ children }: { children: ReactNode }) {
  await requireActor();
  return (
    <ClientMessages namespaces={['segments', 'segmentLint']}>
      <Providers>{children}</Providers>
    </ClientMessages>
  );
}
