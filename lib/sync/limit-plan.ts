import { createHash } from 'node:crypto';
import { isSame } from '#lib/mappings/rules.ts';
import type { Change } from './change.ts';
import type { Memory } from './field-memory.ts';
import type { Field, FieldTable } from './fields.ts';
import type { Plan } from './plan.ts';
import type { Intended, Shadow, ShadowEntry, Side } from './shadow.ts';

const dayMs = 86_400_000;
/** So many writes to and fro in a day are a loop, and so are as many of one value to one side. */
const loopLength = 4;

/** A plan without what goes to the sides that may not be written; what is left out waits without a shadow. */
export function planTowards(plan: Plan, side: Side): Plan {
  const other: Side = side === 'hubspot' ? 'salesforce' : 'hubspot';
  return dropChanges(plan, (change) => change.to === other);
}

function dropChanges(plan: Plan, isDropped: (change: Change) => boolean): Plan {
  const dropped = plan.changes.filter(isDropped);
  const ids = new Set(dropped.map(({ mappingId }) => mappingId));
  return {
    ...plan,
    ...valuesWithout(plan, dropped),
    changes: plan.changes.filter((change) => !isDropped(change)),
    intended: Object.fromEntries(Object.entries(plan.intended).filter(([id]) => !ids.has(id))),
  };
}

function valuesWithout(plan: Plan, dropped: readonly Change[]): Pick<Plan, 'hubspot' | 'salesforce'> {
  const [hubspot, salesforce] = [{ ...plan.hubspot }, { ...plan.salesforce }];
  for (const change of dropped) {
    if (change.to === 'hubspot') delete hubspot[change.property];
    else delete salesforce[change.field];
  }
  return { hubspot, salesforce };
}

/**
 * A plan without what must not be sent again: a value that was refused and is still the same, and a field that
 * went to and fro too often. Both stay in the plan's changes as failures.
 */
export function limitPlan(
  table: FieldTable,
  plan: Plan,
  given: { memory: Memory; isRetry: boolean; at: Date },
): Plan {
  const stopped: Change[] = [];
  const changes = plan.changes.map((change) => {
    const failure = change.failure ? null : obstacleOf(change, table.byMapping.get(change.mappingId), given);
    if (!failure) return change;
    stopped.push(change);
    const { conflict: _notWritten, ...rest } = change;
    return { ...rest, failure };
  });
  if (stopped.length === 0) return plan;
  const ids = new Set(stopped.map(({ mappingId }) => mappingId));
  const intended = Object.fromEntries(Object.entries(plan.intended).filter(([id]) => !ids.has(id)));
  return { ...plan, ...valuesWithout(plan, stopped), changes, intended };
}

function obstacleOf(
  change: Change,
  field: Field | undefined,
  { memory, isRetry, at }: { memory: Memory; isRetry: boolean; at: Date },
): Change['failure'] | null {
  const known = memory[change.mappingId];
  if (!known || !field) return null;
  if (isLoop(known.writes, at)) {
    return { category: 'automation', code: 'automation_loop', message: '' };
  }
  const { refused } = known;
  if (isRetry || refused?.to !== change.to || refused.mark !== markOf(field, change)) return null;
  const { category, code, message } = refused;
  return { category, code, message };
}

/**
 * Four writes to and fro within a day, or of one value that somebody changes each time: until one of them is older,
 * the field rests in both directions.
 */
function isLoop(writes: Memory[string]['writes'], at: Date): boolean {
  const since = new Date(at.getTime() - dayMs).toISOString();
  const recent = writes.filter((write) => write.at > since).slice(-loopLength);
  if (recent.length < loopLength) return false;
  const pairs = recent.slice(1).map((write, position) => ({ write, before: recent[position] }));
  return (
    pairs.every(({ write, before }) => write.to !== before?.to) ||
    pairs.every(({ write, before }) => write.to === before?.to && write.again === true)
  );
}

/** The same as long as value, mapping and definitions are the same. */
export function markOf({ rule, can, pair, name }: Field, change: Change): string {
  const { type, length, scale, picklistValues, updateable } = pair.field;
  const { options, fieldType } = pair.property;
  const known = [
    ...[change.to, change.new, rule, can, name, change.property, type, length, scale, updateable],
    ...[picklistValues.filter((each) => each.active).map((each) => each.value)],
    ...[fieldType, options.map((option) => option.value)],
  ];
  return createHash('sha256').update(JSON.stringify(known)).digest('base64url').slice(0, 16);
}

/** Does this bring what the side had held when both agreed last? Then somebody has changed it there since. */
function isAgain(field: Field, { to }: Change, pair?: Intended[string], held?: ShadowEntry): boolean {
  if (!pair || !held) return false;
  return to === 'hubspot' ? isSame(field.pair, pair.h, held.h) : isSame(field.pair, pair.s, held.s);
}

/** What is remembered after a write: who was written, what was refused, and nothing older than a day. */
export function nextMemory(
  table: FieldTable,
  { memory: former, shadow }: { memory: Memory; shadow: Shadow },
  { changes, intended }: { changes: readonly Change[]; intended: Intended },
  at: Date,
): Memory {
  const now = at.toISOString();
  const since = new Date(at.getTime() - dayMs).toISOString();
  const next: Memory = {};
  for (const [id, { writes }] of Object.entries(former)) {
    const recent = writes.filter((write) => write.at > since);
    if (recent.length > 0) next[id] = { writes: recent };
  }
  for (const change of changes) {
    const field = table.byMapping.get(change.mappingId);
    if (!field) continue;
    const writes = next[change.mappingId]?.writes ?? [];
    const { to, failure } = change;
    if (!failure) {
      const again = isAgain(field, change, intended[change.mappingId], shadow[change.mappingId]);
      const write = { to, at: now, ...(again ? { again } : {}) };
      next[change.mappingId] = { writes: [...writes, write].slice(-loopLength) };
    } else if (failure.code !== 'automation_loop') {
      next[change.mappingId] = { writes, refused: { to, mark: markOf(field, change), ...failure } };
    }
  }
  return next;
}
