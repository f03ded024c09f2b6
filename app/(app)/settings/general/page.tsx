import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getAccount } from '#lib/auth/server/index.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { GeneralPage } from './general-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('people'))('general.title') };
}

export default async function GeneralSettingsPage() {
  const actor = await requireActor();
  const account = await getAccount(actor);
  const { name, email, role } = actor;
  return (
    <ClientMessages namespaces={['people']}>
      <GeneralPage account={account} user={{ name, email, role }} />
    </ClientMessages>
  );
}
