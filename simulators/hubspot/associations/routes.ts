import { ApiError, batchError, missingField, recordNotFound } from '../http/errors.ts';
import {
  type Answer,
  type Call,
  created,
  inputsOf,
  intParam,
  noContent,
  ok,
  type Route,
} from '../http/router.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { nextLink } from '../objects/read.ts';
import { objectScopes } from '../objects/routes.ts';
import type { Links } from './graph.ts';
import { parseSpecs } from './inputs.ts';

const MOST_READ = 1_000;
const MOST_WRITTEN = 2_000;
const PAGE = 500;

interface Pair {
  from?: { id?: unknown };
  to?: { id?: unknown };
  types?: unknown;
}

function sides(call: Call): { from: ObjectStore; to: ObjectStore } {
  const { fromObjectType, objectType, toObjectType = '' } = call.params;
  return {
    from: call.portal.objects(fromObjectType ?? objectType ?? ''),
    to: call.portal.objects(toObjectType),
  };
}

function scopes(call: Call, right: 'read' | 'write'): string[] {
  return objectScopes(call, call.params.fromObjectType ?? call.params.objectType ?? '', right);
}
const reads = (call: Call) => scopes(call, 'read');
const writes = (call: Call) => scopes(call, 'write');

function idOf(reference: { id?: unknown } | undefined, name: string): string {
  if (reference?.id === undefined) throw missingField(`${name}.id`);
  return String(reference.id);
}

/** The live record behind an id, following merges. */
function live(store: ObjectStore, id: string): string {
  const record = store.find(id);
  if (!record || record.archivedAt !== undefined) throw recordNotFound();
  return record.id;
}

function labeled(from: ObjectStore, links: Links) {
  return links.map((typeId) => {
    const type = from.portal.associations.type(typeId);
    return { category: type?.category ?? 'HUBSPOT_DEFINED', typeId, label: type?.label ?? null };
  });
}

function linked(from: ObjectStore, to: ObjectStore, id: string) {
  const all = from.portal.associations.of(from.type.id, id, to.type.id);
  return all
    .map(({ toId, links }) => ({ toObjectId: Number(toId), associationTypes: labeled(from, links) }))
    .sort((a, b) => a.toObjectId - b.toObjectId);
}

function list(call: Call): Answer {
  const { from, to } = sides(call);
  const limit = intParam(call.query, 'limit', { fallback: PAGE, max: PAGE });
  const after = Number(call.query.get('after') ?? 0);
  const all = linked(from, to, live(from, call.params.objectId ?? '')).filter(
    (each) => each.toObjectId > after,
  );
  const results = all.slice(0, limit);
  const next = all.length > limit ? String(results.at(-1)?.toObjectId) : undefined;
  return ok({ results, ...(next ? { paging: { next: { after: next, link: nextLink(call, next) } } } : {}) });
}

function pairAnswer(from: ObjectStore, fromId: string, to: ObjectStore, toId: string) {
  const links = from.portal.associations.links(from.type.id, fromId, to.type.id, toId);
  const labels = labeled(from, links).flatMap(({ label }) => label ?? []);
  return {
    ...{ fromObjectTypeId: from.type.id, fromObjectId: fromId, toObjectTypeId: to.type.id, toObjectId: toId },
    labels,
  };
}

/** Sets labels: they replace those of the pair. */
async function put(call: Call): Promise<Answer> {
  const { from, to } = sides(call);
  const [fromId, toId] = [live(from, call.params.objectId ?? ''), live(to, call.params.toObjectId ?? '')];
  const links = parseSpecs(from, to.type.id, await call.json<unknown>());
  from.portal.associations.set([from.type.id, fromId], [to.type.id, toId], links, call.session.source);
  return created(pairAnswer(from, fromId, to, toId));
}

function associateDefault(call: Call, from: ObjectStore, to: ObjectStore, fromId: string, toId: string) {
  const { associations } = from.portal;
  const type = associations.defaultType(from.type.id, to.type.id);
  const before = associations.links(from.type.id, fromId, to.type.id, toId);
  associations.set([from.type.id, fromId], [to.type.id, toId], [...before, type.typeId], call.session.source);
  const spec = (typeId: number) => ({ associationCategory: type.category, associationTypeId: typeId });
  return [
    { from: { id: fromId }, to: { id: toId }, associationSpec: spec(type.typeId) },
    { from: { id: toId }, to: { id: fromId }, associationSpec: spec(type.inverse) },
  ];
}

function batchBody(call: Call, startedAt: string, results: unknown[], errors: unknown[] = []) {
  const body = { status: 'COMPLETE', results, startedAt, completedAt: call.portal.world.clock.iso() };
  return errors.length === 0 ? body : { ...body, numErrors: errors.length, errors };
}

function putDefault(call: Call): Answer {
  const { from, to } = sides(call);
  const fromId = live(from, call.params.fromObjectId ?? '');
  const results = associateDefault(call, from, to, fromId, live(to, call.params.toObjectId ?? ''));
  return ok(batchBody(call, call.portal.world.clock.iso(), results));
}

