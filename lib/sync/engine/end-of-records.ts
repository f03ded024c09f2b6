import { fail, ok, type Result } from '#lib/core/result.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { askGate, waitingFor } from './ask-gate.ts';
import type { Subject } from './gather.ts';
import type { Moves } from './hand-over.ts';
import { outcomeOf, type Settled, skipped } from './person.ts';
import type { Session } from './session.ts';

/** The setting says what happens to the contact: nothing, or for members the bin. */
export async function endOfRecords(
  session: Session,
  gone: readonly Subject[],
  moves: Moves,
  settled: Settled[],
): Promise<Result<null, Trouble>> {
  const { values } = await session.store.settings();
  const isDeleting = values.salesforceDeletes === 'delete_contact';
  const isKept = ({ wanted }: Subject) => wanted.causes.some(({ keepsContact }) => keepsContact === true);
  const asked = gone.flatMap((subject) => {
    const { wanted, contact, link } = subject;
    return isDeleting && contact && link && !isKept(subject) ? [{ wanted, contact, link }] : [];
  });
  const archived = new Set<string>();
  const waiting = new Set<string>();
  if (asked.length > 0) {
    const gate = await askGate(session, asked);
    if (!gate.ok) return gate;
    const standingOf = (id: string) => gate.value.standing.get(id) ?? 'outside';
    const members = asked.filter(({ contact }) => standingOf(contact.id) === 'member');
    for (const { wanted, contact } of asked) {
      const standing = standingOf(contact.id);
      if (standing !== 'waits' && standing !== 'unclear') continue;
      waiting.add(contact.id);
      moves.later.push(waitingFor(wanted, standing, gate.value));
    }
    const done = await archive(
      session,
      members.map(({ contact }) => contact.id),
    );
    if (!done.ok) return done;
    for (const id of done.value) archived.add(id);
  }
  for (const subject of gone) {
    const { wanted, contact, link } = subject;
    if (contact && waiting.has(contact.id)) continue;
    if (link) moves.ends.push({ link, cause: 'deleted_in_salesforce', mergedInto: null });
    settled.push(
      contact && archived.has(contact.id)
        ? { wanted, outcome: outcomeOf(wanted, subject, archivedOutcome) }
        : skipped(wanted, subject, 'deleted_in_salesforce'),
    );
  }
  return ok(null);
}

const archivedOutcome = { result: 'UPDATED', reason: 'contact_archived', direction: 'TO_HUBSPOT' } as const;

async function archive(session: Session, ids: string[]): Promise<Result<string[], Trouble>> {
  if (ids.length === 0) return ok([]);
  const answer = await session.hubspot.archiveContacts(ids);
  if (!answer.ok) return fail(troubleOf('hubspot', answer.failure, session.troubles));
  const refused = answer.value.find((each) => !each.ok && each.failure.kind !== 'notFound');
  // The next try finds archived those that went through.
  if (refused && !refused.ok) return fail(troubleOf('hubspot', refused.failure, session.troubles));
  return ok(ids);
}
