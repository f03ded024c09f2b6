import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { importQuery } from '#lib/imports/queries.ts';
import { getImport } from '#lib/imports/server/index.ts';
import { ImportSteps } from './import-steps.tsx';
import { UnknownImport } from './unknown-import.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('title') };
}

export default async function OneImportPage(props: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await props.params).id);
  const view = id.success ? await getImport(actor, id.data) : null;
  const found = view?.ok ? view.value : null;
  return (
    <ClientMessages namespaces={['imports', 'activity', 'sync', 'syncErrors', 'errors']}>
      {found ? (
        <Hydrated data={[[importQuery(found.id).queryKey, found]]}>
          <ImportSteps id={found.id} />
        </Hydrated>
      ) : (
        <UnknownImport />
      )}
    </ClientMessages>
  );
}
