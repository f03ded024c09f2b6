import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { Actor } from '#lib/auth/actor.ts';
import { getActor } from './get-actor.ts';

/** Who opens this page; sends everybody else to the log-in page, and back here afterwards. */
export async function requireActor(): Promise<Actor> {
  const requestHeaders = await headers();
  const actor = await getActor(requestHeaders.get('cookie'));
  if (actor.ok) return actor.value;
  const path = requestHeaders.get('x-segbridge-path') ?? '/';
  redirect(`/login?next=${encodeURIComponent(path)}`);
}
