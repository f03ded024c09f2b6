import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { getConnection } from '#lib/connections/server/index.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { settingsQuery } from '#lib/settings/queries.ts';
import { getSettings } from '#lib/settings/server/index.ts';
import { ContactsTab } from './contacts-tab.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('pageTitle') };
}

export default async function ContactsPage() {
  const actor = await requireActor();
  const client = createQueryClient();
  const [settings, salesforce] = await Promise.all([
    getSettings(actor),
    getConnection(actor.workspaceId, 'SALESFORCE'),
  ]);
  if (settings.ok) client.setQueryData(settingsQuery().queryKey, settings.value);
  return (
    <ClientMessages namespaces={['settings']}>
      <HydrationBoundary state={dehydrate(client)}>
        <ContactsTab userName={actor.name} isConnected={salesforce?.status === 'connected'} />
      </HydrationBoundary>
    </ClientMessages>
  );
}
