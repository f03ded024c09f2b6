import type { MappingRow } from '../fields.ts';
import type { Link } from '../store.ts';
import type { CrmName, Seen } from './memory/trace.ts';
import { nameOn, plain } from './model.ts';
import type { Edit } from './people.ts';
import type { World } from './world.ts';

type Write = Extract<Seen, { kind: 'write' }>;
type Values = Record<string, string | null>;
type Pair = { h: string | null; s: string | null };
/** What the sync itself has written last, whether or not it came to store that. */
type Own = Pair & { ms: number; to: CrmName; version: number; isUnsure: boolean };
type Target = CrmName | 'nobody';

/** By worker and id: what it last read there, and what the link remembered then. */
type Known = { values: (worker: string, id: string) => Values | undefined };

/** The table of the field rules (section 5) once more: whose value each write may carry, written from its text. */
export class RulesJudge {
  readonly #world: World;
  readonly #known: Known;
  readonly #links = new Map<string, Link>();
  readonly #own = new Map<string, Own>();
  readonly #edits = new Map<string, { ms: number; value: string | null; late: boolean }>();
  readonly #written = new Map<string, number>();
  readonly #again = new Map<string, { value: string | null; to: CrmName; at: number[] }>();
  /** The version of the settings by which a worker began with somebody. */
  readonly #versions = new Map<string, number>();

  constructor(world: World, known: Known) {
    this.#world = world;
    this.#known = known;
  }

  /** A person gave these values. */
  edited(edits: readonly Edit[]): void {
    for (const { side, id, name, value, at: ms, late } of edits) {
      const before = this.#edits.get(`${id} ${name}`);
      const isSame = before !== undefined && before.value === value;
      if (side === 'salesforce' && !isSame) this.#edits.set(`${id} ${name}`, { ms, value, late });
    }
  }

  /** A worker reads one side: what its link remembers then is what it decides by. */
  read(worker: string, id: string): void {
    const key = `${worker} ${id}`;
    if (!this.#versions.has(key)) this.#versions.set(key, this.#world.settingsRead.versionOf(worker));
    const isOf = ({ contactId, recordId }: Link) => contactId === id || recordId === id;
    for (const link of this.#world.db.links.where(isOf)) this.#links.set(`${worker} ${link.id}`, link);
  }

  /** What is wrong with a write by the rules. */
  written(event: Write): string[] {
    const { side, id, worker } = event;
    const isOf = (link: Link) => (side === 'hubspot' ? link.contactId : link.recordId) === id;
    const link = this.#world.db.links.where((each) => each.endedAt === null && isOf(each))[0];
    const record = link && this.#world.org.get(link.recordId);
    if (!link || !record) return [];
    const [contact, fields] = [link.contactId, link.recordId].map((each) => this.#known.values(worker, each));
    const problems = this.#world.db.mappings.flatMap((mapping) => {
      const name = nameOn(mapping, record.object);
      const written = side === 'hubspot' ? mapping.hubspotProperty : name;
      if (name === null || written === null || !(written in event.after) || event.isNew) return [];
      const [h, s] = [contact?.[mapping.hubspotProperty], fields?.[name]];
      if (h === undefined || s === undefined) {
        // What arrives late was planned when the link was with the record that was read.
        if (this.#world.isArriving) return [];
        return [`5: ${side} ${id}: ${written} was written though the other side was not read`];
      }
      const isWrong =
        this.#isWrong(event, { link, mapping, name, h, s }) ??
        this.#isAgain(event, `${link.id} ${mapping.id}`, event.after[written] ?? null);
      this.#own.set(
        `${link.id} ${mapping.id}`,
        this.#ownOf(event, written, { h, s, linkId: link.id, mappingId: mapping.id }),
      );
      return isWrong ? [`5: ${side} ${id}: ${written} by ${mapping.rule}: ${isWrong}`] : [];
    });
    if (side === 'salesforce') this.#written.set(id, this.#world.clock.ms());
    return problems;
  }

  /** The rules by which a worker may end with a person: those since it has begun. */
  rulesFor({ worker, id }: Write, mapping: MappingRow): MappingRow['rule'][] {
    return this.#world.db.rulesSince(this.#versions.get(`${worker} ${id}`) ?? 0, mapping.id);
  }

  /** Is this value what the sync itself has put there last? */
  isOurs(linkId: string, mappingId: string, side: CrmName, value: string | null): boolean {
    const own = this.#own.get(`${linkId} ${mappingId}`);
    return own?.to === side && (side === 'hubspot' ? own.h : own.s) === value;
  }

  /** Is this what an earlier write, whose answer nobody stored, was to put there? Then it counts as agreed. */
  isIntended({ worker, side }: Write, linkId: string, mappingId: string, value: string | null): boolean {
    const pair = this.#links.get(`${worker} ${linkId}`)?.intended?.[mappingId];
    return pair?.to === side && (side === 'hubspot' ? pair.h : pair.s) === value;
  }

  /** The same value to the same side again and again: somebody changes it there each time. */
  #isAgain({ side: to, at }: Write, key: string, value: string | null): string | null {
    const known = this.#again.get(key);
    const isSame = known?.to === to && known.value === value;
    const times = isSame ? known.at.filter((each) => at - each < day) : [];
    this.#again.set(key, { value, to, at: [...times, at] });
    return times.length > mostAgain ? `it was written ${times.length} times before` : null;
  }

