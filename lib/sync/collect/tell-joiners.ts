import { commitCounted } from './breaker.ts';
import { type CollectDeps, later, triggerOf } from './deps.ts';
import type { DailyCheck, KnownLink, Stay } from './store.ts';

const pageSize = 250;
/** Who came in is found a day later at most, by a clock that may not be ours. */
const marginMs = 2 * 24 * 60 * 60_000;

/**
 * Tells after connecting again who has come into the segment since this org was connected last: the memberships are
 * the workspace's, and polls went on by another org, or what they told was closed by disconnecting. Somebody may be
 * told twice. Whose link has ended since is not made anew. Answers how many were told.
 */
export async function tellJoiners(deps: CollectDeps, { checkedAt }: DailyCheck): Promise<number> {
  const { scope, store } = deps;
  const { inclusionListId } = await store.settings(scope);
  const cursor = await store.cursor(scope, 'hubspot');
  if (inclusionListId === null || !checkedAt || !cursor) return 0;
  const since = later(new Date(checkedAt.getTime() - marginMs), cursor.beganAt);
  let found = 0;
  for (let after: string | null = null; ; ) {
    const stays = await store.joiners(scope, inclusionListId, { since, after, limit: pageSize });
    const last = stays.at(-1);
    if (!last) return found;
    found += await tell(deps, stays);
    after = last.contactId;
  }
}

async function tell(deps: CollectDeps, stays: readonly Stay[]): Promise<number> {
  const ids = stays.map(({ contactId }) => contactId);
  const links = Map.groupBy(await deps.store.linksOfContacts(deps.scope, ids), ({ contactId }) => contactId);
  const isLinked = ({ contactId }: Stay) => links.get(contactId)?.some(({ endedAt }) => !endedAt) ?? false;
  const hasEndedSince = ({ contactId, since }: Stay) =>
    links.get(contactId)?.some(({ endedAt }: KnownLink) => endedAt && endedAt >= since) ?? false;
  const joiners = stays.filter((stay) => isLinked(stay) || !hasEndedSince(stay));
  const at = await deps.now();
  const triggers = joiners.map(({ contactId }) =>
    triggerOf({ contactId }, { kind: 'joined', side: 'hubspot', source: 'daily_check' }, at),
  );
  const alarms = joiners
    .filter((stay) => !isLinked(stay))
    .map(({ contactId }) => ({ kind: 'created_salesforce' as const, key: '', person: contactId, at }));
  if (triggers.length > 0) await commitCounted(deps, { triggers, alarms });
  return triggers.length;
}
