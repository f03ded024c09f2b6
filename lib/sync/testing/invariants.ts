import type { Values } from '#lib/crm/ports.ts';
import type { Gate } from '#lib/settings/rules.ts';
import type { Link } from '../store.ts';
import { watchInbox } from './accountability.ts';
import { archivedFor } from './archiving.ts';
import { withFormerIds } from './memory/sync-tx.ts';
import type { Seen } from './memory/trace.ts';
import { nameOn, plain } from './model.ts';
import type { Edit } from './people.ts';
import { madeAnew } from './privacy.ts';
import { RulesJudge } from './rules-judge.ts';
import type { World } from './world.ts';

type Write = Extract<Seen, { kind: 'write' }>;
type Asked = { at: number; listIds: string[]; gate: Gate };
/** A changed value that the sync has overwritten; it must be in the conflict log once everything is calm. */
type Lost = { contactId: string; mappingId: string; value: string };

const answerLastsMs = 60_000;

/** Judges what the workers do while they do it; what is wrong is in `problems`. */
export type Judge = { problems: string[]; lost: Lost[]; edited(edits: readonly Edit[]): void };

/** Watches a world for the invariants of every single write (sync rules, section 9). */
export function judge(world: World): Judge {
  const asked = new Map<string, Asked>();
  const ready = new Map<string, number>();
  const reads = new Map<string, Values>();
  const lookUps = new LookUps();
  const rules = new RulesJudge(world, { values: (worker, id) => reads.get(`${worker} ${id}`) });
  const judged: Judge = { problems: [], lost: [], edited: (edits) => rules.edited(edits) };
  const now = () => world.clock.ms();
  watchInbox(world, judged.problems);
  watchShadows(world, judged.problems);
  world.observe = (event) => {
    const { worker } = event;
    switch (event.kind) {
      case 'memberships':
        asked.set(`${worker} ${event.contactId}`, {
          ...{ at: now(), listIds: event.listIds, gate: world.gateOf(worker) },
        });
        return;
      case 'list':
        if (event.isReady) ready.set(`${worker} ${event.listId}`, now());
        else ready.delete(`${worker} ${event.listId}`);
        return;
      case 'read': {
        const key = `${worker} ${event.id}`;
        reads.set(key, { ...reads.get(key), ...event.values });
        rules.read(worker, event.id);
        return;
      }
      case 'lookUp':
        lookUps.asked(worker, event.address, event.ids);
        return;
      case 'sweep':
        lookUps.swept(worker, event.holders);
        return;
      case 'write': {
        const known = reads.get(`${worker} ${event.id}`) ?? {};
        judged.lost.push(...lostBy(world, event, known, rules));
        judged.problems.push(
          // What arrives late was judged by the one who sent it.
          ...(world.isArriving ? [] : [...gateOf(world, event, { asked, ready }), ...echoOf(event, known)]),
          ...duplicateOf(world, event, lookUps),
          ...madeAnew(world, event),
          ...rules.written(event),
        );
        // The worker knows what it has written.
        reads.set(`${worker} ${event.id}`, { ...known, ...event.after });
        return;
      }
      case 'archive':
        judged.problems.push(...archivedFor(world, event.id));
        return;
    }
  };
  return judged;
}

/** 5: absent is never blank: whatever is not read keeps what both had agreed on. */
function watchShadows({ db }: World, problems: string[]): void {
  let before: Link[] = [];
  db.journal.watchers.push({
    begun() {
      before = db.links.where(({ endedAt }) => endedAt === null);
    },
    committed() {
      // One that was not synced for a while may be forgotten by whoever began then.
      const synced = db.mappings.filter(({ id }) => !db.rulesSince(0, id).includes('DONT_SYNC'));
      for (const { id, contactId, shadow } of before) {
        const after = db.links.get(id);
        if (!after || after.shadow === shadow || after.endCause === 'privacy_deleted') continue;
        const dropped = synced.filter((mapping) => shadow[mapping.id] && !after.shadow[mapping.id]);
        for (const { hubspotProperty } of dropped) {
          problems.push(`5: ${contactId}: what was agreed on ${hubspotProperty} is forgotten`);
        }
      }
    },
  });
}

