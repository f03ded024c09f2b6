import type { Call } from '../http/router.ts';
import { checkValidations } from '../properties/validations.ts';
import type { ObjectStore } from './object-store.ts';
import { checkSensitiveWrite } from './sensitivity.ts';

/** The version from which the rules that admins set on properties are enforced on every write. */
const ENFORCED_FROM = '2026-09';

/** Refuses values that the caller may not write, or (2026-09) that rules of their properties forbid. */
export function guardWrite(call: Call, store: ObjectStore, input: unknown) {
  if (typeof input !== 'object' || input === null) return;
  const named = Object.keys(input).flatMap((name) => store.property(name.toLowerCase()) ?? []);
  checkSensitiveWrite(call, store, named);
  if (call.version !== undefined && call.version >= ENFORCED_FROM) checkValidations(store, input);
}
