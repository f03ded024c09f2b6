import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { ChooseStep } from './choose-step.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('title') };
}

/** What there is to import is asked of Salesforce by the browser: the page doesn't wait for it. */
export default async function ImportPage() {
  const { role } = await requireActor();
  return (
    <ClientMessages namespaces={['imports']}>
      <ChooseStep isAdmin={role === 'admin'} />
    </ClientMessages>
  );
}
