import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { usersQuery } from '#lib/auth/queries.ts';
import { listUsers } from '#lib/auth/server/index.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { UsersPage } from './users-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('people'))('title') };
}

export default async function UsersAndTeamsPage() {
  const users = await listUsers(await requireActor());
  if (!users.ok) throw new Error('The users could not be read.');
  return (
    <ClientMessages namespaces={['people']}>
      <Hydrated data={[[usersQuery().queryKey, users.value]]}>
        <UsersPage />
      </Hydrated>
    </ClientMessages>
  );
}
