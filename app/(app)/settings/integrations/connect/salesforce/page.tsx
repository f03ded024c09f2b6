import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { consentFailureOf } from '#components/connections/consent-failure-info.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { connectionsQuery } from '#lib/connections/queries.ts';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import { listConnections } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { listMappings } from '#lib/mappings/server/index.ts';
import { settingsQuery } from '#lib/settings/queries.ts';
import { getSettings } from '#lib/settings/server/index.ts';
import { SalesforceWizard } from './salesforce-wizard.tsx';

const text = z.string().max(500).nullable().catch(null).default(null);
const querySchema = z.object({ error: text, reference: text, rights: text, sandbox: text });

/** A log-in this young has brought the person here just now. */
const justNowMs = 30_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('connections.wizard'))('salesforceTitle') };
}

export default async function ConnectSalesforcePage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  const { error, reference, rights, sandbox } = querySchema.parse(await props.searchParams);
  const [connections, settings, mappings, at] = await Promise.all([
    listConnections(actor),
    getSettings(actor),
    listMappings(db(), actor.workspaceId),
    now(),
  ]);
  if (!connections.ok || !settings.ok) throw new Error('The connections or settings could not be read.');
  return (
    <ClientMessages namespaces={['connections', 'settings', 'switch']}>
      <Hydrated
        data={[
          [connectionsQuery().queryKey, connections.value],
          [settingsQuery().queryKey, settings.value],
        ]}
      >
        <SalesforceWizard
          isAdmin={actor.role === 'admin'}
          failure={
            error === null || error === 'other_org' ? null : consentFailureOf({ error, reference, rights })
          }
          isOtherOrg={error === 'other_org'}
          isSandboxWanted={sandbox === 'true'}
          isJustConnected={isYoung(connections.value.connections, at)}
          mappingCount={mappings.length}
        />
      </Hydrated>
    </ClientMessages>
  );
}

function isYoung(connections: ConnectionView[], at: Date): boolean {
  const connection = connections.find(({ app }) => app === 'salesforce');
  if (connection?.status !== 'connected') return false;
  return at.getTime() - new Date(connection.connectedAt).getTime() < justNowMs;
}