function linkOf(world: World, { side, id }: Write): Link | undefined {
  const links = world.db.links.where((link) => (side === 'hubspot' ? link.contactId : link.recordId) === id);
  return links.find(({ endedAt }) => endedAt === null) ?? links[0];
}

/** 1: every value belongs to a member as HubSpot said just before, or to an open creation exception. */
function gateOf(
  world: World,
  event: Write,
  { asked, ready }: { asked: Map<string, Asked>; ready: Map<string, number> },
): string[] {
  const link = linkOf(world, event);
  const intent = world.db.intents.where(
    ({ state, address }) => state === 'OPEN' && address === event.after.Email?.toLowerCase(),
  )[0];
  const contactId = event.side === 'hubspot' ? event.id : (link?.contactId ?? intent?.contactId);
  const gate = world.db.gate(world.clock.now());
  if (gate.listId === null && (gate.alsoListId ?? null) === null) return [];
  if (event.side === 'hubspot' && event.isNew) {
    const isImport = world.importers.has(event.worker);
    const more = Object.keys(event.after).filter((name) => name !== 'email');
    // Until just now everybody may have been a member.
    const isSwitched = lastChange(world) > world.clock.ms() - answerLastsMs;
    return isImport && !isSwitched && more.length > 0 ? [`1: ${event.id} was imported with its ${more}`] : [];
  }
  if (event.side === 'hubspot' && link?.openException) return [];
  const answer = asked.get(`${event.worker} ${contactId}`);
  if (!answer) {
    // Without any list in force at the time nobody is asked.
    const wasOpen = lastChange(world) > world.clock.ms() - answerLastsMs;
    return wasOpen
      ? []
      : [`1: ${event.side} ${event.id} was written, but nobody asked whether it is a member`];
  }
  const lists = [answer.gate.listId, answer.gate.alsoListId ?? null].filter((id) => id !== null);
  const isMember = lists.every((id) => answer.listIds.includes(id));
  const isFresh = (event.sentAt ?? event.at) - answer.at <= answerLastsMs;
  const isReady = lists.every((id) => (ready.get(`${event.worker} ${id}`) ?? -1) >= answer.at);
  return isMember && isFresh && isReady ? [] : [`1: ${event.side} ${event.id} was written, but is no member`];
}

/** When the gate was changed last. */
function lastChange({ db }: World): number {
  return db.gateChangedAt;
}

/** 5: each field written differed from what was there, unless somebody changed it just then. */
function echoOf({ side, id, isNew, before, after, sent = after }: Write, known: Values): string[] {
  if (isNew) return [];
  return Object.keys(sent)
    .filter((name) => before[name] === sent[name] && known[name] === before[name])
    .map((name) => `5: ${side} ${id}: ${name} was written though it was ${JSON.stringify(before[name])}`);
}

/** What workers were told of who has an address: the last word counts. */
class LookUps {
  readonly #asked = new Map<string, Map<string, string[]>>();
  readonly #swept = new Map<string, Map<string, string[]>>();

  asked(worker: string, address: string, ids: string[]): void {
    const asked = this.#asked.get(worker) ?? new Map<string, string[]>();
    this.#asked.set(worker, asked.set(address, ids));
  }

  swept(worker: string, holders: Map<string, string[]>): void {
    this.#asked.delete(worker);
    this.#swept.set(worker, holders);
  }

  of(worker: string, address: string): string[] | undefined {
    const swept = this.#swept.get(worker);
    return this.#asked.get(worker)?.get(address) ?? (swept && (swept.get(address) ?? []));
  }
}

