import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { getDraft } from '#lib/segments/server/index.ts';
import { SegmentEditor } from '../segment-editor.tsx';

type Query = Promise<{ for?: string | string[]; name?: string | string[] }>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('segments');
  return { title: t('create') };
}

export default async function NewSegmentPage({ searchParams }: { searchParams: Query }) {
  const actor = await requireActor();
  if (actor.role !== 'admin') redirect('/segments');
  const query = await searchParams;
  const name = typeof query.name === 'string' ? query.name.slice(0, 100) : '';
  const draft = await getDraft(actor, '');
  return (
    <SegmentEditor
      detail={null}
      draft={draft.ok && name === '' ? draft.value : null}
      suggestedName={name}
      isForSalesforce={query.for === 'salesforce'}
    />
  );
}
