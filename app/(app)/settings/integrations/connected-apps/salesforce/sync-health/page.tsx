import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { healthQuery } from '#lib/insight/queries.ts';
import { getHealth } from '#lib/insight/server/index.ts';
import { HealthPage } from './health-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('health'))('title') };
}

export default async function SyncHealthPage() {
  const actor = await requireActor();
  const client = createQueryClient();
  const health = await getHealth(actor);
  if (health.ok) client.setQueryData(healthQuery().queryKey, health.value);
  return (
    <ClientMessages namespaces={['health', 'activity', 'connections', 'sync', 'syncErrors']}>
      <HydrationBoundary state={dehydrate(client)}>
        <HealthPage />
      </HydrationBoundary>
    </ClientMessages>
  );
}
