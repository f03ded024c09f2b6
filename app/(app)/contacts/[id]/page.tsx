import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { storedWhyQuery } from '#lib/insight/queries.ts';
import { getWhy } from '#lib/insight/server/index.ts';
import { contactParamsSchema } from '#lib/sync/schemas.ts';
import { WhyPage } from './why-page.tsx';

type Props = { params: Promise<{ id: string }> };

// The title and the page look once. Neither HubSpot nor Salesforce is asked here: the page shows at once.
const load = cache(async (id: string) => getWhy(await requireActor(), id, 'stored'));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('contacts');
  const given = contactParamsSchema.safeParse(await params);
  const stored = given.success ? await load(given.data.id) : null;
  const name = stored?.ok ? (stored.value.name ?? stored.value.email) : null;
  return { title: name ?? t('title') };
}

export default async function ContactPage({ params }: Props) {
  await requireActor();
  const given = contactParamsSchema.safeParse(await params);
  if (!given.success) notFound();
  const { id } = given.data;
  const client = createQueryClient();
  const stored = await load(id);
  if (stored.ok) client.setQueryData(storedWhyQuery(id).queryKey, stored.value);
  return (
    <ClientMessages namespaces={['contacts', 'activity', 'segments', 'mappings', 'syncErrors']}>
      <HydrationBoundary state={dehydrate(client)}>
        <WhyPage id={id} isKnown={stored.ok} />
      </HydrationBoundary>
    </ClientMessages>
  );
}
