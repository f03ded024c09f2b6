import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { segmentKeys } from '#lib/segments/queries.ts';
import { type SegmentIndexQuery, segmentIndexQuerySchema } from '#lib/segments/schemas.ts';
import { listIndex } from '#lib/segments/server/index.ts';
import { SegmentsPage } from './segments-page.tsx';

type Query = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('segments');
  return { title: t('title') };
}

export default async function Page({ searchParams }: { searchParams: Query }) {
  const actor = await requireActor();
  const { for: purpose, ...given } = await searchParams;
  const query = parse(given);
  const client = createQueryClient();
  const index = await listIndex(actor, query);
  if (index.ok) client.setQueryData(segmentKeys.index(query), index.value);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SegmentsPage key={query.view} start={query} isForSalesforce={purpose === 'salesforce'} />
    </HydrationBoundary>
  );
}

/** An address that was typed wrong shows everything. */
function parse(given: Record<string, unknown>): SegmentIndexQuery {
  const parsed = segmentIndexQuerySchema.safeParse(given);
  return parsed.success ? parsed.data : segmentIndexQuerySchema.parse({});
}
