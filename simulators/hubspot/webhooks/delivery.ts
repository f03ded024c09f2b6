import { createHash, createHmac } from 'node:crypto';
import { createRandom } from '#simulators/core/random.ts';
import type { App } from '../oauth/apps.ts';
import type { Grant } from '../oauth/tokens.ts';
import type { RecordEvent } from '../objects/types.ts';
import type { Portal } from '../portal.ts';
import type { World } from '../world.ts';
import { asksFor, type EventBody, eventsOf } from './events.ts';
import { type Delivery, DeliveryQueue } from './queue.ts';
import { type Subscription, settingsOf, subscriptionsOf } from './subscriptions.ts';

const BATCH = 100;
const MOST_ATTEMPTS = 10;
/** For an app without settings of its own. */
const CONCURRENT_REQUESTS = 10;
const ANSWER_WITHIN_MS = 5_000;
const DAY_MS = 86_400_000;
const USER_AGENT =
  'HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client) - WebhooksExecutorDaemon-executor';

/** Sends events to the apps' target URLs: in batches, signed, again when they fail. */
export class WebhookDelivery {
  readonly #world: World;
  readonly #apps: () => App[];
  readonly #random = createRandom(531_833_541);
  readonly #queue: DeliveryQueue;
  #pending: { app: App; event: EventBody }[] = [];
  #waiting = false;

  constructor(world: World, apps: () => App[]) {
    this.#world = world;
    this.#apps = apps;
    this.#queue = new DeliveryQueue(world, {
      limitOf: (appId) =>
        settingsOf(world).get(String(appId))?.throttling.maxConcurrentRequests ?? CONCURRENT_REQUESTS,
      send: (delivery) => this.#send(delivery),
      retryAt: ({ attempt }) => (attempt < MOST_ATTEMPTS ? this.#retryAt() : undefined),
    });
  }

  /** Forgets the events that were being collected, as a reset does. */
  clear() {
    this.#pending = [];
    this.#waiting = false;
  }

  stop() {
    this.#queue.stop();
  }

  /** Takes up what a restart interrupted. */
  resume() {
    this.#queue.resume();
  }

  /** Collects what the change of a record means to every app that is installed in the portal. */
  recordChanged(portal: Portal, event: RecordEvent) {
    for (const app of this.#apps()) {
      const subscriptions = this.#subscriptions(app);
      if (subscriptions.length === 0 || !this.#targetOf(app) || !this.#isInstalled(app, portal)) continue;
      for (const body of eventsOf(portal, event)) {
        const found = subscriptions.find((each) => each.active && asksFor(each, body, event.typeId));
        if (found) this.#add(app, portal, found, body);
      }
    }
  }

  /** An app without subscriptions of its own, while a target is set for all, counts as subscribed to all of contacts. */
  #subscriptions(app: App): Subscription[] {
    const own = [...subscriptionsOf(this.#world).values()].filter((each) => each.appId === app.appId);
    if (own.length > 0 || this.#world.config.current.webhookUrl === '') return own;
    const common = { id: '1', appId: app.appId, active: true, createdAt: '', updatedAt: '' };
    const kinds = [
      'creation',
      'deletion',
      'propertyChange',
      'merge',
      'restore',
      'privacyDeletion',
      'associationChange',
    ];
    return kinds.map((kind) => ({ ...common, eventType: `contact.${kind}` }));
  }

  #targetOf(app: App): string {
    return (
      this.#world.config.current.webhookUrl ||
      (settingsOf(this.#world).get(String(app.appId))?.targetUrl ?? '')
    );
  }

  #isInstalled(app: App, portal: Portal): boolean {
    for (const grant of this.#world.store.collection<Grant>('oauth/refresh').values()) {
      if (grant.clientId === app.clientId && grant.portalId === portal.id) return true;
    }
    return false;
  }

  #add(app: App, portal: Portal, subscription: Subscription, body: EventBody) {
    const event = {
      ...{
        eventId: this.#random.int(4_000_000_000),
        subscriptionId: Number(subscription.id),
        portalId: portal.id,
      },
      ...{ appId: app.appId, occurredAt: this.#world.clock.now(), attemptNumber: 0 },
      ...body,
      ...(subscription.eventType.startsWith('object.') ? objectForm(body, subscription) : {}),
    };
    this.#pending.push({ app, event });
    if (this.#waiting) return;
    this.#waiting = true;
    this.#world.clock.after(this.#world.config.current.webhookDelayMs, () => this.#flush());
  }

  #flush() {
    this.#waiting = false;
    const pending = this.#pending;
    this.#pending = [];
    const { webhookDuplicates, webhookDisorder } = this.#world.config.current;
    const batches: Pick<Delivery, 'appId' | 'url' | 'events'>[] = [];
    for (const appId of new Set(pending.map((each) => each.app.appId))) {
      const own = pending.filter((each) => each.app.appId === appId);
      const events = own.map((each) => each.event);
      const ordered = webhookDisorder ? this.#random.shuffle(events) : events;
      const url = own[0] ? this.#targetOf(own[0].app) : '';
      for (let first = 0; first < ordered.length; first += BATCH) {
        const batch = { appId, url, events: ordered.slice(first, first + BATCH) };
        batches.push(batch, ...(webhookDuplicates ? [batch] : []));
      }
    }
    for (const batch of webhookDisorder ? batches.reverse() : batches) this.#queue.add(batch);
  }

  /** Anything but a 2xx within five seconds is a failure. */
  async #send({ appId, url, events, attempt }: Delivery): Promise<boolean> {
    const app = this.#apps().find((each) => each.appId === appId);
    if (!app) return true;
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
    const headers = signed(app.clientSecret, url, body, this.#world.clock.now());
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      await response.arrayBuffer();
      return response.ok;
    } catch (error) {
      // No answer is the same to HubSpot as a refusal; a programming error is not.
      if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
      return false;
    }
  }

  /** Ten times within 24 hours, at random distances. */
  #retryAt(): number {
    return this.#world.clock.now() + 1_000 + this.#random.int(DAY_MS / MOST_ATTEMPTS);
  }
}

function objectForm(body: EventBody, subscription: Subscription) {
  const kind = body.subscriptionType.split('.')[1];
  return { subscriptionType: `object.${kind}`, objectTypeId: subscription.objectTypeId };
}

/** The headers of a delivery: both signatures over exactly these bytes. */
function signed(secret: string, url: string, body: string, timestamp: number): Record<string, string> {
  const v3 = createHmac('sha256', secret).update(`POST${decodeForSignature(url)}${body}${timestamp}`);
  return {
    'content-type': 'application/json',
    'user-agent': USER_AGENT,
    'x-hubspot-signature': createHash('sha256').update(`${secret}${body}`).digest('hex'),
    'x-hubspot-signature-version': 'v1',
    'x-hubspot-signature-v3': v3.digest('base64'),
    'x-hubspot-request-timestamp': String(timestamp),
  };
}

const DECODED: Record<string, string> = {
  ...{
    '%3A': ':',
    '%2F': '/',
    '%3F': '?',
    '%40': '@',
    '%21': '!',
    '%24': '$',
    '%27': "'",
    '%28': '(',
    '%29': ')',
  },
  ...{ '%2A': '*', '%2C': ',', '%3B': ';' },
};

/** In the signed address exactly these escapes are decoded. */
function decodeForSignature(url: string): string {
  return url.replace(/%[0-9A-Fa-f]{2}/g, (code) => DECODED[code.toUpperCase()] ?? code);
}
