import { fail, ok, type Result } from '#lib/core/result.ts';
import type { Change } from '../change.ts';
import type { Link } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import type { Draft } from './create-records.ts';
import { fieldsOf } from './gather.ts';
import { type Person, planPerson } from './person.ts';
import type { Session } from './session.ts';

/** A record that was created, with its link as it is stored. */
export type Made = { draft: Draft; link: Link; changes: Change[] };

/**
 * Reads what Salesforce made of new records of one kind, all of them together (10,000 a call), and plans what
 * follows from it. Whoever does not come to this is linked, and is synced like anybody else the next time.
 */
export async function readBack(session: Session, made: readonly Made[]): Promise<Result<Person[], Trouble>> {
  const object = made[0]?.draft.object;
  if (!object) return ok([]);
  const ids = made.map(({ link }) => link.recordId);
  const records = await session.salesforce.readRecords(object, ids, fieldsOf(session, object));
  if (!records.ok) return fail(troubleOf('salesforce', records.failure, session.troubles));
  const at = await session.store.now();
  const people = made.map(({ draft, link, changes }, position): Person => {
    const record = records.value[position] ?? unseen(object, link.recordId, at);
    const { wanted, contact } = draft;
    const known = { origin: 'CREATED' as const, isCreated: true, byAdditional: false, warnings: [] };
    const person = { wanted, contact, record, link, ...known, scope: 'both' as const, earlier: changes };
    return planPerson(session, person, at);
  });
  return ok(people);
}

/** A new record that may not be read takes no part any further. */
function unseen(object: Draft['object'], id: string, at: Date) {
  const nobody = { lastModifiedById: '', isConverted: false };
  return { id, object, values: {}, lastModifiedAt: at, systemModstamp: at, ...nobody };
}
