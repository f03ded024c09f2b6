import type { ListMember } from '#lib/crm/ports.ts';
import { alarmsOfSides } from './alarms.ts';
import { commitCounted } from './breaker.ts';
import { type CollectDeps, triggerOf } from './deps.ts';
import type { MembershipChange, NewStay, SegmentWatch, Stay } from './store.ts';
import { type Criteria, throughOf } from './through.ts';

const pageOfLeavers = 250;

/** Stores a page of members; who is new among them is a joiner. Answers how many. */
export async function takeMembers(
  deps: CollectDeps,
  watch: SegmentWatch,
  members: ListMember[],
  criteria: Criteria | null,
): Promise<number> {
  const { scope, store } = deps;
  const stored = new Map(
    (await store.stays(scope, watch.listId, idsOf(members))).map((stay) => [stay.contactId, stay]),
  );
  const at = await deps.now();
  const isBack = ({ at: addedAt }: ListMember, stay: Stay) => stay.addedAt.getTime() !== addedAt.getTime();
  const back = members.filter((member) => {
    const stay = stored.get(member.id);
    return stay !== undefined && isBack(member, stay);
  });
  const came = [...members.filter(({ id }) => !stored.has(id)), ...back];
  const isBaseline = watch.baselineAt === null;
  const joined = isBaseline ? [] : idsOf(came);
  const through = await throughOf(deps.hubspot, criteria, joined, 'in');
  const change: MembershipChange = {
    listId: watch.listId,
    reading: watch.reading,
    left: back.map(({ id }) => ({ contactId: id, until: at, through: null })),
    came: came.map((member): NewStay => {
      const since = member.at > at ? at : member.at;
      const { id: contactId, at: addedAt } = member;
      return { contactId, addedAt, since, isBaseline, through: through.get(contactId) ?? null };
    }),
    met: idsOf(members).filter((id) => stored.has(id)),
  };
  const triggers = joined.map((contactId) =>
    triggerOf({ contactId }, { kind: 'joined', side: 'hubspot', source: 'poll' }, at),
  );
  const alarms = isBaseline ? [] : await alarmsOfJoiners(deps, joined, triggers, at);
  await commitCounted(deps, { watch, membership: change, triggers, alarms });
  return triggers.length;
}

async function alarmsOfJoiners(
  deps: CollectDeps,
  joined: string[],
  triggers: ReturnType<typeof triggerOf>[],
  at: Date,
) {
  const sides = await alarmsOfSides(deps, joined, at);
  const linked = new Set(sides.map(({ person }) => person));
  const created = triggers
    .filter(({ contactId }) => contactId && !linked.has(contactId))
    .map(({ contactId }) => ({ kind: 'created_salesforce' as const, key: '', person: contactId ?? '', at }));
  return [...sides, ...created];
}

/** Whom a full reading did not meet has left. */
export async function endUnmet(
  deps: CollectDeps,
  watch: SegmentWatch,
  criteria: Criteria | null,
): Promise<void> {
  const { scope, store } = deps;
  for (;;) {
    const unmet = await store.unmet(scope, watch.listId, watch.reading, pageOfLeavers);
    if (unmet.length === 0) return;
    const until = await deps.now();
    const through = watch.baselineAt ? await throughOf(deps.hubspot, criteria, unmet, 'out') : new Map();
    const left = unmet.map((contactId) => ({ contactId, until, through: through.get(contactId) ?? null }));
    const alarms = watch.baselineAt ? await alarmsOfSides(deps, unmet, until) : [];
    const membership = { listId: watch.listId, reading: watch.reading, left, came: [], met: [] };
    await commitCounted(deps, { membership, alarms });
  }
}

function idsOf(members: ListMember[]): string[] {
  return members.map(({ id }) => id);
}
