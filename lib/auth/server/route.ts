import type { Actor } from '#lib/auth/actor.ts';
import { env } from '#lib/core/env.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { createRoute } from '#lib/core/route.ts';
import { failureTranslator } from '#lib/i18n/failure-translator.ts';
import { getActor } from './get-actor.ts';

const shared = { translator: failureTranslator, appUrl: () => env().APP_URL };

async function member(request: Request): Promise<Result<Actor>> {
  const actor = await getActor(request.headers.get('cookie'));
  if (!actor.ok) return actor;
  // Only a browser's page names its origin when it writes.
  return ok({ ...actor.value, via: request.headers.get('origin') === null ? 'api' : 'page' });
}

async function admin(request: Request): Promise<Result<Actor>> {
  const actor = await member(request);
  if (actor.ok && actor.value.role !== 'admin') return fail({ code: 'admin_only' });
  return actor;
}

/** A route that anybody of the workspace may call: reading. */
export const memberRoute = createRoute<Actor>({ ...shared, authorise: member });
/** A route that changes something: admins only. */
export const adminRoute = createRoute<Actor>({ ...shared, authorise: admin });
