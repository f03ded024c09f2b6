import type { ContactSearch, ContactStamp, HubSpotPort, SearchFilter } from '#lib/crm/ports.ts';
import type { HubSpotAccount } from './hubspot-account.ts';
import { asAnswered, propertyValue, type StoredContact } from './hubspot-contact.ts';

const pageSize = 200;

/** Ids are numbers: the shorter is the lower. */
export function byId(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function byStamp(a: ContactStamp, b: ContactStamp): number {
  return a.at.getTime() - b.at.getTime() || byId(a.id, b.id);
}

export function searchCalls(
  account: HubSpotAccount,
): Pick<HubSpotPort, 'searchContacts' | 'changedContacts'> {
  return {
    async searchContacts(search) {
      const found = account.searchable().filter((contact) => isFound(contact, search));
      const sorted = found.sort((a, b) => byId(a.id, b.id));
      const first = Number(search.after ?? 0);
      const page = sorted.slice(first, first + Math.min(search.limit, account.pageSize));
      const next = first + page.length;
      const contacts = page.map((contact) => asAnswered(contact, search.properties, account.properties));
      const after = next < sorted.length ? String(next) : null;
      return { ok: true, value: { total: sorted.length, contacts, after } };
    },
    async *changedContacts(since) {
      const size = Math.min(pageSize, account.pageSize);
      for (let cursor = since; ; ) {
        const page = account
          .searchable()
          .map(({ id, updatedAt }): ContactStamp => ({ id, at: new Date(updatedAt) }))
          .filter((stamp) => byStamp(stamp, cursor) > 0)
          .sort(byStamp)
          .slice(0, size);
        const last = page.at(-1);
        if (!last) return;
        yield { ok: true, value: page };
        if (page.length < size) return;
        cursor = last;
      }
    },
  };
}

function isFound(contact: StoredContact, { query, filterGroups }: ContactSearch): boolean {
  const text = Object.values(contact.values).join(' ').toLowerCase();
  if (query !== undefined && !text.includes(query.toLowerCase())) return false;
  if (filterGroups.length === 0) return true;
  return filterGroups.some(({ filters }) => filters.every((filter) => meets(contact, filter)));
}

function meets(contact: StoredContact, filter: SearchFilter): boolean {
  const value = comparable(propertyValue(contact, filter.propertyName));
  const wanted = comparable(filter.value ?? null);
  const all = (filter.values ?? []).map(comparable);
  switch (filter.operator) {
    case 'EQ':
      return value === wanted;
    case 'NEQ':
      return value !== wanted;
    case 'IN':
      return all.includes(value);
    case 'HAS_PROPERTY':
      return value !== '';
    case 'NOT_HAS_PROPERTY':
      return value === '';
    case 'CONTAINS_TOKEN':
      return value.split(/[;\s]+/).includes(wanted);
    case 'GT':
      return order(value, wanted) > 0;
    case 'GTE':
      return order(value, wanted) >= 0;
    case 'LT':
      return order(value, wanted) < 0;
    case 'LTE':
      return order(value, wanted) <= 0;
    default:
      throw new Error(`The HubSpot in memory does not know the operator ${filter.operator}.`);
  }
}

function comparable(value: string | null): string {
  return (value ?? '').trim().toLowerCase();
}

/** Moments are compared as numbers, however they are written. */
function order(a: string, b: string): number {
  const numberOf = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text));
  return numberOf(a) - numberOf(b);
}
