import { describe, expect, it } from 'vitest';
import type { Result } from '#lib/core/result.ts';
import { expectValue } from '#lib/testing/crm.ts';
import { draftRecords } from '../create-records.ts';
import { openSession } from '../session.ts';
import { Ground } from '../testing.ts';
import { ann, minute } from '../testing-people.ts';
import { createInBulk } from './create-in-bulk.ts';

function valueIn<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

describe('4: one job holds each address once', () => {
  it('4: who has the address of somebody before them, however it is written, is left for collections', async () => {
    const made = new Ground();
    const ids = ['ann', 'bo', 'cy'].map((name) => made.contact({ ...ann, email: `${name}@x.example` }));
    made.world.advance(minute);
    const { store, hubspot } = made.deps;
    const run = await store.transaction((tx) => tx.openInboxRun('POLL', 0, made.world.clock.now()));
    const session = valueIn(await openSession(made.deps, run, 0));
    const contacts = expectValue(await hubspot.readContacts(ids, session.properties));
    const newcomers = contacts.flatMap((contact, position) => {
      if (!contact) return [];
      const wanted = { contactId: contact.id, recordId: null, object: null, causes: [], triggers: [] };
      const email = position === 2 ? ' ANN@x.example' : (contact.values.email ?? '');
      return [
        {
          wanted: { ...wanted, unclearSince: null, attempts: 0 },
          contact: { ...contact, values: { ...contact.values, email } },
          address: email.trim().toLowerCase(),
        },
      ];
    });
    const { drafts } = draftRecords(session, newcomers, 'Lead');
    expect(drafts).toHaveLength(3);
    const bulk = valueIn(await createInBulk(session, drafts));
    expect(bulk.left.map(({ contact }) => contact.id)).toEqual(ids.slice(2));
    expect(made.world.org.all().map(({ values }) => values.Email)).toEqual(['ann@x.example', 'bo@x.example']);
    const intents = made.world.db.intents.all().map(({ address, state }) => [address, state]);
    expect(intents).toEqual([
      ['ann@x.example', 'DONE'],
      ['bo@x.example', 'DONE'],
    ]);
  });
});
