import type { Values } from '#lib/crm/ports.ts';
import { isSame } from '#lib/mappings/rules.ts';
import type { Change } from '../change.ts';
import type { Field } from '../fields.ts';
import type { Intended, Shadow } from '../shadow.ts';
import type { Person } from './person.ts';
import type { Session } from './session.ts';

/** A person under way: its link's id, and what became of each change so far. */
export type Work = {
  person: Person;
  linkId: string;
  changes: Change[];
  isLater: boolean;
  /** What HubSpot says of the contact after the write. */
  answered: Values | null;
};

/** What both sides agree on now: the former agreements, and every write that went through. */
export function shadowAfter({ person, changes, answered }: Work, at: Date): Shadow {
  const shadow: Shadow = { ...person.plan.shadow };
  for (const change of changes) {
    const pair = person.plan.intended[change.mappingId];
    if (change.failure || !pair) continue;
    const isHubSpot = change.to === 'hubspot';
    const h = isHubSpot ? (answered?.[change.property] ?? pair.h) : pair.h;
    shadow[change.mappingId] = {
      h,
      s: pair.s,
      at: at.toISOString(),
      ...(isHubSpot ? {} : { sent: true }),
    };
  }
  return shadow;
}

/** What is about to be written, with what it overwrites; and what an earlier write that was not stored has. */
export function intendedOf(session: Session, person: Person): Intended {
  const { plan } = person;
  const own = Object.entries(plan.intended).map(([id, pair]): [string, Intended[string]] => {
    const change = plan.changes.find(({ mappingId }) => mappingId === id);
    if (!change?.conflict) return [id, pair];
    const { property, field, conflict } = change;
    return [id, { ...pair, conflict: { ...conflict, property, field } }];
  });
  return { ...arrivedBefore(session, person), ...Object.fromEntries(own) };
}

/**
 * Earlier writes that have arrived, though nobody came to store it: they stay known until somebody does. Without
 * them a side that is emptied meanwhile would look as if it had never been agreed on.
 */
function arrivedBefore(session: Session, person: Person): Intended {
  const { contact, record, link } = person;
  const arrived: Intended = {};
  for (const field of session.tables[record.object].fields) {
    const pair = link?.intended?.[field.mappingId];
    if (!pair) continue;
    const [held, wanted] =
      pair.to === 'hubspot' ? [contact.values[field.property], pair.h] : [record.values[field.name], pair.s];
    if (held !== undefined && isSame(field.pair, held, wanted)) arrived[field.mappingId] = pair;
  }
  for (const { field, pair } of arrivedUnlogged(session, person)) arrived[field.mappingId] = pair;
  for (const [mappingId, pair] of forgottenUnlogged(session, person)) arrived[mappingId] = pair;
  return { ...unreadIntended(session, person), ...arrived };
}

/** Writes whose answer was never stored, to fields that cannot be read now: what they left shows once they can. */
export function unreadIntended(
  { tables }: Pick<Session, 'tables'>,
  { link, record }: Pick<Person, 'link' | 'record'>,
): Intended {
  const { absent } = tables[record.object];
  return Object.fromEntries(Object.entries(link?.intended ?? {}).filter(([id]) => absent.includes(id)));
}

/** Writes whose answer was never stored, by mappings that are not synced now: nobody can tell whether they arrived. */
export function forgottenUnlogged(
  { tables }: Pick<Session, 'tables'>,
  { link, record }: Pick<Person, 'link' | 'record'>,
): [string, Intended[string]][] {
  const known = new Set(tables[record.object].fields.map(({ mappingId }) => mappingId));
  return Object.entries(link?.intended ?? {}).filter(([id, { conflict }]) => conflict && !known.has(id));
}

/** Writes whose answer was never stored, but that have arrived and have overwritten something. */
export function arrivedUnlogged(
  { tables }: Pick<Session, 'tables'>,
  { link, contact, record }: Pick<Person, 'link' | 'contact' | 'record'>,
): { field: Field; pair: Intended[string] }[] {
  return tables[record.object].fields.flatMap((field) => {
    const pair = link?.intended?.[field.mappingId];
    if (!pair?.conflict) return [];
    const held = pair.to === 'hubspot' ? contact.values[field.property] : record.values[field.name];
    // It may have been changed once more since; only where the lost value still stands nothing has arrived.
    return held !== undefined && !isSame(field.pair, held, pair.conflict.lost) ? [{ field, pair }] : [];
  });
}
