import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { segmentKeys } from '#lib/segments/queries.ts';
import { listIdSchema } from '#lib/segments/schemas.ts';
import { getSegment } from '#lib/segments/server/index.ts';
import { SegmentPage } from './segment-page.tsx';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

// The title and the page ask HubSpot once.
const load = cache(async (id: string) => getSegment(await requireActor(), id));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = listIdSchema.safeParse((await params).id);
  const detail = id.success ? await load(id.data) : null;
  if (detail?.ok) return { title: detail.value.segment.name };
  const t = await getTranslations('segments');
  return { title: t('title') };
}

export default async function Page({ params, searchParams }: Props) {
  const id = listIdSchema.safeParse((await params).id);
  if (!id.success) notFound();
  const query = await searchParams;
  const tab = (['filters', 'details', 'history'] as const).find((each) => each === query.tab) ?? 'contacts';
  const estimate = Number(query.estimate);
  const client = createQueryClient();
  const detail = await load(id.data);
  if (detail.ok) client.setQueryData(segmentKeys.segment(id.data), detail.value);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SegmentPage
        listId={id.data}
        tab={tab}
        isForSalesforce={query.for === 'salesforce'}
        isJustSaved={query.saved === '1'}
        estimate={Number.isInteger(estimate) && estimate > 0 ? estimate : null}
      />
    </HydrationBoundary>
  );
}
