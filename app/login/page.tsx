import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { getActor } from '#lib/auth/server/index.ts';
import { env } from '#lib/core/env.ts';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import packageJson from '../../package.json' with { type: 'json' };
import { LoginCard, type LoginNotice } from './login-card.tsx';

const querySchema = z.object({ next: z.string().optional(), error: z.string().optional() });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('title') };
}

export default async function LoginPage(props: { searchParams: Promise<Record<string, string | string[]>> }) {
  const query = querySchema.safeParse(await props.searchParams);
  const { next, error } = query.success ? query.data : { next: undefined, error: undefined };
  const target = localPath(next);
  const actor = await getActor((await headers()).get('cookie'));
  if (actor.ok && !error) redirect(target);
  const t = await getTranslations('auth');
  const host = new URL(env().APP_URL).host;
  return (
    <ClientMessages namespaces={['auth']}>
      <LoginCard
        target={target}
        host={host}
        notice={noticeOf(error, next)}
        isSimulated={env().CRM_MODE === 'simulated'}
        footer={t('footer', { host, version: packageJson.version })}
      />
    </ClientMessages>
  );
}

/** A path of this server, never another website. */
function localPath(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

function noticeOf(error: string | undefined, next: string | undefined): LoginNotice | null {
  if (error === 'denied') return 'denied';
  if (error === 'not_allowed') return 'notAllowed';
  if (error) return 'failed';
  return next && next !== '/' ? 'ended' : null;
}
