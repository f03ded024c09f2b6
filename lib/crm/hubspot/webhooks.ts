import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** HubSpot's own rule: older requests are refused, so that none can be sent again later. */
const longestAgeMs = 5 * 60_000;
const mostEvents = 100;

/** In the signed address exactly these escapes are decoded. */
const decoded: Record<string, string> = {
  ...{ '%3A': ':', '%2F': '/', '%3F': '?', '%40': '@', '%21': '!', '%24': '$', '%27': "'" },
  ...{ '%28': '(', '%29': ')', '%2A': '*', '%2C': ',', '%3B': ';' },
};

type Signed = {
  /** The public address with its query, as HubSpot knows it. */
  url: string;
  method: string;
  /** The raw bytes. */
  body: Uint8Array;
  signature: string | null;
  timestamp: string | null;
};

/** Whether HubSpot sent this request to our app within the last five minutes (signature v3). */
export function isSignedByHubSpot(secret: string, request: Signed, now: Date): boolean {
  const { url, method, body, signature, timestamp } = request;
  if (!signature || !timestamp || !/^\d{1,15}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() - Number(timestamp)) > longestAgeMs) return false;
  const address = url.replace(/%[0-9A-Fa-f]{2}/g, (code) => decoded[code.toUpperCase()] ?? code);
  const expected = createHmac('sha256', secret)
    .update(`${method}${address}`)
    .update(body)
    .update(timestamp)
    .digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export type WebhookEvent = {
  /** The same event delivered again has the same key. */
  key: string;
  hubId: string;
  kind: 'changed' | 'deleted' | 'privacy' | 'merged' | 'restored';
  contactId: string;
  /** Of a merge: who is part of this contact now. */
  mergedIds: string[];
};

const id = z.coerce.string().regex(/^\d{1,20}$/);
const eventSchema = z.object({
  eventId: z.coerce.string().default(''),
  subscriptionId: z.coerce.string().default(''),
  portalId: id,
  occurredAt: z.number(),
  subscriptionType: z.string(),
  objectId: id.optional(),
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  primaryObjectId: id.optional(),
  newObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
});
type Event = z.infer<typeof eventSchema>;

const kinds: Record<string, WebhookEvent['kind']> = {
  creation: 'changed',
  propertyChange: 'changed',
  deletion: 'deleted',
  privacyDeletion: 'privacy',
  merge: 'merged',
  restore: 'restored',
};

/**
 * The events of a delivery that are about contacts; others, and kinds unknown to us, are left out. Null: this is
 * no delivery of HubSpot's.
 */
export function readWebhookEvents(body: unknown): WebhookEvent[] | null {
  const parsed = z.array(eventSchema).max(mostEvents).safeParse(body);
  return parsed.success ? parsed.data.flatMap(toEvent) : null;
}

function toEvent(event: Event): WebhookEvent[] {
  const [object = '', name = ''] = event.subscriptionType.split('.');
  const isContact = object === 'contact' || (object === 'object' && event.objectTypeId === '0-1');
  const kind = kinds[name];
  const contactId =
    (kind === 'merged' ? (event.newObjectId ?? event.primaryObjectId) : null) ?? event.objectId;
  if (!isContact || !kind || !contactId) return [];
  const { eventId, subscriptionId, occurredAt, portalId, subscriptionType, propertyName = '' } = event;
  const key = [eventId, subscriptionId, occurredAt, contactId, subscriptionType, propertyName].join(' ');
  const merged = kind === 'merged' ? [event.primaryObjectId, ...(event.mergedObjectIds ?? [])] : [];
  const mergedIds = [...new Set(merged.flatMap((each) => each ?? []))].filter((each) => each !== contactId);
  return [{ key, hubId: portalId, kind, contactId, mergedIds }];
}
