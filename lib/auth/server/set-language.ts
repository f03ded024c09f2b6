import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import { updateUser } from './repository.ts';

/** Remembers the language that a person chose, for their other browsers too. */
export async function setLanguage(actor: Actor, locale: Locale): Promise<Result<null>> {
  await updateUser(db(), actor.userId, { locale });
  return ok(null);
}
