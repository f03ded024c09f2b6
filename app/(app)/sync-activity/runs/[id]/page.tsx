import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { receiptQuery } from '#lib/insight/queries.ts';
import { getReceipt } from '#lib/insight/server/index.ts';
import { runParamsSchema } from '#lib/sync/schemas.ts';
import { ReceiptPage } from './receipt-page.tsx';
import { UnknownRun } from './unknown-run.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('activity'))('pageTitle') };
}

export default async function RunPage(props: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const params = runParamsSchema.safeParse(await props.params);
  const receipt = params.success ? await getReceipt(actor, params.data.id) : null;
  const client = createQueryClient();
  if (receipt?.ok) client.setQueryData(receiptQuery(receipt.value.id).queryKey, receipt.value);
  return (
    <ClientMessages namespaces={['activity', 'receipt', 'settings', 'sync', 'syncErrors']}>
      <HydrationBoundary state={dehydrate(client)}>
        {receipt?.ok ? <ReceiptPage id={receipt.value.id} /> : <UnknownRun />}
      </HydrationBoundary>
    </ClientMessages>
  );
}
