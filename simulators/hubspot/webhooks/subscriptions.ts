import { ApiError, batchError, invalid, missingField, resourceNotFound } from '../http/errors.ts';
import { type Answer, type Call, created, inputsOf, noContent, ok, type Route } from '../http/router.ts';
import type { World } from '../world.ts';

export interface WebhookSettings {
  targetUrl: string;
  throttling: { maxConcurrentRequests: number };
  createdAt: string;
  updatedAt: string;
}

export interface Subscription {
  id: string;
  appId: number;
  eventType: string;
  propertyName?: string;
  objectTypeId?: string;
  active: boolean;
  createdAt: string;
  updatedAt: string;
}

const MOST_SUBSCRIPTIONS = 1_000;
const EVENT_TYPE =
  /^(contact|company|deal|ticket|product|line_item|object)\.(creation|deletion|propertyChange|merge|restore|associationChange)$|^contact\.privacyDeletion$/;
const BASE = '/webhooks/v3/{appId}';

export const settingsOf = (world: World) => world.store.collection<WebhookSettings>('webhooks/settings');
export const subscriptionsOf = (world: World) =>
  world.store.collection<Subscription>('webhooks/subscriptions');

/** The app of the path, which must be the caller's own. */
function appOf(call: Call): number {
  const appId = Number(call.params.appId);
  if (appId !== call.session.appId) throw resourceNotFound();
  return appId;
}

function find(call: Call): Subscription {
  const subscription = subscriptionsOf(call.portal.world).get(call.params.subscriptionId ?? '');
  if (!subscription || subscription.appId !== appOf(call)) throw resourceNotFound();
  return subscription;
}

function present({ appId: _, ...subscription }: Subscription) {
  return subscription;
}

async function putSettings(call: Call): Promise<Answer> {
  const appId = String(appOf(call));
  const { targetUrl, throttling } = await call.json<Partial<WebhookSettings>>();
  if (typeof targetUrl !== 'string') throw missingField('targetUrl');
  if (!/^https:|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(targetUrl)) {
    throw invalid('The target URL must use HTTPS');
  }
  const most = throttling?.maxConcurrentRequests;
  if (!Number.isInteger(most) || Number(most) < 1) throw missingField('throttling.maxConcurrentRequests');
  const { world } = call.portal;
  const at = world.clock.iso();
  const createdAt = settingsOf(world).get(appId)?.createdAt ?? at;
  const settings = {
    targetUrl,
    throttling: { maxConcurrentRequests: Number(most) },
    createdAt,
    updatedAt: at,
  };
  settingsOf(world).set(appId, settings);
  return ok(settings);
}

function getSettings(call: Call): Answer {
  const settings = settingsOf(call.portal.world).get(String(appOf(call)));
  if (!settings) throw resourceNotFound();
  return ok(settings);
}

function deleteSettings(call: Call): Answer {
  settingsOf(call.portal.world).delete(String(appOf(call)));
  return noContent();
}

async function create(call: Call): Promise<Answer> {
  const appId = appOf(call);
  const { world } = call.portal;
  const body = await call.json<Partial<Subscription>>();
  const { eventType, propertyName, objectTypeId, active = false } = body;
  if (typeof eventType !== 'string') throw missingField('eventType');
  if (!EVENT_TYPE.test(eventType)) throw invalid(`${eventType} is not a valid event type`);
  if (eventType.endsWith('.propertyChange') && !propertyName) throw missingField('propertyName');
  if (eventType.startsWith('object.') && !objectTypeId) throw missingField('objectTypeId');
  const own = [...subscriptionsOf(world).values()].filter((each) => each.appId === appId);
  if (own.length >= MOST_SUBSCRIPTIONS)
    throw invalid(`An app can have ${MOST_SUBSCRIPTIONS} subscriptions at most`);
  const same = own.some(
    (each) =>
      each.eventType === eventType &&
      each.propertyName === propertyName &&
      each.objectTypeId === objectTypeId,
  );
  if (same) throw new ApiError(409, 'This subscription already exists.', { category: 'CONFLICT' });
  const id = String(call.portal.nextNumber('subscriptions', 3_923_621));
  const at = world.clock.iso();
  const subscription: Subscription = {
    ...{ id, appId, eventType, active, createdAt: at, updatedAt: at },
    ...(propertyName ? { propertyName } : {}),
    ...(objectTypeId ? { objectTypeId } : {}),
  };
  subscriptionsOf(world).set(id, subscription);
  return created(present(subscription));
}

function list(call: Call): Answer {
  const appId = appOf(call);
  const all = [...subscriptionsOf(call.portal.world).values()];
  return ok({ results: all.filter((each) => each.appId === appId).map(present) });
}

function activate(call: Call, subscription: Subscription, active: boolean): Subscription {
  const next = { ...subscription, active, updatedAt: call.portal.world.clock.iso() };
  subscriptionsOf(call.portal.world).set(subscription.id, next);
  return next;
}

async function patch(call: Call): Promise<Answer> {
  const subscription = find(call);
  const { active } = await call.json<{ active?: boolean }>();
  return ok(present(activate(call, subscription, active ?? subscription.active)));
}

function remove(call: Call): Answer {
  subscriptionsOf(call.portal.world).delete(find(call).id);
  return noContent();
}

async function batchUpdate(call: Call): Promise<Answer> {
  const startedAt = call.portal.world.clock.iso();
  const appId = appOf(call);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { id, active } of inputsOf<{ id: number; active: boolean }>(await call.json())) {
    const known = subscriptionsOf(call.portal.world).get(String(id));
    if (known?.appId === appId) results.push(present(activate(call, known, active)));
    else errors.push(batchError(resourceNotFound(), { ids: [String(id)] }));
  }
  const body = { status: 'COMPLETE', results, startedAt, completedAt: call.portal.world.clock.iso() };
  if (errors.length === 0) return ok(body);
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

const READ = ['developers-read'];
const WRITE = ['developers-write'];
const own = (method: string, path: string, scopes: string[], handler: Route['handler']): Route => ({
  ...{ method, path: `${BASE}${path}`, scopes, handler, developer: true },
});

export const webhookRoutes: readonly Route[] = [
  own('GET', '/settings', READ, getSettings),
  own('PUT', '/settings', WRITE, putSettings),
  own('DELETE', '/settings', WRITE, deleteSettings),
  own('GET', '/subscriptions', READ, list),
  own('POST', '/subscriptions', WRITE, create),
  own('GET', '/subscriptions/{subscriptionId}', READ, (call) => ok(present(find(call)))),
  own('PATCH', '/subscriptions/{subscriptionId}', WRITE, patch),
  own('DELETE', '/subscriptions/{subscriptionId}', WRITE, remove),
  own('POST', '/subscriptions/batch/update', WRITE, batchUpdate),
];
