import { createHash } from 'node:crypto';
import { blankHash } from '../seen.ts';
import type { Trigger } from '../triggers.ts';
import { alarmsOfContacts, alarmsOfRecords } from './alarms.ts';
import { checkBreaker } from './breaker.ts';
import { type Counting, objects, recordObject } from './deps.ts';
import type { Alarm, AlarmKind, CountedAs } from './store.ts';

const page = 500;

/** Which counts each part of the settings and mappings decides about. */
const kindsOf: Record<keyof CountedAs, AlarmKind> = {
  deletes: 'archived',
  changes: 'created_hubspot',
  blanks: 'blanked',
};

/**
 * Counts what waits in the inbox anew if settings or mappings make something else of it by now: before
 * anything of it is written, as a poll is. Asks no CRM.
 */
export async function recountInbox(deps: Counting): Promise<void> {
  const { scope, store } = deps;
  const before = await store.countedAs(scope);
  const now = await countedBy(deps);
  const kinds = keysOf(now)
    .filter((key) => before?.[key] !== now[key])
    .map((key) => kindsOf[key]);
  if (kinds.length === 0) return;
  for (let after: string | null = null; ; ) {
    const triggers = await store.openTriggers(scope, after, page);
    const alarms = await alarmsOf(deps, triggers);
    await store.commit(scope, { alarms: alarms.filter(({ kind }) => kinds.includes(kind)) });
    after = triggers.at(-1)?.id ?? null;
    if (after === null || triggers.length < page) break;
  }
  await checkBreaker(deps);
  await store.commit(scope, { countedAs: now });
}

const keysOf = (counted: CountedAs) => Object.keys(counted) as (keyof CountedAs)[];

async function countedBy({ scope, store }: Counting): Promise<CountedAs> {
  const { salesforceDeletes, salesforceChanges } = await store.settings(scope);
  const { blankTravels } = await store.mapped(scope);
  const blanks = createHash('sha256').update(JSON.stringify(blankTravels)).digest('base64url').slice(0, 16);
  return { deletes: salesforceDeletes, changes: salesforceChanges, blanks };
}

async function alarmsOf(deps: Counting, triggers: readonly Trigger[]): Promise<Alarm[]> {
  const { scope, store } = deps;
  const at = await deps.now();
  const contactIds = triggers.flatMap(({ contactId }) => contactId ?? []);
  const linksOfContacts = await store.linksOfContacts(scope, contactIds);
  const linked = new Set(linksOfContacts.flatMap((link) => (link.endedAt ? [] : [link.contactId])));
  const blanked = await blankedOf(deps, 'hubspot', triggers);
  const alarms = await alarmsOfContacts(deps, { triggers: [...triggers], linked, blanked }, at);
  for (const object of objects) {
    const own = triggers.filter((each) => each.recordId !== null && each.object === recordObject(object));
    const found = await store.linksOfRecords(
      scope,
      own.flatMap(({ recordId }) => recordId ?? []),
    );
    const links = new Map(found.flatMap((link) => (link.endedAt ? [] : [[link.recordId, link] as const])));
    const blankedOfRecords = await blankedOf(deps, 'salesforce', own);
    const records = { object, triggers: own, links, blanked: blankedOfRecords };
    alarms.push(...(await alarmsOfRecords(deps, records, at)));
  }
  return alarms;
}

/** Which of the fields that have changed are blank by now, as they were seen last. */
async function blankedOf(
  { scope, store }: Counting,
  side: 'hubspot' | 'salesforce',
  triggers: readonly Trigger[],
): Promise<{ id: string; names: string[] }[]> {
  const changed = triggers.flatMap(({ contactId, recordId, causes }) => {
    const id = side === 'hubspot' ? contactId : recordId;
    const names = causes.flatMap((cause) => (cause.side === side ? (cause.fields ?? []) : []));
    return id !== null && names.length > 0 ? [{ id, names }] : [];
  });
  const seen = await store.seen(
    scope,
    side,
    changed.map(({ id }) => id),
  );
  return changed.map(({ id, names }) => ({
    id,
    names: names.filter((name) => seen.get(id)?.fields[name]?.h === blankHash),
  }));
}
