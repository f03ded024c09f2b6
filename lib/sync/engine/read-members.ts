import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { askList } from './ask-gate.ts';
import type { Members, Session } from './session.ts';

/** From where on, and about how many. */
type Part = { after: string | null; count: number; isWanted: () => boolean };

/**
 * The next members of the run's segment after a cursor, about `count` of them. It begins to read those who come
 * after them, so that they are at hand once the work on these is done: who is a member when it counts is asked at
 * the gate. What was read ahead of an edit of the criteria is read again.
 */
export async function readMembers(
  session: Session,
  after: string | null,
  count: number,
): Promise<Result<Members, Trouble>> {
  const { listId } = session.run;
  const { ahead } = session;
  session.ahead = undefined;
  const known = ahead && ahead.after === after ? await ahead.members : null;
  const ready = listId === null ? ok(null) : await askList(session, listId);
  if (!ready.ok) return ready;
  const isKnown = known?.ok && ahead?.version === versionOf(session);
  const members = isKnown ? known : await readPart(session, { after, count, isWanted: () => true });
  if (members.ok && members.value.after !== null) readAhead(session, members.value.after, count);
  return members;
}

function readAhead(session: Session, after: string, count: number): void {
  const next = { after, version: versionOf(session), isWanted: true };
  const members = readPart(session, { after, count, isWanted: () => next.isWanted });
  // Whoever asks for it hears of an error; nobody may.
  members.catch(() => undefined);
  session.ahead = Object.assign(next, { members });
}

/** Of the criteria as they were read last. */
function versionOf({ run, criteria }: Session): number | null {
  return criteria.get(run.listId ?? '')?.version ?? null;
}

/** What is being read ahead is of no use any more. */
export function dropAhead(session: Session): void {
  if (session.ahead) session.ahead.isWanted = false;
  session.ahead = undefined;
}

function readPart(session: Session, part: Part): Promise<Result<Members, Trouble>> {
  const { listId } = session.run;
  if (listId === null) return readAll(session.hubspot, part, session.troubles);
  return readPages((cursor) => session.hubspot.members(listId, cursor), part, session.troubles);
}

/** Without an inclusion segment every contact is a member: by ascending id, searched on from the last one. */
function readAll(hubspot: HubSpotPort, part: Part, troubles: number) {
  return readPages(
    async (cursor) => {
      const page = await hubspot.searchContacts({
        filterGroups: cursor
          ? [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT', value: cursor }] }]
          : [],
        properties: ['hs_object_id'],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        limit: 200,
      });
      if (!page.ok) return page;
      const ids = page.value.contacts.map(({ id }) => id);
      const isLast = page.value.after === null;
      return ok({ ids, after: isLast ? null : (ids.at(-1) ?? null) });
    },
    part,
    troubles,
  );
}

async function readPages(
  page: (after: string | null) => ReturnType<HubSpotPort['members']>,
  { after: start, count, isWanted }: Part,
  troubles: number,
): Promise<Result<Members, Trouble>> {
  const ids: string[] = [];
  let after = start;
  do {
    const answer = await page(after);
    if (!answer.ok) return fail(troubleOf('hubspot', answer.failure, troubles));
    ids.push(...answer.value.ids);
    after = answer.value.after;
  } while (after !== null && ids.length < count && isWanted());
  return ok({ ids: [...new Set(ids)], after });
}
