import { randomUUID } from 'node:crypto';
import { invalid, missingField, resourceNotFound } from '../http/errors.ts';
import { type Answer, type Call, inputsOf, noContent, ok, type Route } from '../http/router.ts';
import type { Journal, JournalEntry, JournalSubscription } from './journal.ts';

const TYPES = ['OBJECT', 'ASSOCIATION', 'LIST_MEMBERSHIP', 'APP_LIFECYCLE_EVENT', 'GDPR_PRIVACY_DELETION'];
const LINK_LIFE_MS = 3_600_000;
const MOST_IN_BATCH = 100;
const READ = ['developer.webhooks_journal.read'];
const SUBSCRIPTIONS = '/webhooks-journal/subscriptions/2026-03';

interface Snapshot {
  id: string;
  initiatedAt: number;
}

/** The routes of the pull side of webhooks; `journal-local` answers the same as `journal`. */
export function journalRoutes(journal: Journal): readonly Route[] {
  const developer = (method: string, path: string, scopes: string[], handler: Route['handler']): Route => ({
    ...{ method, path, scopes, handler, developer: true },
  });
  const reading = ['journal', 'journal-local'].flatMap((name) => readRoutes(journal, name, developer));
  const subscriptionScopes = (right: string) => [`developer.webhooks_journal.subscriptions.${right}`];
  return [
    ...reading,
    developer('GET', SUBSCRIPTIONS, subscriptionScopes('read'), (call) =>
      ok({ results: own(journal, call) }),
    ),
    developer('POST', SUBSCRIPTIONS, subscriptionScopes('write'), (call) => subscribe(journal, call)),
    developer('GET', `${SUBSCRIPTIONS}/{subscriptionId}`, subscriptionScopes('read'), (call) =>
      ok(find(journal, call)),
    ),
    developer('DELETE', `${SUBSCRIPTIONS}/{subscriptionId}`, subscriptionScopes('write'), (call) => {
      journal.subscriptions.delete(String(find(journal, call).id));
      return noContent();
    }),
    developer('DELETE', `${SUBSCRIPTIONS}/portals/{portalId}`, subscriptionScopes('write'), (call) => {
      for (const each of own(journal, call)) {
        if (String(each.portalId) === call.params.portalId) journal.subscriptions.delete(String(each.id));
      }
      return noContent();
    }),
    developer(
      ...(['POST', '/webhooks-journal/snapshots/2026-03/crm'] as const),
      ['developer.webhooks_journal.snapshots.write'],
      (call) => snapshot(journal, call),
    ),
  ];
}

type Make = (method: string, path: string, scopes: string[], handler: Route['handler']) => Route;

function readRoutes(journal: Journal, name: string, make: Make): Route[] {
  const base = `/webhooks-journal/${name}/2026-03`;
  const entries = (call: Call) => {
    const portalId = call.query.get('installPortalId');
    return journal.of(call.session.appId, portalId === null ? undefined : Number(portalId));
  };
  const after = (call: Call) => {
    const all = entries(call);
    const at = all.findIndex((entry) => entry.offset === call.params.offset);
    if (at < 0) throw invalid(`The offset ${call.params.offset} does not exist or has expired`);
    return all.slice(at + 1);
  };
  const get = (path: string, handler: Route['handler']) => make('GET', `${base}${path}`, READ, handler);
  return [
    get('/earliest', (call) => single(journal, entries(call)[0])),
    get('/latest', (call) => single(journal, entries(call).at(-1))),
    get('/offset/{offset}/next', (call) => single(journal, after(call)[0])),
    get('/batch/earliest/{count}', (call) => batch(journal, entries(call).slice(0, countOf(call)))),
    get('/batch/latest/{count}', (call) => batch(journal, entries(call).slice(-countOf(call)))),
    get('/batch/{offset}/next/{count}', (call) => batch(journal, after(call).slice(0, countOf(call)))),
    make('POST', `${base}/batch/read`, READ, async (call) => {
      const wanted = inputsOf<string>(await call.json());
      return batch(
        journal,
        entries(call).filter((entry) => wanted.includes(entry.offset)),
      );
    }),
    get('/status/{statusId}', (call) => {
      const found = journal.world.store
        .collection<Snapshot>('journal/snapshots')
        .get(call.params.statusId ?? '');
      if (!found) throw resourceNotFound();
      return ok({ ...found, status: 'SUCCESS', completedAt: found.initiatedAt });
    }),
  ];
}

