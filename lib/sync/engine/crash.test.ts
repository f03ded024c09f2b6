import { describe, expect, it } from 'vitest';
import { Ground } from './testing.ts';

const ann = { email: 'ann@x.example', firstname: 'Ann', lastname: 'Berg', company: 'Acme' };
const minute = 60_000;

function beginning(): { made: Ground; contactId: string } {
  const made = new Ground();
  const contactId = made.contact(ann);
  made.world.advance(minute);
  return { made, contactId };
}

describe('4: intents', () => {
  it('4: a creation whose answer never came is not repeated: its record is found and linked', async () => {
    const { made, contactId } = beginning();
    made.world.faults.add({ crm: 'salesforce', method: 'createRecords', kind: 'cutAfter' });
    await made.trigger({ contactId }, 'created');
    await made.work();
    expect(made.world.org.all()).toHaveLength(1);
    for (let tries = 0; tries < 20 && made.waiting().length > 0; tries += 1) {
      made.world.advance(minute);
      await made.work();
    }
    expect(made.world.org.all()).toHaveLength(1);
    expect(made.outcomes()).toMatchObject([{ contactId, result: 'CREATED' }]);
    expect(made.world.db.intents.where(({ state }) => state === 'OPEN')).toEqual([]);
  });

  it('4: before Salesforce’s answers are complete beyond it nothing is created again, at most for 15 minutes', async () => {
    const { made, contactId } = beginning();
    const { salesforce } = made.deps;
    const coveredUntil = made.world.clock.now();
    salesforce.updatedIds = async () => ({ ok: true, value: { ids: [], coveredUntil } });
    made.world.faults.add({ crm: 'salesforce', method: 'createRecords', kind: 'cutBefore' });
    made.world.advance(1_000);
    await made.trigger({ contactId }, 'created');
    await made.work();
    const sentAt = made.world.clock.ms();
    while (made.world.clock.ms() < sentAt + 14 * minute) {
      made.world.advance(minute);
      await made.work();
      expect(made.world.org.all()).toEqual([]);
    }
    made.world.advance(3 * minute);
    await made.work();
    expect(made.world.org.all()).toHaveLength(1);
    expect(made.outcomes()).toMatchObject([{ result: 'CREATED' }]);
  });
});

type Scene = (made: Ground) => Promise<void>;

/** Somebody linked since a while. */
async function linked(made: Ground): Promise<{ contactId: string; recordId: string }> {
  const contactId = made.contact({ ...ann, city: 'Lund', phone: '1' });
  made.world.advance(minute);
  const { recordId } = await made.sync({ contactId }, 'created');
  made.world.advance(minute);
  return { contactId, recordId: recordId ?? '' };
}

const scenes: Record<string, Scene> = {
  async 'a new contact'(made) {
    const contactId = made.contact(ann);
    made.world.advance(minute);
    await made.trigger({ contactId }, 'created');
  },
  async 'a new record, by the creation exception'(made) {
    made.chooseCity();
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme', Phone: '2' });
    await made.trigger({ recordId }, 'created');
  },
  async 'edits on both sides'(made) {
    const { contactId, recordId } = await linked(made);
    made.world.account.update(contactId, { firstname: 'Anna', message: 'Hi' });
    made.world.org.update(recordId, { Phone: '2', Title: 'CTO' });
    made.world.advance(minute);
    await made.trigger({ contactId }, 'changed');
  },
  async 'a converted Lead'(made) {
    const { recordId } = await linked(made);
    made.world.org.convert(recordId);
    await made.trigger({ recordId }, 'converted');
  },
  async 'merged contacts'(made) {
    const { contactId } = await linked(made);
    const otherId = made.contact({ ...ann, email: 'bo@x.example' });
    made.world.advance(minute);
    await made.sync({ contactId: otherId }, 'created');
    const into = made.world.account.merge(contactId, otherId);
    made.world.advance(minute);
    await made.trigger({ contactId: otherId }, 'merged', { into });
  },
  async 'a deleted record whose contact goes to the bin'(made) {
    const { recordId } = await linked(made);
    made.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    made.world.org.delete(recordId);
    await made.trigger({ recordId }, 'deleted', { side: 'salesforce' });
  },
};

/** What both systems hold in the end, and who is linked. */
function stateOf(made: Ground) {
  const { world } = made;
  return {
    contacts: [...world.account.contacts.values()].map(({ id, values, archivedAt }) => [
      ...[id, values, archivedAt !== null],
    ]),
    records: world.org.all().map(({ id, values, deletedAt }) => [id, values, deletedAt !== null]),
    links: made
      .links()
      .map(({ contactId, recordId, openException, intended }) => [
        ...[contactId, recordId, openException, intended],
      ]),
  };
}

async function workToEnd(made: Ground): Promise<void> {
  for (let tries = 0; tries < 25 && made.waiting().length > 0; tries += 1) {
    made.world.advance(minute);
    await made.work();
  }
}

describe('8: at least once', () => {
  for (const [name, scene] of Object.entries(scenes)) {
    it(`8: ${name}: whoever dies at any call is followed by one that ends with the same state`, async () => {
      const whole = new Ground();
      await scene(whole);
      const before = whole.worker.worker.passed();
      await whole.work();
      const calls = whole.worker.worker.passed() - before;
      expect(whole.waiting()).toEqual([]);
      expect(calls).toBeGreaterThan(20);
      for (let diesAfter = 1; diesAfter <= calls; diesAfter += 1) {
        const made = new Ground();
        await scene(made);
        const known = made.outcomes().length;
        await made
          .mortal(diesAfter)
          .work()
          .catch(() => undefined);
        await workToEnd(made);
        expect(stateOf(made), `death at call ${diesAfter}`).toEqual(stateOf(whole));
        expect(made.waiting(), `death at call ${diesAfter}`).toEqual([]);
        expect(made.outcomes(), `death at call ${diesAfter}`).toHaveLength(known + 1);
      }
    });
  }
});