  #ownOf(event: Write, written: string, of: Pair & { linkId: string; mappingId: string }): Own {
    const { h, s, linkId, mappingId } = of;
    const value = event.after[written] ?? null;
    const pair = event.side === 'hubspot' ? { h: value, s } : { h, s: value };
    const { version } = this.#world.db.settings();
    const isAltered = event.sent !== undefined && event.sent[written] !== value;
    // After a write that was answered nobody waits for one that was not.
    const intended = this.#world.db.links.get(linkId)?.intended?.[mappingId];
    const isOutdated =
      this.#world.isArriving && (event.side === 'hubspot' ? intended?.h : intended?.s) !== value;
    const isUnsure = isAltered || isOutdated;
    return { ...pair, ms: this.#world.clock.ms(), to: event.side, version, isUnsure };
  }

  #isWrong(event: Write, given: Pair & { link: Link; mapping: MappingRow; name: string }): string | null {
    const { mapping, h, s, name } = given;
    const { hubspotProperty: property } = mapping;
    const { side } = event;
    const value = (event.sent ?? event.after)[side === 'hubspot' ? property : name] ?? null;
    if (this.#world.isArriving || property === 'hubspot_owner_id') return null;
    if (property === 'email') return value === null ? 'a blank address travels' : null;
    if (property === 'hs_email_optout') {
      return side === 'salesforce' && value === 'true' ? null : 'consent only goes towards opted out';
    }
    if (plain(property, value) !== plain(property, side === 'hubspot' ? s : h)) return 'a value of nobody';
    const rules = this.rulesFor(event, mapping);
    const remembered = this.#links.get(`${event.worker} ${given.link.id}`);
    if (isLoop(remembered?.memory[mapping.id]?.writes ?? [], event.at)) return 'it has gone to and fro';
    const targets = this.#bases(event.worker, given).flatMap((base) =>
      rules.map((rule) => this.#target(event, { ...given, mapping: { ...mapping, rule } }, base)),
    );
    if (targets.some((target) => target === null || target === side)) return null;
    return `${JSON.stringify([h, s])} goes to ${targets}, not to ${side}`;
  }