function countOf(call: Call): number {
  const count = Number(call.params.count);
  if (!Number.isInteger(count) || count < 1 || count > MOST_IN_BATCH) {
    throw invalid(`count must be an integer from 1 to ${MOST_IN_BATCH}`);
  }
  return count;
}

function present(journal: Journal, entry: JournalEntry) {
  return {
    url: `${journal.world.url()}/journal-files/${entry.offset}.json`,
    expiresAt: new Date(journal.world.clock.now() + LINK_LIFE_MS).toISOString(),
    currentOffset: entry.offset,
  };
}

/** Nothing to read is a 204. */
function single(journal: Journal, entry: JournalEntry | undefined): Answer {
  return entry ? ok(present(journal, entry)) : noContent();
}

function batch(journal: Journal, entries: JournalEntry[]): Answer {
  const at = journal.world.clock.iso();
  const results = entries.map((entry) => present(journal, entry));
  return ok({ status: 'COMPLETE', startedAt: at, completedAt: at, results });
}

function own(journal: Journal, call: Call): JournalSubscription[] {
  return [...journal.subscriptions.values()].filter((each) => each.appId === call.session.appId);
}

function find(journal: Journal, call: Call): JournalSubscription {
  const found = journal.subscriptions.get(call.params.subscriptionId ?? '');
  if (!found || found.appId !== call.session.appId) throw resourceNotFound();
  return found;
}

async function subscribe(journal: Journal, call: Call): Promise<Answer> {
  const body = await call.json<Partial<JournalSubscription>>();
  if (typeof body.subscriptionType !== 'string') throw missingField('subscriptionType');
  if (!TYPES.includes(body.subscriptionType))
    throw invalid(`subscriptionType must be one of [${TYPES.join(', ')}]`);
  const id = call.portal.nextNumber('journalSubscriptions', 1_001);
  const at = journal.world.clock.iso();
  const { subscriptionType, associatedObjectTypeIds, portalId, objectIds, listIds, properties } = body;
  const subscription: JournalSubscription = {
    ...{ id, appId: call.session.appId, subscriptionType, objectTypeId: body.objectTypeId ?? '' },
    ...{ actions: body.actions ?? [], createdAt: at, updatedAt: at },
    ...(associatedObjectTypeIds ? { associatedObjectTypeIds } : {}),
    ...(portalId === undefined ? {} : { portalId }),
    ...(objectIds ? { objectIds } : {}),
    ...(listIds ? { listIds } : {}),
    ...(properties ? { properties } : {}),
  };
  journal.subscriptions.set(String(id), subscription);
  return ok(subscription);
}

interface SnapshotRequest {
  portalId: number;
  objectTypeId: string;
  objectId: number;
  properties: string[];
}

async function snapshot(journal: Journal, call: Call): Promise<Answer> {
  const { snapshotRequests } = await call.json<{ snapshotRequests?: SnapshotRequest[] }>();
  if (!Array.isArray(snapshotRequests)) throw missingField('snapshotRequests');
  const snapshots = journal.world.store.collection<Snapshot>('journal/snapshots');
  const snapshotResponses = snapshotRequests.map((request) => {
    const portal = call.portalById(request.portalId);
    if (!portal) throw invalid(`The app is not installed in the portal ${request.portalId}`);
    journal.snapshot(portal, call.session.appId, request);
    const id = randomUUID();
    snapshots.set(id, { id, initiatedAt: journal.world.clock.now() });
    const { objectId, objectTypeId, portalId } = request;
    return { objectId, objectTypeId, portalId, snapshotStatusId: id };
  });
  return ok({ snapshotResponses });
}
