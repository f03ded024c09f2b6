import { now } from '#lib/core/clock.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact } from '#lib/crm/ports.ts';
import type { OutcomeRow } from '../repository.ts';
import type { Trouble } from '../trouble.ts';
import { answerLastsMs, askGate } from './ask-gate.ts';
import { type Later, outcomeOf } from './person.ts';
import type { Session } from './session.ts';

/** A request takes its time too: an answer this old is asked anew before the next write. */
const askAgainAfterMs = answerLastsMs / 2;

export type StillMembers<T> = { people: T[]; askedAt: Date; outcomes: OutcomeRow[]; later: Later[] };

/** Those who may still sync, by an answer of HubSpot that is fresh enough for a write now. */
export async function stayMembers<T extends { contact: HubSpotContact }>(
  session: Session,
  people: T[],
  askedAt: Date,
): Promise<Result<StillMembers<T>, Trouble>> {
  const age = (await now()).getTime() - askedAt.getTime();
  if (age < askAgainAfterMs || people.length === 0) {
    return ok({ people, askedAt, outcomes: [], later: [] });
  }
  const ids = people.map(({ contact }) => contact.id);
  const gate = await askGate(session.scope.workspaceId, session.hubspot, ids, session.troubles);
  if (!gate.ok) return gate;
  const { standing, waitsUntil } = gate.value;
  const waitMs = Math.max((waitsUntil?.getTime() ?? 0) - gate.value.askedAt.getTime(), 0);
  const by = (wanted: string) => people.filter(({ contact }) => standing.get(contact.id) === wanted);
  return ok({
    people: by('member'),
    askedAt: gate.value.askedAt,
    outcomes: by('outside').map(({ contact }) =>
      outcomeOf(contact, { result: 'SKIPPED', reason: 'not_in_segment' }),
    ),
    later: by('waits').map(({ contact }) => ({ contactId: contact.id, reason: 'switch_waits', waitMs })),
  });
}
