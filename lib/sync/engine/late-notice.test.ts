import { describe, expect, it } from 'vitest';
import { startCursor } from '../schemas.ts';
import { outcomeOf } from './person.ts';
import { settle } from './settle.ts';
import { Ground } from './testing.ts';
import { ann, linked, minute } from './testing-people.ts';

// What comes to light only after a crash, when something else has changed meanwhile.

/** HubSpot's value of a field that Salesforce rules is overwritten, and the worker dies before it can store that. */
async function overwritten() {
  const made = new Ground();
  const contactId = made.contact({ ...ann, jobtitle: 'Dean' });
  made.world.advance(minute);
  const { recordId } = await made.sync({ contactId }, 'created');
  made.world.advance(minute);
  made.world.account.update(contactId, { jobtitle: 'Rector' });
  made.world.org.update(recordId ?? '', { Title: 'Chair' });
  made.world.advance(minute);
  await made.trigger({ contactId }, 'changed');
  const dying = new Ground(made.world);
  const { hubspot } = dying.deps;
  const { updateContacts } = hubspot;
  hubspot.updateContacts = async (changes) => {
    await updateContacts(changes);
    throw new Error('The process is gone.');
  };
  await expect(dying.work()).rejects.toThrow('gone');
  expect(made.valueOf(contactId, 'jobtitle')).toBe('Chair');
  expect(made.world.db.conflicts.all()).toEqual([]);
  const mapping = made.world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === 'jobtitle');
  return { made, contactId, mappingId: mapping?.id ?? '' };
}

const lost = { hubspotValue: 'Rector', salesforceValue: 'Chair', winner: 'salesforce' };

describe('5: the conflict log after a crash', () => {
  it('5: a mapping set to Don’t sync after its write, before that was stored: the lost value is in the log once', async () => {
    const { made, contactId, mappingId } = await overwritten();
    made.world.db.changeRule(mappingId, 'DONT_SYNC');
    made.world.advance(3 * minute);
    await made.work();
    expect(made.waiting()).toEqual([]);
    expect(made.world.db.conflicts.all()).toMatchObject([{ contactId, mappingId, ...lost }]);
  });

  it('5: a write noted under rules that hold no more is in the log, though its mapping is not synced', async () => {
    const { made, contactId, mappingId } = await overwritten();
    // Whoever wrote had read the rules before they were changed.
    const { mappings } = made.world.db;
    made.world.db.mappings = mappings.filter(({ id }) => id !== mappingId);
    made.world.account.update(contactId, { message: 'Hi' });
    made.world.advance(3 * minute);
    await made.work();
    expect(made.waiting()).toEqual([]);
    expect(made.world.db.conflicts.all()).toMatchObject([
      { contactId, mappingId, property: 'jobtitle', field: 'Title', ...lost },
    ]);
    await made.sync({ contactId }, 'changed');
    expect(made.world.db.conflicts.all()).toHaveLength(1);
  });
});

describe('9: accountability after a crash', () => {
  it('9: an import that goes on leaves open what came in since it told of the same contact', async () => {
    const { made, contactId, recordId } = await linked();
    const { store } = made.deps;
    const { db } = made.world;
    const run = { id: db.newId(), kind: 'IMPORT' as const, listId: null, since: await store.now() };
    db.runs.insert({
      ...{ ...run, status: 'RUNNING', createdAt: run.since, finishedAt: null, goesOnAt: run.since },
      ...{ reason: null, cursor: startCursor, settingsVersion: 0 },
    });
    const wanted = { contactId, recordId: null, object: null, causes: [], unclearSince: null, attempts: 0 };
    const settleFor = async () => {
      const triggers = (await store.triggersOf({ contactIds: [contactId], recordIds: [] })).map(
        ({ id, version }) => ({ id, version }),
      );
      const each = { ...wanted, triggers };
      const outcome = { ...outcomeOf(each, {}, { result: 'UNCHANGED' }), contactId, recordId };
      await settle({ store, run }, [{ wanted: each, outcome }]);
    };
    await made.trigger({ contactId }, 'changed');
    await settleFor();
    expect(made.waiting()).toEqual([]);
    made.world.advance(minute);
    await made.trigger({ contactId }, 'changed');
    await settleFor();
    expect(made.waiting()).toMatchObject([{ contactId }]);
    await made.work();
    expect(made.waiting()).toEqual([]);
    expect(made.outcomes()).toHaveLength(3);
  });
});
