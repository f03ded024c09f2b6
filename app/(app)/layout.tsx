import type { ReactNode } from 'react';
import { getAccount } from '#lib/auth/server/index.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { env } from '#lib/core/env.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { Providers } from '../providers.tsx';
import { AdoptLanguage } from './adopt-language.tsx';
import { AppFrame } from './app-frame.tsx';

export default async function AppLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const account = await getAccount(actor);
  return (
    <Providers>
      <ClientMessages namespaces={['notices', 'sync']}>
        <AdoptLanguage chosen={account.locale} />
        <AppFrame user={actor} account={account} isSimulated={env().CRM_MODE === 'simulated'}>
          {children}
        </AppFrame>
      </ClientMessages>
    </Providers>
  );
}
