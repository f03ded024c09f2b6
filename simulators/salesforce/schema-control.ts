import type { CustomFieldInput, CustomObjectInput } from './metadata/schema.ts';
import type { FieldDef } from './metadata/types.ts';
import type { Org } from './records/org.ts';

/** Body of `POST /__control/schema`. */
interface SchemaRequest {
  objects?: CustomObjectInput[];
  fields?: CustomFieldInput[];
  /** Changes of described keys of existing fields: `{"object","field","changes":{…}}`. */
  changes?: { object: string; field: string; changes: Partial<FieldDef> }[];
  remove?: { object: string; field: string }[];
}

const KEYS = ['objects', 'fields', 'changes', 'remove'];

/** Adds custom objects and fields, changes or removes fields; answers what it did. */
export function changeSchema(org: Org, body: unknown): object {
  if (typeof body !== 'object' || body === null) throw new Error('The schema change is an object.');
  const unknown = Object.keys(body).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new Error(`A schema change has no "${unknown}".`);
  const request = body as SchemaRequest;
  for (const input of request.objects ?? []) org.changeSchema({ kind: 'object', input });
  for (const input of request.fields ?? []) org.changeSchema({ kind: 'field', input });
  for (const entry of request.changes ?? []) org.changeSchema({ kind: 'change', ...entry });
  for (const entry of request.remove ?? []) org.changeSchema({ kind: 'remove', ...entry });
  return {
    objects: (request.objects ?? []).map((entry) => entry.name),
    fields: (request.fields ?? []).map((entry) => `${entry.object}.${entry.name}`),
    changed: (request.changes ?? []).map((entry) => `${entry.object}.${entry.field}`),
    removed: (request.remove ?? []).map((entry) => `${entry.object}.${entry.field}`),
  };
}
