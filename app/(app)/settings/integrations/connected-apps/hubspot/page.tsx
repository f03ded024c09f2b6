import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { getAccount } from '#lib/auth/server/index.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { connectionsQuery } from '#lib/connections/queries.ts';
import { listConnections } from '#lib/connections/server/index.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { HubspotSettings } from './hubspot-settings.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('connections'))('hubspot') };
}

export default async function HubspotPage() {
  const actor = await requireActor();
  const [connections, account] = await Promise.all([listConnections(actor), getAccount(actor)]);
  if (!connections.ok) throw new Error('The connections could not be read.');
  return (
    <ClientMessages namespaces={['connections', 'settings']}>
      <Hydrated data={[[connectionsQuery().queryKey, connections.value]]}>
        <HubspotSettings isAdmin={actor.role === 'admin'} accountName={account.name} />
      </Hydrated>
    </ClientMessages>
  );
}
