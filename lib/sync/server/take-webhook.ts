import { now } from '#lib/core/clock.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import type { WebhookEvent } from '#lib/crm/hubspot/webhooks.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { triggerOf } from '../collect/deps.ts';
import type { Scope } from '../store.ts';
import type { NewTrigger } from '../triggers.ts';
import { findKnownLinks } from './collect-repository.ts';
import { connectedScope } from './poll.ts';
import { enqueueInbox } from './run-inbox.ts';
import { eraseContacts } from './seen-repository.ts';
import { addTriggers } from './triggers-repository.ts';
import { eraseCollected, findOrgs, findWorkspaceOfHub, takeEvents } from './webhook-repository.ts';

/** HubSpot delivers an event again for a day at most. */
const rememberedMs = 25 * 60 * 60_000;

/**
 * Takes in a delivery of HubSpot's. Changes bring the reading of the contacts forward; deletions, merges and
 * restores, which polls cannot see, trigger. A privacy deletion erases at once. Events of accounts that nobody
 * here has connected, and those that were taken before, change nothing.
 */
export async function takeWebhook(events: WebhookEvent[]): Promise<void> {
  for (const hubId of new Set(events.map((event) => event.hubId))) {
    const workspaceId = await findWorkspaceOfHub(db(), hubId);
    if (!workspaceId) continue;
    const scope = await connectedScope(workspaceId);
    const own = events.filter((event) => event.hubId === hubId);
    await inTransaction(async (tx) => {
      const at = await now(tx);
      const keys = own.map(({ key }) => key);
      const fresh = await takeEvents(tx, workspaceId, keys, at, new Date(at.getTime() - rememberedMs));
      await take(
        tx,
        { workspaceId, scope, at },
        own.filter(({ key }) => fresh.has(key)),
      );
    });
  }
}

type Where = { workspaceId: string; scope: Scope | null; at: Date };

async function take(tx: Db, { workspaceId, scope, at }: Where, events: WebhookEvent[]): Promise<void> {
  const idsOf = (...kinds: WebhookEvent['kind'][]) => [
    ...new Set(events.flatMap(({ kind, contactId }) => (kinds.includes(kind) ? [contactId] : []))),
  ];
  const erased = idsOf('privacy');
  if (erased.length > 0) await erase(tx, { workspaceId, scope, at }, erased);
  // Until both systems are connected nothing else triggers; the first poll begins after that.
  if (!scope) return;
  const triggers = await triggersOf(tx, scope, events, at);
  await addTriggers(tx, scope, triggers, at);
  if (triggers.length > 0) await enqueueInbox(tx, scope);
  const contactIds = idsOf('changed', 'merged', 'restored').filter((id) => !erased.includes(id));
  if (contactIds.length > 0) await enqueue(tx, 'sync.contacts', { workspaceId, contactIds });
}

/** Whoever works on such a contact just now may store something yet: it is erased once more after that. */
async function erase(tx: Db, { workspaceId, scope, at }: Where, erased: string[]): Promise<void> {
  const all = new Set(erased);
  const cause = { kind: 'deleted', side: 'hubspot', source: 'webhook', privacy: true } as const;
  const again = erased.map((contactId) => triggerOf({ contactId }, cause, at));
  const orgs = new Set([...(await findOrgs(tx, workspaceId)), ...(scope ? [scope.orgId] : [])]);
  const scopes = [...orgs].map((orgId) => ({ workspaceId, orgId }));
  for (const each of scopes) for (const id of await eraseContacts(tx, each, erased, at)) all.add(id);
  await eraseCollected(tx, workspaceId, [...all]);
  for (const each of scopes) {
    await addTriggers(tx, each, again, at);
    await enqueueInbox(tx, each);
  }
}

/** Of contacts without a link nothing is to be done on account of these. */
async function triggersOf(tx: Db, scope: Scope, events: WebhookEvent[], at: Date): Promise<NewTrigger[]> {
  const ids = events.flatMap(({ contactId, mergedIds }) => [contactId, ...mergedIds]);
  const links = await findKnownLinks(tx, scope, { contactId: { in: ids } });
  const linked = new Set(links.flatMap(({ contactId, endedAt }) => (endedAt ? [] : [contactId])));
  const ended = new Set(links.flatMap(({ contactId, endedAt }) => (endedAt ? [contactId] : [])));
  const cause = { side: 'hubspot', source: 'webhook' } as const;
  return events.flatMap(({ kind, contactId, mergedIds }): NewTrigger[] => {
    if (kind === 'deleted' && linked.has(contactId)) {
      return [triggerOf({ contactId }, { ...cause, kind: 'deleted' }, at)];
    }
    if (kind === 'restored' && ended.has(contactId) && !linked.has(contactId)) {
      return [triggerOf({ contactId }, { ...cause, kind: 'restored' }, at)];
    }
    const merged = mergedIds.filter((id) => linked.has(id));
    return merged.map((id) =>
      triggerOf({ contactId: id }, { ...cause, kind: 'merged', into: contactId }, at),
    );
  });
}
