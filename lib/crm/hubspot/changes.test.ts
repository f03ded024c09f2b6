import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactStamp } from '../ports.ts';
import { changeCalls } from './changes.ts';
import type { Send } from './http.ts';

type Given = { id: string; at: number };
type Habits = { byText: boolean; emptyPages: boolean };
type Body = {
  filterGroups: { filters: { propertyName: string; operator: string; value: string }[] }[];
  sorts: { propertyName: string }[];
  limit: number;
  after?: string;
};

/** A search as HubSpot's may be: no order among equals, ids as texts, empty pages, no way past 10,000. */
function searchOver(contacts: Given[], { byText, emptyPages }: Habits): { send: Send; calls: () => number } {
  let calls = 0;
  const send: Send = async ({ body, answer }) => {
    calls += 1;
    const { filterGroups, sorts, limit, after } = body as Body;
    const found = contacts.filter((contact) =>
      filterGroups.some((group) => group.filters.every(meets(contact))),
    );
    const byId = sorts[0]?.propertyName === 'hs_object_id';
    const ofText = (a: Given, b: Given) => (a.id < b.id ? -1 : 1);
    const ofNumber = (a: Given, b: Given) => Number(a.id) - Number(b.id);
    found.sort(byId ? (byText ? ofText : ofNumber) : (a, b) => a.at - b.at);
    const offset = Number(after ?? 0);
    if (offset >= 10_000) throw new Error('Paging past 10,000 is refused.');
    // The first page of a search with results is empty, with a next one.
    const isEmpty = emptyPages && after === undefined && found.length > 0;
    const page = isEmpty ? [] : found.slice(offset, offset + limit);
    const next = isEmpty ? '0' : offset + limit < found.length ? String(offset + limit) : null;
    const value = answer.parse({
      total: found.length,
      results: page.map(({ id, at }) => ({
        id,
        properties: { lastmodifieddate: new Date(at).toISOString() },
        updatedAt: new Date(at).toISOString(),
      })),
      ...(next === null ? {} : { paging: { next: { after: next } } }),
    });
    return { ok: true, value };
  };
  return { send, calls: () => calls };
}

const meets = (contact: Given) => (filter: { propertyName: string; operator: string; value: string }) => {
  const held = filter.propertyName === 'hs_object_id' ? Number(contact.id) : contact.at;
  const value = Number(filter.value);
  return { EQ: held === value, GT: held > value, LTE: held <= value }[filter.operator] ?? false;
};

async function changesSince(send: Send, since: ContactStamp): Promise<Given[]> {
  const found: Given[] = [];
  for await (const page of changeCalls(send).changedContacts(since)) {
    if (!page.ok) throw new Error(page.failure.kind);
    expect(page.value.length).toBeGreaterThan(0);
    found.push(...page.value.map(({ id, at }) => ({ id, at: at.getTime() })));
  }
  return found;
}

const inOrder = (contacts: Given[]) =>
  [...contacts].sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id));
const beginning = { at: new Date(0), id: '0' };

describe('changes of HubSpot contacts', () => {
  it('are all found once and in order, from any cursor on, however search sorts and pages', async () => {
    const contacts = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1, max: 99_999 }).map(String), at: fc.integer({ min: 1, max: 4 }) }),
      { selector: ({ id }) => id, minLength: 0, maxLength: 900, size: 'max' },
    );
    const habits = fc.record({ byText: fc.boolean(), emptyPages: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(contacts, habits, fc.nat(), async (given, how, pick) => {
        const { send } = searchOver(given, how);
        const all = inOrder(given);
        expect(await changesSince(send, beginning)).toEqual(all);
        const from = all[pick % Math.max(all.length, 1)];
        if (!from) return;
        const since = { at: new Date(from.at), id: from.id };
        expect(await changesSince(send, since)).toEqual(all.slice(all.indexOf(from) + 1));
      }),
      { numRuns: 40 },
    );
  });

  it('are found beyond 10,000 of one moment', async () => {
    const given = Array.from({ length: 10_500 }, (_, at) => ({ id: String(95_000 + at), at: 1_000 }));
    const { send, calls } = searchOver(given, { byText: true, emptyPages: false });
    expect(await changesSince(send, beginning)).toHaveLength(10_500);
    expect(calls()).toBeLessThan(100);
  });
});
