import { describe, expect, it } from 'vitest';
import { checkBreaker } from './breaker.ts';
import { pollContacts } from './poll-hubspot.ts';
import { pollSegment } from './poll-segment.ts';
import { recountInbox } from './recount.ts';
import { many, minute, testCollecting } from './testing-world.ts';

const test = testCollecting();

/** For every commit that asks for people: was the writing stopped by then? */
function watchCommits(): boolean[] {
  const stopped: boolean[] = [];
  const { store } = test.deps;
  test.deps = {
    ...test.deps,
    store: {
      ...store,
      async commit(scope, collected) {
        if (collected.triggers?.length) stopped.push((await store.openHold(scope)) !== null);
        await store.commit(scope, collected);
      },
    },
  };
  return stopped;
}

describe('8: the circuit breaker counts page by page', () => {
  it('8: too many new contacts: writing has stopped before any of a later page can be worked on', async () => {
    const ids = many(450, () => test.contact());
    const stopped = watchCommits();
    await test.poll('hubspot');
    expect(test.inbox()).toHaveLength(ids.length);
    expect(stopped.length).toBeGreaterThan(1);
    expect(stopped).not.toContain(false);
    expect(await test.deps.store.openHold(test.deps.scope)).toMatchObject({ cause: 'creations' });
  });

  it('8: as many as may pass do not stop it', async () => {
    many(100, () => test.contact());
    const stopped = watchCommits();
    await test.poll('hubspot');
    expect(stopped).not.toContain(true);
    expect(await test.deps.store.openHold(test.deps.scope)).toBeNull();
  });

  it('8: deletions in Salesforce that would archive contacts, counted before they are told', async () => {
    test.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    const pairs = many(11, () => ({ contactId: test.contact(), recordId: test.lead() }));
    for (const { contactId, recordId } of pairs) await test.link(contactId, recordId);
    await test.poll('salesforce');
    test.inbox();
    for (const { recordId } of pairs) test.world.org.delete(recordId);
    const stopped = watchCommits();
    await test.poll('salesforce');
    expect(stopped).toEqual([true]);
    expect(await test.deps.store.openHold(test.deps.scope)).toMatchObject({
      cause: 'deletions',
      counts: [{ kind: 'archived', people: 11 }],
    });
  });

  it('8: values of one mapping that would be blanked, in contacts that a webhook names too', async () => {
    test.world.db.mappings = test.world.db.mappings.map((mapping) => ({ ...mapping, rule: 'TWO_WAY' }));
    const pairs = many(101, () => ({ contactId: test.contact(), recordId: test.lead() }));
    for (const { contactId, recordId } of pairs) await test.link(contactId, recordId);
    await test.poll('hubspot');
    test.inbox();
    for (const { contactId } of pairs) test.world.account.update(contactId, { city: null });
    const stopped = watchCommits();
    test.world.advance(minute);
    await pollContacts(
      test.deps,
      pairs.map(({ contactId }) => contactId),
    );
    expect(stopped).toEqual([true]);
    expect(await test.deps.store.openHold(test.deps.scope)).toMatchObject({
      cause: 'blanking',
      counts: [{ kind: 'blanked', key: 'hubspot:city', people: 101 }],
    });
  });
});

describe('8: a change of settings or mappings is counted in the inbox before the next write', () => {
  const hold = () => test.deps.store.openHold(test.deps.scope);
  async function linkMany(count: number) {
    const pairs = many(count, () => ({ contactId: test.contact(), recordId: test.lead() }));
    for (const { contactId, recordId } of pairs) await test.link(contactId, recordId);
    await test.poll('hubspot');
    await test.poll('salesforce');
    test.inbox();
    await recountInbox(test.deps);
    return pairs;
  }

  it('8: Delete the contact, while deletions wait: stops, once', async () => {
    for (const { recordId } of await linkMany(11)) test.world.org.delete(recordId);
    await test.poll('salesforce');
    await recountInbox(test.deps);
    expect(await hold()).toBeNull();
    test.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    await recountInbox(test.deps);
    expect(await hold()).toMatchObject({ cause: 'deletions', counts: [{ people: 11 }] });
    // A person lets it go on: what is counted is not counted again, whatever else changes.
    const at = test.world.clock.now();
    for (const each of test.world.db.holds.all()) {
      test.world.db.holds.set({ ...each, endedAt: at, confirmedAt: at });
    }
    test.world.advance(minute);
    test.world.db.changeSetting('salesforceChanges', 'do_nothing');
    await recountInbox(test.deps);
    expect(await hold()).toBeNull();
  });

  it('8: Create or update the contact, while changed records wait', async () => {
    const ids = many(101, () => test.lead());
    await test.poll('salesforce');
    test.inbox();
    test.world.db.changeSetting('salesforceChanges', 'do_nothing');
    for (const id of ids) test.world.org.update(id, { City: 'Oslo' });
    await test.poll('salesforce');
    for (const { kind, key, person } of test.world.db.alarms.all()) {
      test.world.db.alarms.delete(`${kind}:${key}:${person}`);
    }
    for (const { id } of test.world.db.holds.all()) test.world.db.holds.delete(id);
    await recountInbox(test.deps);
    expect(await hold()).toBeNull();
    test.world.db.changeSetting('salesforceChanges', 'create_or_update');
    await recountInbox(test.deps);
    expect(await hold()).toMatchObject({ cause: 'creations', counts: [{ kind: 'created_hubspot' }] });
  });

  it('8: a rule by which a blank travels, while emptied values wait', async () => {
    const pairs = await linkMany(101);
    for (const { contactId } of pairs) test.world.account.update(contactId, { city: null });
    await test.poll('hubspot');
    await recountInbox(test.deps);
    expect(await hold()).toBeNull();
    test.world.db.mappings = test.world.db.mappings.map((each) => ({ ...each, rule: 'TWO_WAY' as const }));
    await recountInbox(test.deps);
    expect(await hold()).toMatchObject({
      cause: 'blanking',
      counts: [{ kind: 'blanked', key: 'hubspot:city', people: 101 }],
    });
  });
});

