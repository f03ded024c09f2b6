import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { sha256 } from '#lib/core/crypto.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { findSession } from './repository.ts';
import { sessionCookieName } from './session-cookie.ts';

/** Who sent this request, told by its session cookie. Fails with `not_signed_in`. */
export async function getActor(cookieHeader: string | null): Promise<Result<Actor>> {
  const token = cookieValue(cookieHeader ?? '', sessionCookieName());
  if (!token) return fail({ code: 'not_signed_in' });
  const session = await findSession(db(), token, await now());
  // Prisma reads the user after the session: whoever is removed between the two is not there.
  if (!session?.user) return fail({ code: 'not_signed_in' });
  const { user } = session;
  return ok({
    userId: user.id,
    workspaceId: user.workspaceId,
    role: user.role === 'ADMIN' ? 'admin' : 'viewer',
    name: user.name ?? user.email ?? '',
    email: user.email ?? '',
    sessionHash: sha256(token),
  });
}

function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return decodeURIComponent(value.join('='));
  }
  return null;
}
