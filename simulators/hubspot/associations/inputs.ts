import { invalid, missingField, recordNotFound } from '../http/errors.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Source } from '../objects/types.ts';
import type { Links } from './graph.ts';

interface Spec {
  associationCategory?: unknown;
  associationTypeId?: unknown;
}

/** Turns `[{associationCategory, associationTypeId}]` into type ids; a 400 when one does not fit the two types. */
export function parseSpecs(store: ObjectStore, toTypeId: string, specs: unknown): Links {
  if (!Array.isArray(specs)) throw missingField('types');
  const known = store.portal.associations.types(store.type.id, toTypeId);
  return specs.map((spec: Spec) => {
    const typeId = Number(spec?.associationTypeId);
    const type = known.find((each) => each.typeId === typeId && each.category === spec.associationCategory);
    if (type) return typeId;
    throw invalid(
      `One or more association types in the request don't exist: ${spec?.associationCategory} ${spec?.associationTypeId} from ${store.type.id} to ${toTypeId}`,
    );
  });
}

/** `associations` of a create: `[{to: {id}, types: [...]}]`; the other type follows from the association type. */
export function applyAssociations(store: ObjectStore, id: string, input: unknown, source: Source) {
  if (input === undefined || input === null) return;
  if (!Array.isArray(input)) throw invalid('associations must be a list');
  const { associations } = store.portal;
  for (const each of input as { to?: { id?: unknown }; types?: Spec[] }[]) {
    const [first] = each?.types ?? [];
    const type = associations.type(Number(first?.associationTypeId));
    if (!type || type.fromTypeId !== store.type.id)
      throw invalid('One or more association types do not exist');
    const other = store.portal.objects(type.toTypeId).find(String(each.to?.id));
    if (!other) throw recordNotFound();
    const links = parseSpecs(store, type.toTypeId, each.types);
    const before = associations.links(store.type.id, id, type.toTypeId, other.id);
    associations.set([store.type.id, id], [type.toTypeId, other.id], [...before, ...links], source);
  }
}
