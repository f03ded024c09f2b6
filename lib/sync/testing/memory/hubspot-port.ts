import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotContact, HubSpotPort, Values } from '#lib/crm/ports.ts';
import { propertyOf } from '#lib/testing/definitions.ts';
import type { CallTime } from './call-time.ts';
import { shownBy } from './clock.ts';
import type { HubSpotAccount } from './hubspot-account.ts';
import { asAnswered, propertyValue, type StoredContact } from './hubspot-contact.ts';
import { listCalls, membershipCalls } from './hubspot-list-calls.ts';
import { searchCalls } from './hubspot-search.ts';
import type { RowFault } from './row-fault.ts';
import { nobody, type Observer } from './trace.ts';

const merged = 'hs_merged_object_ids';
const done: CrmResult<void> = { ok: true, value: undefined };
const refusedRow: CrmFailure = {
  ...{ kind: 'rejected', category: 'values', code: 'VALIDATION_ERROR', fields: [] },
  message: 'This one is wrong.',
};

export type PortOptions = { worker?: string; observe?: Observer; rowFault?: RowFault; callTime?: CallTime };

/** A port over an account in memory: what the real adapter answers, at once and without faults of its own. */
export function hubspotPort(account: HubSpotAccount, options: PortOptions = {}): HubSpotPort {
  const { worker = 'test', observe = nobody } = options;
  const context: Context = { account, worker, observe, rowFault: options.rowFault ?? { take: () => null } };
  return {
    clock: shownBy(account.clock),
    ...definitionCalls(account),
    ...readingCalls(context),
    ...searchCalls(account),
    ...writingCalls(context),
    ...listCalls(context),
    ...membershipCalls(context),
  };
}

type Context = { account: HubSpotAccount; worker: string; observe: Observer; rowFault: RowFault };

function definitionCalls(
  account: HubSpotAccount,
): Pick<
  HubSpotPort,
  'account' | 'countContacts' | 'properties' | 'createPropertyGroup' | 'createProperty' | 'owners'
> {
  const taken = (name: string): CrmResult<never> => {
    const message = `${name} already exists`;
    const code = 'OBJECT_ALREADY_EXISTS';
    return { ok: false, failure: { kind: 'rejected', category: 'duplicates', code, fields: [], message } };
  };
  return {
    async account() {
      const { hubId, timeZone } = account;
      return { ok: true, value: { hubId, timeZone, uiDomain: 'app.hubspot.com' } };
    },
    countContacts: async () => ({ ok: true, value: account.searchable().length }),
    properties: async () => ({ ok: true, value: [...account.properties.values()] }),
    async createPropertyGroup({ name }) {
      if (account.groups.has(name)) return taken(name);
      account.groups.add(name);
      return done;
    },
    async createProperty(input) {
      if (account.properties.has(input.name)) return taken(input.name);
      if (!account.groups.has(input.groupName)) return { ok: false, failure: refusedRow };
      const property = propertyOf(input);
      account.properties.set(property.name, property);
      return { ok: true, value: property };
    },
    owners: async () => ({ ok: true, value: [...account.owners] }),
  };
}

function readingCalls(
  context: Context,
): Pick<HubSpotPort, 'readContacts' | 'readHistory' | 'mergeInfo' | 'relatedRecords'> {
  const { account } = context;
  const find = (id: string) => {
    const contact = account.find(id);
    return contact && contact.archivedAt === null ? contact : null;
  };
  return {
    async readContacts(ids, properties) {
      const value = ids.map((id) => {
        const contact = find(id);
        const answer = contact && asAnswered(contact, [...properties, merged], account.properties);
        if (answer) notice(context, answer);
        return answer;
      });
      return { ok: true, value };
    },
    async readHistory(ids, properties) {
      const known = properties.filter((name) => account.properties.has(name));
      const value = ids.map((id) => {
        const contact = find(id);
        return contact && Object.fromEntries(known.map((name) => [name, contact.history[name] ?? []]));
      });
      return { ok: true, value };
    },
    // Nobody has a company or a deal here: only segments look at them.
    relatedRecords: async (ids) => ({ ok: true, value: ids.map(() => []) }),
    async mergeInfo(ids) {
      const value = ids.map((id) => {
        const contact = find(id);
        return contact && { id: contact.id, mergedIds: [...contact.merged] };
      });
      return { ok: true, value };
    },
  };
}

function notice({ account, worker, observe }: Context, contact: HubSpotContact): void {
  const { id, values } = contact;
  observe({ kind: 'read', at: account.clock.ms(), worker, side: 'hubspot', id, values });
}

function writingCalls(
  context: Context,
): Pick<HubSpotPort, 'createContacts' | 'updateContacts' | 'archiveContacts'> {
  const { account, worker, observe, rowFault } = context;
  return {
    async createContacts(contacts) {
      const value = contacts.map(({ values }) => {
        if (rowFault.take() !== null) return { ok: false as const, failure: refusedRow };
        const holder = values.email ? account.holderOf(values.email) : undefined;
        const made = account.create(values, 'INTEGRATION');
        return made.ok
          ? written(context, null, made.value, { values, holders: holder ? [holder.id] : [] })
          : made;
      });
      return { ok: true, value };
    },
    async updateContacts(changes) {
      const value = changes.map(({ id, values }) => {
        if (rowFault.take() !== null) return { ok: false as const, failure: refusedRow };
        const before = account.contacts.get(id) ?? null;
        const changed = account.update(id, values, 'INTEGRATION');
        return changed.ok ? written(context, before, changed.value, { values, holders: [] }) : changed;
      });
      return { ok: true, value };
    },
    async archiveContacts(ids) {
      for (const id of ids) {
        observe({ kind: 'archive', at: account.clock.ms(), worker, id });
        account.archive(id);
      }
      return { ok: true, value: ids.map(() => done) };
    },
  };
}

function written(
  { account, worker, observe }: Context,
  before: StoredContact | null,
  contact: StoredContact,
  { values, holders }: { values: Values; holders: string[] },
): CrmResult<HubSpotContact> {
  const names = Object.keys(values);
  const valuesOf = (of: StoredContact | null) =>
    Object.fromEntries(names.map((name) => [name, of && propertyValue(of, name)]));
  observe({
    ...{ kind: 'write', at: account.clock.ms(), worker, side: 'hubspot', id: contact.id, holders },
    isNew: before === null,
    ...{ before: valuesOf(before), after: valuesOf(contact) },
  });
  // HubSpot answers what there is: of a cleared property it says nothing.
  const filled = names.filter((name) => propertyValue(contact, name) !== null);
  return { ok: true, value: asAnswered(contact, filled, account.properties) };
}
