import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import type { Actor } from '#lib/auth/actor.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { getConnection } from '#lib/connections/server/index.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { settingsAsOfQuery, settingsQuery } from '#lib/settings/queries.ts';
import { asOfSchema } from '#lib/settings/schemas.ts';
import { getSettings, settingsAsOf } from '#lib/settings/server/index.ts';
import { ContactsTab } from './contacts-tab.tsx';
import { SettingsOfThen } from './settings-of-then.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('pageTitle') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ContactsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const given = (await searchParams)['as-of'];
  if (given !== undefined) return <OfThen actor={actor} given={given} />;
  const client = createQueryClient();
  const [settings, salesforce] = await Promise.all([
    getSettings(actor),
    getConnection(actor.workspaceId, 'SALESFORCE'),
  ]);
  if (settings.ok) client.setQueryData(settingsQuery().queryKey, settings.value);
  return (
    <ClientMessages namespaces={['settings', 'switch']}>
      <HydrationBoundary state={dehydrate(client)}>
        <ContactsTab userName={actor.name} isConnected={salesforce?.status === 'connected'} />
      </HydrationBoundary>
    </ClientMessages>
  );
}

/** `?as-of=`: the settings of a moment or of a version, to read. */
async function OfThen({ actor, given }: { actor: Actor; given: string | string[] }) {
  const asOf = asOfSchema.safeParse(given);
  const view = asOf.success ? await settingsAsOf(actor, asOf.data) : null;
  if (!asOf.success || !view?.ok) notFound();
  return (
    <ClientMessages namespaces={['settings', 'history', 'mappings', 'switch']}>
      <Hydrated data={[[settingsAsOfQuery(asOf.data).queryKey, view.value]]}>
        <SettingsOfThen key={String(asOf.data)} asOf={asOf.data} />
      </Hydrated>
    </ClientMessages>
  );
}
