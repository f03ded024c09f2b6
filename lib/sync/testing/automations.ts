import type { Flow } from './memory/salesforce-org.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/**
 * What writes in the CRMs besides people: a flow that upper-cases before each save, a workflow that lower-cases after
 * one, and two that answer whatever the sync writes with a value of their own.
 */
export const automations = ['flow.upper', 'workflow.lower', 'workflow.answer', 'process.answer'] as const;
export type Automation = (typeof automations)[number];

/** Properties that these write, and the fields they are mapped to. */
const cased = { property: 'jobtitle', field: 'Title' } as const;
const answered = { property: 'phone', field: 'Phone' } as const;
/** What may rest unlike for as long as both sides keep what they had when they agreed. */
export const casedProperty: string = cased.property;

/** Those that are switched on; all but the flow do their work some time after a save. */
export class Automations {
  readonly #on = new Set<Automation>();
  readonly #known = new Map<string, string | null>();
  #answers = 0;
  #alteredOurs = 0;

  set({ org }: World, what: Automation, on: boolean): void {
    if (on) this.#on.add(what);
    else this.#on.delete(what);
    const flow = this.#upper(org.integrationUserId);
    if (what === 'flow.upper') org.flows.splice(0, org.flows.length, ...(on ? [flow] : []));
  }

  /** Of how many records that the sync has changed the flow has made something else. */
  get alteredOurs(): number {
    return this.#alteredOurs;
  }

  #upper(integrationUserId: string): Flow {
    return ({ values, userId, isNew }): Record<string, string> => {
      const value = values[cased.field];
      if (value === undefined) return {};
      const isOurs = userId === integrationUserId && !isNew;
      if (isOurs && value !== value.toUpperCase()) this.#alteredOurs += 1;
      return { [cased.field]: value.toUpperCase() };
    };
  }

  /** Nobody edits any more; what is part of each save stays so. */
  rest(): void {
    for (const what of this.#on) if (what !== 'flow.upper') this.#on.delete(what);
  }

  /** Does what is to be done on account of saves since the last time. */
  run(world: World): void {
    if (this.#on.size === 0) return;
    const { account, org } = world;
    for (const { id, values, history, archivedAt } of [...account.contacts.values()]) {
      if (archivedAt !== null) continue;
      const [title, phone] = [values[cased.property] ?? null, values[answered.property] ?? null];
      if (this.#isNews(`${id} cased`, title) && title !== null && this.#on.has('workflow.lower')) {
        account.update(id, { [cased.property]: title.toLowerCase() }, 'AUTOMATION_PLATFORM');
      }
      const isOurs = history[answered.property]?.[0]?.source === 'INTEGRATION';
      if (this.#isNews(`${id} answered`, phone) && isOurs && this.#on.has('workflow.answer')) {
        account.update(id, { [answered.property]: this.#answer(`${id} answered`) }, 'AUTOMATION_PLATFORM');
      }
    }
    for (const { id, values, deletedAt, convertedTo, lastModifiedById } of org.all()) {
      if (deletedAt !== null || convertedTo !== null || org.isHeld(id)) continue;
      const isOurs = lastModifiedById === org.integrationUserId;
      if (!this.#isNews(id, values[answered.field] ?? null) || !isOurs) continue;
      if (this.#on.has('process.answer')) org.update(id, { [answered.field]: this.#answer(id) });
    }
  }

  #isNews(key: string, value: string | null): boolean {
    const isNews = this.#known.has(key) && this.#known.get(key) !== value;
    this.#known.set(key, value);
    return isNews;
  }

  #answer(key: string): string {
    this.#answers += 1;
    const value = `answer ${this.#answers}`;
    this.#known.set(key, value);
    return value;
  }
}

export type AutomateStep = { do: 'automate'; what: Automation; on: boolean };

export const automate = (random: Random): AutomateStep => ({
  do: 'automate',
  what: random.pick(automations),
  on: random.chance(0.7),
});
