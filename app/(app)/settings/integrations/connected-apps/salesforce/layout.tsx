import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { HeadSkeleton } from '#app/(app)/settings/shared/head-skeleton.tsx';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { connectionsQuery } from '#lib/connections/queries.ts';
import { listConnections } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { healthQuery } from '#lib/insight/queries.ts';
import { getHealth } from '#lib/insight/server/index.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { runsQuery } from '#lib/sync/queries.ts';
import { listRuns } from '#lib/sync/server/index.ts';
import { SalesforceHead } from './salesforce-head.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('connections'))('salesforce') };
}

export default function SalesforceLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Suspense fallback={<HeadSkeleton hasTile hasTabs />}>
        <Head />
      </Suspense>
      {children}
    </>
  );
}

async function Head() {
  const actor = await requireActor();
  const [connections, runs, health, settings] = await Promise.all([
    listConnections(actor),
    listRuns(actor),
    getHealth(actor),
    currentSettings(db(), actor.workspaceId),
  ]);
  if (!connections.ok || !runs.ok || !health.ok)
    throw new Error('The connections or runs could not be read.');
  return (
    <ClientMessages namespaces={['connections', 'health', 'imports', 'settings', 'switch']}>
      <Hydrated
        data={[
          [connectionsQuery().queryKey, connections.value],
          [runsQuery().queryKey, runs.value],
          [healthQuery().queryKey, health.value],
        ]}
      >
        <SalesforceHead isAdmin={actor.role === 'admin'} isPausedAtFirst={settings.values.paused} />
      </Hydrated>
    </ClientMessages>
  );
}
