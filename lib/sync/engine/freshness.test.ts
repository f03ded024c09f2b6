import { describe, expect, it } from 'vitest';
import type { Ground } from './testing.ts';
import { inLund, inside, settled } from './testing-people.ts';

const minute = 60_000;

/** Whatever is stored from now on takes two minutes. */
function slowDatabase(made: Ground): () => void {
  const { store } = made.deps;
  const { transaction } = store;
  store.transaction = async (work) => {
    const done = await transaction(work);
    made.world.advance(2 * minute);
    return done;
  };
  return () => {
    store.transaction = transaction;
  };
}

const tooOld = { kind: 'trouble', trouble: { reason: 'membership_too_old' } };
const writes = (made: Ground) => made.world.trace.filter(({ kind }) => kind === 'write');

async function linked() {
  const made = inLund();
  const contactId = made.contact({ ...inside, jobtitle: 'Dean' });
  settled(made);
  await made.sync({ contactId }, 'created');
  const recordId = made.links()[0]?.recordId ?? '';
  made.world.advance(minute);
  return { made, contactId, recordId };
}

describe('3: asked at most 60 seconds before the write', () => {
  it('3: a creation whose intent takes too long to be stored is not sent; it is made when storing is quick again', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    await made.trigger({ contactId }, 'created');
    const quick = slowDatabase(made);
    expect(await made.work()).toMatchObject(tooOld);
    expect(made.world.org.all()).toEqual([]);
    quick();
    await made.work();
    expect(made.outcomes()).toMatchObject([{ result: 'CREATED', contactId }]);
    expect(made.world.org.all()).toHaveLength(1);
  });

  it('3: an update whose values take too long to be stored is not sent', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.account.update(contactId, { phone: '22' });
    settled(made);
    const before = writes(made).length;
    await made.trigger({ contactId }, 'changed');
    const quick = slowDatabase(made);
    expect(await made.work()).toMatchObject(tooOld);
    expect(writes(made)).toHaveLength(before);
    quick();
    await made.work();
    expect(made.fieldOf(recordId, 'Phone')).toBe('22');
  });

  it('3: who leaves while Salesforce takes long to save gets nothing in HubSpot', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.account.update(contactId, { phone: '22' });
    made.world.org.update(recordId, { Title: 'Rector' });
    settled(made);
    await made.trigger({ contactId }, 'changed');
    const { salesforce } = made.deps;
    const { updateRecords } = salesforce;
    salesforce.updateRecords = async (changes) => {
      const answer = await updateRecords(changes);
      made.world.account.update(contactId, { city: 'Oslo' });
      made.world.advance(minute - 1_000);
      return answer;
    };
    await made.work();
    expect(made.fieldOf(recordId, 'Phone')).toBe('22');
    expect(made.valueOf(contactId, 'jobtitle')).toBe('Dean');
    made.world.advance(16 * minute);
    await made.work();
    expect(made.outcomes().at(-1)).toMatchObject({ result: 'SKIPPED', reason: 'not_in_segment' });
    expect(made.valueOf(contactId, 'jobtitle')).toBe('Dean');
  });
});