  /** What may count as the last agreement: a write that was never stored, if it has arrived, else the shadow. */
  #bases(worker: string, given: Pair & { link: Link; mapping: MappingRow }): (Pair | null)[] {
    const { link, mapping, h, s } = given;
    const remembered = this.#links.get(`${worker} ${link.id}`);
    const shadow = remembered?.shadow[mapping.id] ?? null;
    const own = this.#own.get(`${link.id} ${mapping.id}`) ?? null;
    // What was written before the mapping was not synced for a while is forgotten with it.
    const isForgotten =
      own !== null && this.#world.db.rulesSince(own.version, mapping.id).includes('DONT_SYNC');
    const isStored = own === null || isForgotten || (shadow !== null && Date.parse(shadow.at) >= own.ms);
    const intended = remembered?.intended?.[mapping.id] ?? null;
    const of = (value: string | null) => plain(mapping.hubspotProperty, value);
    const arrived = [intended, isStored ? null : own].filter((each) => each !== null);
    const held = arrived.filter((each) =>
      each.to === 'hubspot' ? of(each.h) === of(h) : of(each.s) === of(s),
    );
    // Nobody but the one who sent it knows that what a flow made of it, or what came so late, is our own.
    if (own?.isUnsure && held.includes(own)) return [...held, shadow];
    return held.length > 0 ? held : [shadow];
  }

  /** Who gets the other's value; null if it cannot be told from here. */
  #target(
    event: Write,
    given: Pair & { link: Link; mapping: MappingRow; name: string },
    base: Pair | null,
  ): Target | null {
    const of = (value: string | null | undefined) => plain(given.mapping.hubspotProperty, value ?? null);
    const [h, s] = [of(given.h), of(given.s)];
    const [wasH, wasS] = [of(base?.h), of(base?.s)];
    if (base && h === wasH && s === wasS) return 'nobody';
    switch (given.mapping.rule) {
      case 'DONT_SYNC':
        return 'nobody';
      case 'ALWAYS_SALESFORCE':
        return s !== null || wasS !== null ? 'hubspot' : 'nobody';
      case 'PREFER_SALESFORCE':
        return s !== null || wasS !== null ? 'hubspot' : 'salesforce';
      case 'TWO_WAY':
        if (h !== wasH && s !== wasS) return this.#later(event, given);
        return h !== wasH ? 'salesforce' : 'hubspot';
    }
  }

  /** Both have changed: who has the earlier value gets the later one; null where the times cannot be told. */
  #later(event: Write, given: Pair & { link: Link; mapping: MappingRow; name: string }): Target | null {
    const { link, mapping, name } = given;
    const seconds = (ms: number) => Math.floor(ms / 1_000);
    const history = this.#world.account.contacts.get(link.contactId)?.history[mapping.hubspotProperty] ?? [];
    const inHubSpot = history.find(({ value }) => value === given.h);
    const record = this.#world.org.get(link.recordId);
    const edit = this.#edits.get(`${link.recordId} ${name}`);
    if (!inHubSpot || !record || !edit || edit.late || edit.value !== given.s) return null;
    // Our own modification hides when somebody else made theirs.
    const isOurs = record.lastModifiedById === this.#world.org.integrationUserId;
    if (isOurs || (this.#written.get(record.id) ?? 0) >= edit.ms) return null;
    const at = seconds(inHubSpot.at.getTime());
    if (event.side === 'salesforce' && seconds(edit.ms) >= at) return 'hubspot';
    if (event.side === 'hubspot' && seconds(record.lastModifiedAt) < at) return 'salesforce';
    return null;
  }
}

const day = 24 * 3_600_000;

/** Four are enough; of some the sender died before it could count them. */
const mostAgain = 6;

/** Four writes to and fro in 24 hours are enough. */
function isLoop(writes: readonly { to: CrmName; at: string }[], now: number): boolean {
  const recent = writes.filter(({ at }) => now - Date.parse(at) < day).map(({ to }) => to);
  const last = recent.slice(-4).join();
  return last === 'hubspot,salesforce,hubspot,salesforce' || last === 'salesforce,hubspot,salesforce,hubspot';
}
