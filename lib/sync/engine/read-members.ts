import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { askList } from './ask-gate.ts';
import type { Session } from './session.ts';

export type Members = { ids: string[]; after: string | null };

/** The next members of the run's segment after a cursor, about `count` of them; `after` null: the last. */
export async function readMembers(
  session: Session,
  after: string | null,
  count: number,
): Promise<Result<Members, Trouble>> {
  const { listId } = session.run;
  if (listId === null) return readAll(session.hubspot, after, count, session.troubles);
  const ready = await askList(session, listId);
  if (!ready.ok) return ready;
  return readPages((cursor) => session.hubspot.members(listId, cursor), after, count, session.troubles);
}

/** Without an inclusion segment every contact is a member: by ascending id, searched on from the last one. */
function readAll(hubspot: HubSpotPort, after: string | null, count: number, troubles: number) {
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
    after,
    count,
    troubles,
  );
}

async function readPages(
  read: (after: string | null) => ReturnType<HubSpotPort['members']>,
  start: string | null,
  count: number,
  troubles: number,
): Promise<Result<Members, Trouble>> {
  const ids: string[] = [];
  let after = start;
  do {
    const page = await read(after);
    if (!page.ok) return fail(troubleOf('hubspot', page.failure, troubles));
    ids.push(...page.value.ids);
    after = page.value.after;
  } while (after !== null && ids.length < count);
  return ok({ ids: [...new Set(ids)], after });
}