/** 3: a record is made, or an address given, only where no other record has it. */
function duplicateOf(world: World, event: Write, lookUps: LookUps): string[] {
  const { side, id, isNew, after, holders, worker } = event;
  if (side !== 'salesforce' || !after.Email) return [];
  const address = after.Email.toLowerCase();
  const others = holders.filter((holder) => holder !== id);
  const open = world.db.intents.where((intent) => intent.state === 'OPEN' && intent.address === address);
  const found = isNew && open.length > 1 ? [`3: ${address} has ${open.length} open intents`] : [];
  if (others.length === 0) return found;
  // Whoever came after the look-up could not be known.
  const looked = lookUps.of(worker, address);
  const isKnown = looked === undefined || others.some((holder) => looked.includes(holder));
  const bySync = others.filter((holder) => isOurs(world, holder, address));
  if (!isKnown && bySync.length === 0) return found;
  return [...found, `3: ${address} was ${isNew ? 'created' : 'given'} though ${others} have it`];
}

/** The sync made it with this address; nobody has brought it back, nor given it the address while a creation was on its way. */
function isOurs(world: World, id: string, address: string): boolean {
  if (world.org.get(id)?.isRestored) return false;
  const writes = world.trace.filter((event) => event.kind === 'write' && event.isNew && event.id === id);
  return writes.some((event) => 'after' in event && event.after.Email?.toLowerCase() === address);
}

/** 4: values that had changed since the agreement, were read, and are overwritten now. */
function lostBy(world: World, event: Write, known: Values, rules: RulesJudge): Lost[] {
  const link = linkOf(world, event);
  if (event.isNew || !link || link.endedAt !== null) return [];
  const record = world.org.get(link.recordId);
  if (!record) return [];
  return world.db.mappings.flatMap((mapping): Lost[] => {
    const { id: mappingId, hubspotProperty: property } = mapping;
    const name = event.side === 'hubspot' ? property : nameOn(mapping, record.object);
    if (name === null || !(name in event.after)) return [];
    const before = event.before[name] ?? null;
    const wasRead = known[name] === before;
    const shadow = link.shadow[mappingId];
    const agreed = (event.side === 'hubspot' ? shadow?.h : shadow?.s) ?? null;
    const isChanged = plain(property, before) !== plain(property, agreed);
    const isLost = plain(property, before) !== plain(property, event.after[name] ?? null);
    if (before === null || plain(property, before) === null || !wasRead || !isChanged || !isLost) return [];
    // What both had agreed on is forgotten with the mapping.
    if (rules.rulesFor(event, mapping).includes('DONT_SYNC')) return [];
    // What the sync put there itself, and died before it could store that, is nobody's loss.
    if (rules.isOurs(link.id, mappingId, event.side, before)) return [];
    // Somebody may have given the very value that a write was to bring.
    if (rules.isIntended(event, link.id, mappingId, before)) return [];
    // Its own rules: an owner without a counterpart is no change, and consent only goes one way.
    if (property === 'hubspot_owner_id' || property === 'hs_email_optout') return [];
    return [{ contactId: link.contactId, mappingId, value: before }];
  });
}

/** What was lost and is not in the conflict log. */
export function unlogged(world: World, lost: readonly Lost[]): string[] {
  const logged = world.db.conflicts.all();
  const forgotten = new Set([...world.forgotten].flatMap((id) => withFormerIds(world.db, id)));
  return lost
    .filter(
      ({ contactId, mappingId, value }) =>
        // Gone with its contact.
        !forgotten.has(contactId) &&
        !logged.some(
          (row) => row.mappingId === mappingId && [row.hubspotValue, row.salesforceValue].includes(value),
        ),
    )
    .map(({ contactId, value, mappingId }) => {
      const property = world.db.mappings.find(({ id }) => id === mappingId)?.hubspotProperty;
      return `4: ${contactId}: ${property} ${JSON.stringify(value)} was overwritten and is not in the log`;
    });
}
