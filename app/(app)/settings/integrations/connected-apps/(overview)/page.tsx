import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { auditQuery } from '#lib/activity/queries.ts';
import { listAudit } from '#lib/activity/server/index.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { connectionsQuery } from '#lib/connections/queries.ts';
import { listConnections } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { currentSettings } from '#lib/settings/server/index.ts';
import { runsQuery } from '#lib/sync/queries.ts';
import { listRuns } from '#lib/sync/server/index.ts';
import { firstLogPage } from './app-log-query.ts';
import { ConnectedApps } from './connected-apps.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('connections'))('title') };
}

export default async function ConnectedAppsPage() {
  const actor = await requireActor();
  const [connections, log, runs, settings] = await Promise.all([
    listConnections(actor),
    listAudit(actor, firstLogPage),
    listRuns(actor),
    currentSettings(db(), actor.workspaceId),
  ]);
  if (!connections.ok || !log.ok || !runs.ok) throw new Error('The connected apps could not be read.');
  return (
    <ClientMessages namespaces={['connections', 'settings', 'history', 'mappings']}>
      <Hydrated
        data={[
          [connectionsQuery().queryKey, connections.value],
          [auditQuery(firstLogPage).queryKey, log.value],
          [runsQuery().queryKey, runs.value],
        ]}
      >
        <ConnectedApps isAdmin={actor.role === 'admin'} isPaused={settings.values.paused} />
      </Hydrated>
    </ClientMessages>
  );
}
