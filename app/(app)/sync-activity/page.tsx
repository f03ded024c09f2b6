import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { outcomesQuery } from '#lib/activity/queries.ts';
import { outcomeQuerySchema } from '#lib/activity/schemas.ts';
import { searchOutcomes } from '#lib/activity/server/index.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { createQueryClient } from '#lib/core/query-client.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { runsQuery } from '#lib/sync/queries.ts';
import { listRuns } from '#lib/sync/server/index.ts';
import { ActivityPage } from './activity-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('activity'))('pageTitle') };
}

export default async function SyncActivityPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  const given = outcomeQuerySchema.safeParse(await props.searchParams);
  const { until: _until, ...query } = given.success ? given.data : outcomeQuerySchema.parse({});
  const client = createQueryClient();
  const [outcomes, runs] = await Promise.all([searchOutcomes(actor, query), listRuns(actor)]);
  if (outcomes.ok) client.setQueryData(outcomesQuery(query, false).queryKey, outcomes.value);
  if (runs.ok) client.setQueryData(runsQuery().queryKey, runs.value);
  return (
    <ClientMessages namespaces={['activity', 'sync', 'syncErrors', 'mappings']}>
      <HydrationBoundary state={dehydrate(client)}>
        <ActivityPage initial={query} canRetry={actor.role === 'admin'} />
      </HydrationBoundary>
    </ClientMessages>
  );
}
