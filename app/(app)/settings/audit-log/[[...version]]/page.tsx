import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Hydrated } from '#app/(app)/settings/shared/hydrated.tsx';
import { auditQuery } from '#lib/activity/queries.ts';
import { auditQuerySchema, auditRefSchema } from '#lib/activity/schemas.ts';
import { listAudit } from '#lib/activity/server/index.ts';
import { requireActor } from '#lib/auth/server/require-actor.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { pickLocale } from '#lib/i18n/locales.ts';
import { AuditLog } from './audit-log.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('history'))('title') };
}

type Props = {
  params: Promise<{ version?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function AuditLogPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const { version = [] } = await params;
  const opened = auditRefSchema.safeParse(version[0]);
  if (version.length > 1 || (version.length === 1 && !opened.success)) notFound();
  const given = auditQuerySchema.safeParse(await searchParams);
  const query = given.success ? given.data : auditQuerySchema.parse({});
  const page = await listAudit(actor, query, pickLocale(await getLocale(), null));
  if (!page.ok) throw new Error('The audit log could not be read.');
  return (
    <ClientMessages namespaces={['history', 'connections', 'settings', 'mappings', 'switch']}>
      <Hydrated data={[[auditQuery(query).queryKey, page.value]]}>
        <AuditLog
          initial={query}
          opened={opened.success ? opened.data : null}
          isAdmin={actor.role === 'admin'}
        />
      </Hydrated>
    </ClientMessages>
  );
}
