import type { Collection } from '#simulators/core/store.ts';
import type { Source } from '../objects/types.ts';
import type { Portal } from '../portal.ts';
import { type AssociationType, standardAssociations } from './types.ts';

/** Type ids of one direction between two records. */
export type Links = number[];

const NONE: Links = [];

/** A record seen from one it is associated with; `key` is its `type/id`. */
interface Neighbour {
  key: string;
  links: Links;
}

const standardById = new Map(standardAssociations.map((type) => [type.typeId, type]));

/**
 * Who is associated with whom. A pair of records is kept once, from the side whose key sorts first; in memory every
 * record also knows its neighbours. A record is named by its key, `type/id`.
 */
export class AssociationGraph {
  readonly #portal: Portal;
  readonly #pairs: Collection<Links>;
  readonly #types: Collection<AssociationType>;
  readonly #neighbours = new Map<string, Neighbour[]>();

  constructor(portal: Portal) {
    this.#portal = portal;
    this.#pairs = portal.collection('associations');
    this.#types = portal.collection('associationTypes');
    for (const [pair, links] of this.#pairs.entries()) {
      const middle = pair.indexOf('|');
      this.#connect(pair.slice(0, middle), pair.slice(middle + 1), links);
    }
  }

  types(fromTypeId: string, toTypeId: string): AssociationType[] {
    const all = [...standardAssociations, ...this.#types.values()];
    return all.filter((type) => type.fromTypeId === fromTypeId && type.toTypeId === toTypeId);
  }

  customTypes(): AssociationType[] {
    return [...this.#types.values()];
  }

  type(typeId: number): AssociationType | undefined {
    return this.#types.get(String(typeId)) ?? standardById.get(typeId);
  }

  addType(type: AssociationType) {
    this.#types.set(String(type.typeId), type);
  }

  removeType(typeId: number) {
    this.#types.delete(String(typeId));
  }

  /** The unlabeled type between two object types; custom objects get one when first asked for. */
  defaultType(fromTypeId: string, toTypeId: string): AssociationType {
    const known = this.types(fromTypeId, toTypeId).find((type) => type.label === null);
    if (known) return known;
    const typeId = this.#portal.nextNumber('associationTypes', 1_001);
    const inverse = fromTypeId === toTypeId ? typeId : this.#portal.nextNumber('associationTypes', 1_001);
    const common = { category: 'USER_DEFINED', label: null };
    const there = { ...common, typeId, inverse, fromTypeId, toTypeId };
    this.addType(there);
    if (inverse !== typeId) {
      this.addType({
        ...common,
        typeId: inverse,
        inverse: typeId,
        fromTypeId: toTypeId,
        toTypeId: fromTypeId,
      });
    }
    return there;
  }

  /** Type ids from one record to another. */
  links(fromTypeId: string, fromId: string, toTypeId: string, toId: string): Links {
    return this.#linksOf(`${fromTypeId}/${fromId}`, `${toTypeId}/${toId}`);
  }

  /** Every record of a type associated with this one. */
  of(fromTypeId: string, fromId: string, toTypeId: string): { toId: string; links: Links }[] {
    const prefix = `${toTypeId}/`;
    const result: { toId: string; links: Links }[] = [];
    for (const { key, links } of this.#neighbours.get(`${fromTypeId}/${fromId}`) ?? []) {
      if (key.startsWith(prefix)) result.push({ toId: key.slice(prefix.length), links });
    }
    return result;
  }

  primaryCompany(contactId: string): string | undefined {
    return this.of('0-1', contactId, '0-2').find(({ links }) => links.includes(1))?.toId;
  }

  /** Sets the types between two records; an empty list removes the association. */
  set(from: [string, string], to: [string, string], links: Links, source?: Source) {
    const fromKey = from.join('/');
    const toKey = to.join('/');
    const before = this.#linksOf(fromKey, toKey);
    const wanted = this.#complete(from, to, links);
    if (wanted.length === before.length && wanted.every((id) => before.includes(id))) return;
    const forward = fromKey <= toKey;
    const pair = forward ? `${fromKey}|${toKey}` : `${toKey}|${fromKey}`;
    if (wanted.length === 0) this.#pairs.delete(pair);
    else this.#pairs.set(pair, forward ? wanted : wanted.map((id) => this.#inverse(id)));
    if (before.length > 0) this.#disconnect(fromKey, toKey);
    if (wanted.length > 0) this.#connect(fromKey, toKey, wanted);
    if (source) this.#announce(from, to, before, wanted, source);
  }

  /** Removes every association of a record. */
  removeAll(typeId: string, id: string) {
    for (const { key } of [...(this.#neighbours.get(`${typeId}/${id}`) ?? [])]) {
      const [toType = '', toId = ''] = key.split('/');
      this.set([typeId, id], [toType, toId], []);
    }
  }

  /** A primary link also sets the unlabeled one, and takes the primary away from any other record. */
  #complete(from: [string, string], to: [string, string], links: Links): Links {
    const primary = links.find((id) => this.type(id)?.primary);
    if (primary === undefined) return [...new Set(links)];
    for (const { toId, links: others } of this.of(from[0], from[1], to[0])) {
      if (toId !== to[1] && others.includes(primary)) {
        this.set(
          from,
          [to[0], toId],
          others.filter((id) => id !== primary),
        );
      }
    }
    return [...new Set([this.defaultType(from[0], to[0]).typeId, ...links])];
  }

  #announce(from: [string, string], to: [string, string], before: Links, after: Links, source: Source) {
    const typeId = after.find((id) => !before.includes(id)) ?? before.find((id) => !after.includes(id)) ?? 0;
    const removed = after.length < before.length;
    const tell = (a: [string, string], b: [string, string], link: number) =>
      this.#portal.emit({
        ...{ kind: 'associationChange', typeId: a[0], id: a[1], source },
        association: {
          toTypeId: b[0],
          toId: b[1],
          typeId: link,
          removed,
          primary: !!this.type(link)?.primary,
        },
      });
    tell(from, to, typeId);
    tell(to, from, this.#inverse(typeId));
  }

  #inverse(typeId: number): number {
    return this.type(typeId)?.inverse ?? typeId;
  }

  #linksOf(from: string, to: string): Links {
    if (from <= to) return this.#pairs.get(`${from}|${to}`) ?? NONE;
    return this.#pairs.get(`${to}|${from}`)?.map((id) => this.#inverse(id)) ?? NONE;
  }

  #connect(a: string, b: string, links: Links) {
    this.#addNeighbour(a, { key: b, links });
    if (a !== b) this.#addNeighbour(b, { key: a, links: links.map((id) => this.#inverse(id)) });
  }

  #disconnect(a: string, b: string) {
    this.#removeNeighbour(a, b);
    if (a !== b) this.#removeNeighbour(b, a);
  }

  #addNeighbour(of: string, neighbour: Neighbour) {
    const known = this.#neighbours.get(of);
    if (known) known.push(neighbour);
    else this.#neighbours.set(of, [neighbour]);
  }

  #removeNeighbour(of: string, key: string) {
    const left = this.#neighbours.get(of)?.filter((neighbour) => neighbour.key !== key) ?? [];
    if (left.length > 0) this.#neighbours.set(of, left);
    else this.#neighbours.delete(of);
  }
}