describe('2: what is no trigger', () => {
  it('2: choosing, changing and clearing the inclusion segment; a new mapping', async () => {
    const [first = '', second = ''] = test.world.listIds;
    const [contactId, recordId] = [test.contact(), test.lead()];
    await test.link(contactId, recordId);
    await test.poll('hubspot');
    await test.poll('salesforce');
    test.inbox();
    for (const listId of [first, second, null]) {
      test.world.db.changeSetting('inclusionListId', listId);
      await test.poll('hubspot');
      await test.poll('salesforce');
      expect(test.inbox()).toEqual([]);
    }
    const [mapping] = test.world.db.mappings;
    if (!mapping) throw new Error('There is no mapping.');
    const more = { hubspotProperty: 'industry', leadField: 'Status', contactField: null };
    test.world.account.update(contactId, { industry: 'TECH' });
    test.world.org.update(recordId, { Status: 'Open' });
    await test.poll('hubspot');
    await test.poll('salesforce');
    expect(test.inbox()).toEqual([]);
    test.world.db.mappings = [...test.world.db.mappings, { ...mapping, ...more, id: test.world.db.newId() }];
    // Something unmapped moves both sides, so that they are read with the new mapping: its first sight.
    test.world.account.update(contactId, { fax: '1' });
    test.world.org.touch(recordId);
    await test.poll('hubspot');
    await test.poll('salesforce');
    expect(test.inbox()).toEqual([]);
    test.world.account.update(contactId, { industry: 'FOOD' });
    await test.poll('hubspot');
    expect(test.inbox()).toEqual([`changed ${contactId}`]);
  });
});

describe('2: what is a trigger', () => {
  it('2: the owner counts as mapped, on both sides', async () => {
    const [contactId, recordId] = [test.contact(), test.lead()];
    await test.poll('hubspot');
    await test.poll('salesforce');
    test.inbox();
    test.world.account.update(contactId, { hubspot_owner_id: '70' });
    test.world.org.update(recordId, { OwnerId: test.world.org.integrationUserId });
    await test.poll('hubspot');
    await test.poll('salesforce');
    expect(test.inbox()).toEqual([`changed ${contactId}`, `changed ${recordId}`].sort());
  });

  it('2: a new record asks only if the settings create HubSpot contacts', async () => {
    test.world.db.changeSetting('salesforceChanges', 'do_nothing');
    test.lead();
    await test.poll('salesforce');
    expect(test.inbox()).toEqual([]);
    test.world.db.changeSetting('salesforceChanges', 'create_or_update');
    const id = test.lead();
    await test.poll('salesforce');
    expect(test.inbox()).toEqual([`created ${id}`]);
  });

  it('2: a person whose mapped values are as seen costs no further call', async () => {
    const ids = many(60, () => test.contact());
    await test.poll('hubspot');
    expect(test.inbox()).toHaveLength(60);
    for (const id of ids) test.world.account.update(id, { fax: '1' });
    const asked: string[] = [];
    const { hubspot } = test.deps;
    test.deps = {
      ...test.deps,
      hubspot: {
        ...hubspot,
        readHistory: (...given) => {
          asked.push(...given[0]);
          return hubspot.readHistory(...given);
        },
      },
    };
    const calls = await test.callsOf('salesforce', () => test.poll('hubspot'));
    expect([calls, asked, test.inbox()]).toEqual([0, [], []]);
  });

  describe('8: an edit of the criteria that moves too many', () => {
    const [listId = ''] = test.world.listIds;
    const held = async () => (await checkBreaker(test.deps))?.cause ?? null;
    const follow = async () => {
      test.world.advance(30 * minute);
      expect(await pollSegment(test.deps)).toMatchObject({ ok: true });
    };

    async function moveTooMany(): Promise<string[]> {
      const ids = many(102, () => test.contact());
      for (const id of ids) await test.link(id, test.lead());
      test.world.db.changeSetting('inclusionListId', listId);
      await follow();
      expect(await held()).toBeNull();
      test.world.editList(listId, 'Oslo');
      await follow();
      expect(await held()).toBe('sides');
      return ids;
    }

    it('8: ends its stop by itself once the former criteria are back', async () => {
      await moveTooMany();
      test.world.editList(listId, 'Lund');
      await follow();
      expect(await held()).toBeNull();
      expect(await test.deps.store.openHold(test.deps.scope)).toBeNull();
    });

    it('8: goes on waiting for a person while too many have changed sides', async () => {
      const [back = '', another = ''] = await moveTooMany();
      test.world.account.update(back, { city: 'Oslo' });
      await follow();
      expect(await held()).toBe('sides');
      test.world.account.update(another, { city: 'Oslo' });
      await follow();
      expect(await held()).toBeNull();
    });
  });
});
