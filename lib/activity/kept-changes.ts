import { hash } from 'node:crypto';
import { z } from 'zod';
import { type Change, changeSchema } from './change.ts';

// Of a field that was written an outcome keeps the values, and a short name under which its run tells once what the
// field is. What failed is kept whole, for it is counted and searched where it is stored.

const field = changeSchema.pick({
  ...{ mappingId: true, property: true, label: true, field: true, rule: true, to: true },
});
type Field = z.infer<typeof field>;

const value = z.string().nullable();
/** Name of the field, new value, old value, and what was overwritten. */
const written = z.tuple([z.string(), value, value.optional(), changeSchema.shape.conflict]);
type Written = [string, string | null, (string | null)?, Change['conflict']?];

export type KeptChanges = { changes: Change[]; written: Written[] | null };

const mostNames = 5_000;
const names = new Map<string, string>();

/** Made of what the field is: whatever has this name is the same. */
function nameOf({ mappingId, property, label, field, rule, to }: Field): string {
  const text = `${mappingId}\n${property}\n${field}\n${rule}\n${to}\n${label}`;
  const before = names.get(text);
  if (before !== undefined) return before;
  if (names.size >= mostNames) names.clear();
  const name = hash('sha256', text, 'base64url').slice(0, 8);
  names.set(text, name);
  return name;
}

/** Changes of one outcome as they are kept; what the run has to tell of their fields is added to `fields`. */
export function packChanges(changes: readonly Change[], fields: Record<string, Field>): KeptChanges {
  const kept: Written[] = [];
  for (const change of changes) {
    if (change.failure) continue;
    const name = nameOf(change);
    if (!fields[name]) {
      const { mappingId, property, label, field, rule, to } = change;
      fields[name] = { mappingId, property, label, field, rule, to };
    }
    const { new: after, old: before, conflict } = change;
    if (conflict) kept.push([name, after, before, conflict]);
    else if (before !== null) kept.push([name, after, before]);
    else kept.push([name, after]);
  }
  return { changes: changes.filter(({ failure }) => failure), written: kept.length > 0 ? kept : null };
}

const keptFields = z.record(z.string(), field);

/** Changes of an outcome as it is stored, by this version or an older one, which kept each of them whole. */
export function unpackChanges(
  outcome: { changes: unknown; written: unknown },
  run: { fields: unknown },
): Change[] {
  const whole = z.array(changeSchema).parse(outcome.changes);
  const kept = z.array(written).parse(outcome.written ?? []);
  if (kept.length === 0) return whole;
  const fields = keptFields.parse(run.fields);
  const told = kept.map(([name, after, before = null, conflict]): Change => {
    const known = fields[name];
    if (!known) throw new Error(`A run does not tell what ${name} is, of which an outcome speaks.`);
    return { ...known, old: before, new: after, ...(conflict ? { conflict } : {}) };
  });
  return [...told, ...whole];
}
