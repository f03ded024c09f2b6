import { z } from 'zod';
import type { HubSpotList } from '#lib/crm/ports.ts';
import type { VirtualClock } from './clock.ts';
import { propertyValue, type StoredContact } from './hubspot-contact.ts';

export type Predicate = (contact: StoredContact) => boolean;

type MemoryList = {
  listId: string;
  name: string;
  objectTypeId: string;
  processingType: string;
  filterBranch: unknown;
  /** What the list really holds, where its filters do not say it in a form we read. */
  secret: Predicate | null;
  version: number;
  createdAt: number;
  updatedAt: number;
  filtersUpdatedAt: number;
  deletedAt: number | null;
  /** When the processing under way is done; null when it is. */
  completeAt: number | null;
  /** Since when each member is in. */
  members: Map<string, number>;
};

const filter = z.object({
  property: z.string().optional(),
  operation: z
    .object({ operator: z.string(), values: z.array(z.string()).optional() })
    .loose()
    .optional(),
});
const branch = z.object({ filterBranches: z.array(z.object({ filters: z.array(filter) })) });

/** Filters as groups of OR, in each property filters of AND: equal to one of some values, or known. */
export function predicateOf(filterBranch: unknown): Predicate {
  const { filterBranches } = branch.parse(filterBranch);
  return (contact) =>
    filterBranches.some(({ filters }) =>
      filters.every(({ property = '', operation }) => {
        const value = propertyValue(contact, property);
        if (operation?.operator === 'IS_KNOWN') return value !== null;
        const wanted = (operation?.values ?? []).map((each) => each.toLowerCase());
        return value !== null && wanted.includes(value.toLowerCase());
      }),
    );
}

/** HubSpot's JSON for: this property is one of these values. */
export function equals(property: string, ...values: string[]): unknown {
  const operation = {
    ...{ operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', includeObjectsWithNoValueSet: false },
    values,
  };
  const filters = [{ filterType: 'PROPERTY', property, operation }];
  const group = { filterBranchType: 'AND', filterBranches: [], filters };
  return { filterBranchType: 'OR', filters: [], filterBranches: [group] };
}

export type Lists = ReturnType<typeof memoryLists>;

/** Segments that are evaluated some time after a contact or their criteria changed, as HubSpot's are. */
export function memoryLists(
  clock: VirtualClock,
  contacts: ReadonlyMap<string, StoredContact>,
  delays: { listDelayMs: number; listProcessingMs: number },
) {
  const lists = new Map<string, MemoryList>();
  const due = new Map<string, number>();
  let number = 0;

  const belongs = (list: MemoryList, id: string) => {
    const contact = contacts.get(id);
    if (!contact || contact.archivedAt !== null) return false;
    return (list.secret ?? predicateOf(list.filterBranch))(contact);
  };
  const evaluate = (list: MemoryList, id: string, at: number) => {
    if (!belongs(list, id)) list.members.delete(id);
    else if (!list.members.has(id)) list.members.set(id, at);
  };
  const living = () => [...lists.values()].filter(({ deletedAt }) => deletedAt === null);

  /** Carries out what is due by now. */
  const settle = () => {
    const now = clock.ms();
    for (const list of living()) {
      if (list.completeAt === null || list.completeAt > now) continue;
      for (const id of new Set([...contacts.keys(), ...list.members.keys()]))
        evaluate(list, id, list.completeAt);
      list.completeAt = null;
    }
    for (const [id, at] of due) {
      if (at > now) continue;
      due.delete(id);
      for (const list of living()) if (list.processingType === 'DYNAMIC') evaluate(list, id, at);
    }
  };
  const process = (list: MemoryList) => {
    list.completeAt = clock.ms() + delays.listProcessingMs;
    settle();
  };

  return {
    settle,
    changed(contactId: string) {
      settle();
      if (!due.has(contactId)) due.set(contactId, clock.ms() + delays.listDelayMs);
      settle();
    },
    create(input: { name: string; objectTypeId: string; processingType: string; filterBranch: unknown }) {
      number += 1;
      const now = clock.ms();
      const list: MemoryList = {
        ...input,
        ...{ listId: String(number), secret: null, version: 1, deletedAt: null, completeAt: null },
        ...{ createdAt: now, updatedAt: now, filtersUpdatedAt: now, members: new Map() },
      };
      lists.set(list.listId, list);
      process(list);
      return list;
    },
    /** Makes the list hold what its filters do not tell us. */
    hide(listId: string, secret: Predicate) {
      const list = lists.get(listId);
      if (!list) throw new Error(`There is no list ${listId}.`);
      list.secret = secret;
      process(list);
    },
    edit(list: MemoryList, filterBranch: unknown) {
      const now = clock.ms();
      Object.assign(list, { filterBranch, version: list.version + 1, updatedAt: now, filtersUpdatedAt: now });
      process(list);
    },
    restore(list: MemoryList) {
      list.deletedAt = null;
      process(list);
    },
    get(listId: string) {
      settle();
      return lists.get(listId);
    },
    all() {
      settle();
      return living();
    },
    listsOf(contactId: string) {
      settle();
      return living().filter(({ members }) => members.has(contactId));
    },
  };
}

export function asHubSpotList(list: MemoryList): HubSpotList {
  const date = (ms: number) => new Date(ms);
  const { listId, name, objectTypeId, processingType, version, deletedAt } = list;
  return {
    ...{ listId, name, objectTypeId, processingType, version },
    processingStatus: list.completeAt === null ? 'COMPLETE' : 'PROCESSING',
    size: list.members.size,
    createdAt: date(list.createdAt),
    updatedAt: date(list.updatedAt),
    filtersUpdatedAt: date(list.filtersUpdatedAt),
    createdById: null,
    deletedAt: deletedAt === null ? null : date(deletedAt),
  };
}
