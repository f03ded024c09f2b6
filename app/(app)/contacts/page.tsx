import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { contactsQuerySchema } from '#lib/insight/schemas.ts';
import { ContactsPage } from './contacts-page.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts'))('title') };
}

export default async function Contacts({ searchParams }: Props) {
  await requireActor();
  const given = contactsQuerySchema.safeParse(await searchParams);
  const query = given.success ? given.data : contactsQuerySchema.parse({});
  return (
    <ClientMessages namespaces={['contacts', 'activity', 'syncErrors']}>
      <ContactsPage key={query.view} start={query} />
    </ClientMessages>
  );
}