function remove(call: Call): Answer {
  const { from, to } = sides(call);
  const pair: [[string, string], [string, string]] = [
    [from.type.id, call.params.objectId ?? ''],
    [to.type.id, call.params.toObjectId ?? ''],
  ];
  from.portal.associations.set(...pair, [], call.session.source);
  return noContent();
}

/** Runs every input for itself; failures are told beside the results in a 207. */
async function each<T>(
  call: Call,
  max: number,
  success: number,
  work: (input: T, from: ObjectStore, to: ObjectStore) => unknown[],
): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const { from, to } = sides(call);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputsOf<T>(await call.json(), max)) {
    try {
      results.push(...work(input, from, to));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(batchError(error, { input: [JSON.stringify(input)] }));
    }
  }
  return { status: errors.length > 0 ? 207 : success, body: batchBody(call, startedAt, results, errors) };
}

const batchRead = (call: Call) =>
  each<{ id?: unknown; after?: string }>(call, MOST_READ, 200, (input, from, to) => {
    const id = idOf(input, 'input');
    const all = linked(from, to, live(from, id)).filter(
      ({ toObjectId }) => toObjectId > Number(input.after ?? 0),
    );
    const page = all.slice(0, PAGE);
    const paging = all.length > PAGE ? { paging: { next: { after: String(page.at(-1)?.toObjectId) } } } : {};
    // Records without any are missing from the results.
    return page.length > 0 ? [{ from: { id }, to: page, ...paging }] : [];
  });

const batchCreate = (call: Call) =>
  each<Pair>(call, MOST_WRITTEN, 201, (input, from, to) => {
    const [fromId, toId] = [live(from, idOf(input.from, 'from')), live(to, idOf(input.to, 'to'))];
    const links = parseSpecs(from, to.type.id, input.types);
    const before = from.portal.associations.links(from.type.id, fromId, to.type.id, toId);
    const both = [...before, ...links];
    from.portal.associations.set([from.type.id, fromId], [to.type.id, toId], both, call.session.source);
    return [pairAnswer(from, fromId, to, toId)];
  });

const batchDefault = (call: Call) =>
  each<Pair>(call, MOST_WRITTEN, 200, (input, from, to) =>
    associateDefault(call, from, to, live(from, idOf(input.from, 'from')), live(to, idOf(input.to, 'to'))),
  );

async function batchArchive(call: Call): Promise<Answer> {
  const { from, to } = sides(call);
  const inputs = inputsOf<{ from?: { id?: unknown }; to?: { id?: unknown }[] }>(
    await call.json(),
    MOST_WRITTEN,
  );
  for (const input of inputs) {
    for (const other of input.to ?? []) {
      const pair: [string, string] = [from.type.id, idOf(input.from, 'from')];
      from.portal.associations.set(pair, [to.type.id, idOf(other, 'to')], [], call.session.source);
    }
  }
  return noContent();
}

async function batchLabelsArchive(call: Call): Promise<Answer> {
  const { from, to } = sides(call);
  for (const input of inputsOf<Pair>(await call.json(), MOST_WRITTEN)) {
    const [fromId, toId] = [idOf(input.from, 'from'), idOf(input.to, 'to')];
    const gone = parseSpecs(from, to.type.id, input.types);
    const kept = from.portal.associations
      .links(from.type.id, fromId, to.type.id, toId)
      .filter((link) => !gone.includes(link));
    from.portal.associations.set([from.type.id, fromId], [to.type.id, toId], kept, call.session.source);
  }
  return noContent();
}

function usageReport(call: Call): Answer {
  const userId = Number(call.params.userId);
  const member = call.portal.member(userId);
  if (!member) throw recordNotFound();
  return ok({ userId, userEmail: member.email, enqueueTime: call.portal.world.clock.iso() });
}

const V4 = '/crm/v4/associations/{fromObjectType}/{toObjectType}';
const OF = '/crm/v4/objects/{objectType}/{objectId}/associations/{toObjectType}';
const DEFAULT =
  '/crm/v4/objects/{fromObjectType}/{fromObjectId}/associations/default/{toObjectType}/{toObjectId}';

export const associationRoutes: readonly Route[] = [
  { method: 'GET', path: OF, scopes: reads, handler: list },
  { method: 'PUT', path: `${OF}/{toObjectId}`, scopes: writes, handler: put },
  { method: 'DELETE', path: `${OF}/{toObjectId}`, scopes: writes, handler: remove },
  { method: 'PUT', path: DEFAULT, scopes: writes, handler: putDefault },
  { method: 'POST', path: `${V4}/batch/read`, scopes: reads, handler: batchRead },
  { method: 'POST', path: `${V4}/batch/create`, scopes: writes, handler: batchCreate },
  { method: 'POST', path: `${V4}/batch/associate/default`, scopes: writes, handler: batchDefault },
  { method: 'POST', path: `${V4}/batch/archive`, scopes: writes, handler: batchArchive },
  { method: 'POST', path: `${V4}/batch/labels/archive`, scopes: writes, handler: batchLabelsArchive },
  {
    ...{ method: 'POST', path: '/crm/v4/associations/usage/high-usage-report/{userId}' },
    ...{ scopes: ['crm.objects.contacts.read'], handler: usageReport },
  },
];
