import { missingScopes } from '../http/errors.ts';
import type { Call } from '../http/router.ts';
import type { ObjectStore } from './object-store.ts';
import type { ObjectType } from './object-types.ts';
import type { Property } from './types.ts';

type Sensitive = Pick<Property, 'dataSensitivity'>;

/** The scope that opens the values of a sensitive property; undefined for one that needs none. */
function scopeOf(type: ObjectType, property: Sensitive, right: 'read' | 'write'): string | undefined {
  const { dataSensitivity: kind } = property;
  if (kind === 'non_sensitive') return undefined;
  return `crm.objects.${type.custom ? 'custom' : type.plural}.${kind}.${right}.v2`;
}

/** May a caller with these scopes see the values of the property? */
export function canRead(store: ObjectStore, property: Sensitive, scopes: readonly string[]): boolean {
  const scope = scopeOf(store.type, property, 'read');
  return scope === undefined || scopes.includes(scope);
}

/** Throws the 403 when one of these properties may not be written, or defined, by the caller. */
export function checkSensitiveWrite(call: Call, store: ObjectStore, properties: Iterable<Sensitive>) {
  for (const property of properties) {
    const scope = scopeOf(store.type, property, 'write');
    if (scope !== undefined && !call.session.scopes.includes(scope)) throw missingScopes([scope]);
  }
}
