import { randomUUID } from 'node:crypto';
import type { Collection } from '#simulators/core/store.ts';
import type { World } from '../world.ts';
import type { EventBody } from './events.ts';

export interface Delivery {
  id: string;
  appId: number;
  url: string;
  events: EventBody[];
  attempt: number;
  /** When it is (next) to be sent, in ms. */
  dueAt: number;
}

export interface Dispatch {
  /** How many requests may be under way to an app at once. */
  limitOf(appId: number): number;
  /** Sends; answers whether it arrived. */
  send(delivery: Delivery): Promise<boolean>;
  /** When to send again what did not arrive, in ms; undefined to give up. */
  retryAt(delivery: Delivery): number | undefined;
}

/** Deliveries that have not arrived yet; journaled, so that a restart loses none. */
export class DeliveryQueue {
  readonly #world: World;
  readonly #dispatch: Dispatch;
  readonly #waiting: Collection<Delivery>;
  readonly #ready = new Map<number, string[]>();
  readonly #running = new Map<number, number>();

  #isStopped = false;

  constructor(world: World, dispatch: Dispatch) {
    this.#world = world;
    this.#dispatch = dispatch;
    this.#waiting = world.store.collection('webhooks/deliveries');
  }

  /** Sends nothing more; what has not arrived stays in the state. */
  stop() {
    this.#isStopped = true;
  }

  /** Takes up what a restart interrupted. */
  resume() {
    for (const delivery of this.#waiting.values()) this.#plan(delivery);
  }

  add(delivery: Omit<Delivery, 'id' | 'dueAt' | 'attempt'>) {
    const now = this.#world.clock.now();
    const planned = { ...delivery, id: randomUUID(), dueAt: now, attempt: 0 };
    this.#waiting.set(planned.id, planned);
    this.#start(planned);
  }

  #plan(delivery: Delivery) {
    const { clock } = this.#world;
    clock.after(Math.max(0, delivery.dueAt - clock.now()), () => this.#start(delivery));
  }

  #start({ id, appId }: Delivery) {
    const ready = this.#ready.get(appId) ?? [];
    this.#ready.set(appId, ready);
    ready.push(id);
    this.#fill(appId);
  }

  /** Sends what is ready, as far as the app allows at once. */
  #fill(appId: number) {
    const ready = this.#ready.get(appId) ?? [];
    for (;;) {
      const running = this.#running.get(appId) ?? 0;
      const id = running < this.#dispatch.limitOf(appId) ? ready.shift() : undefined;
      if (id === undefined) return;
      const delivery = this.#waiting.get(id);
      if (delivery) void this.#send(delivery);
    }
  }

  async #send(delivery: Delivery) {
    const { id, appId } = delivery;
    this.#running.set(appId, (this.#running.get(appId) ?? 0) + 1);
    const arrived = await this.#dispatch.send(delivery);
    if (this.#isStopped) return;
    this.#running.set(appId, (this.#running.get(appId) ?? 1) - 1);
    // A reset may have emptied the queue meanwhile.
    if (this.#waiting.has(id)) this.#settle(delivery, arrived);
    this.#fill(appId);
  }

  #settle(delivery: Delivery, arrived: boolean) {
    const dueAt = arrived ? undefined : this.#dispatch.retryAt(delivery);
    if (dueAt === undefined) {
      this.#waiting.delete(delivery.id);
      return;
    }
    const next = { ...delivery, attempt: delivery.attempt + 1, dueAt };
    this.#waiting.set(next.id, next);
    this.#plan(next);
  }
}
