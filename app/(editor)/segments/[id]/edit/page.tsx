import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { listIdSchema } from '#lib/segments/schemas.ts';
import { getDraft, getSegment } from '#lib/segments/server/index.ts';
import { SegmentEditor } from '../../segment-editor.tsx';

type Query = { for?: string | string[]; misses?: string | string[] };
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('segments.actions');
  return { title: t('editFilters') };
}

export default async function EditSegmentPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const id = listIdSchema.safeParse((await params).id);
  if (!id.success) notFound();
  const detail = await getSegment(actor, id.data);
  // The segment's own page says what is wrong with it, and shows it to those who may only look.
  const isEditable = detail.ok && detail.value.segment.kind === 'active' && actor.role === 'admin';
  if (!isEditable) redirect(`/segments/${id.data}`);
  const draft = await getDraft(actor, id.data);
  const query = await searchParams;
  const misses = missesOf(query.misses);
  return (
    <SegmentEditor
      detail={detail.value}
      draft={draft.ok ? draft.value : null}
      suggestedName=""
      isForSalesforce={query.for === 'salesforce'}
      // A draft may have other filters than those that the address counts.
      {...(misses && !(draft.ok && draft.value) ? { misses } : {})}
    />
  );
}

/** `1.0`: the first filter of the second group. */
function missesOf(given: Query['misses']): { group: number; item: number } | null {
  const found = typeof given === 'string' ? /^(\d{1,3})\.(\d{1,3})$/.exec(given) : null;
  return found ? { group: Number(found[1]), item: Number(found[2]) } : null;
}
