import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { getConnection } from '#lib/connections/server/index.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { mappingFieldsQuery, mappingsQuery } from '#lib/mappings/queries.ts';
import { getMappings, readFields } from '#lib/mappings/server/index.ts';
import { MappingsPage } from './mappings-page.tsx';

type Query = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mappings'))('pageTitle') };
}

export default async function Page({ searchParams }: { searchParams: Query }) {
  const actor = await requireActor();
  const { mapping } = await searchParams;
  const [mappings, fields, salesforce] = await Promise.all([
    getMappings(actor),
    readFields(actor),
    getConnection(actor.workspaceId, 'SALESFORCE'),
  ]);
  if (!mappings.ok || !fields.ok) throw new Error('The mappings could not be read.');
  return (
    <ClientMessages namespaces={['mappings', 'settings', 'connections']}>
      <Hydrated
        data={[
          [mappingsQuery().queryKey, mappings.value],
          [mappingFieldsQuery().queryKey, fields.value],
        ]}
      >
        <MappingsPage
          isConnected={salesforce?.status === 'connected'}
          openAtFirst={typeof mapping === 'string' ? mapping : null}
        />
      </Hydrated>
    </ClientMessages>
  );
}
