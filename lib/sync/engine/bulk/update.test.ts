import { describe, expect, it } from 'vitest';
import { World } from '../../testing/world.ts';
import { Ground } from '../testing.ts';

const minute = 60_000;
const names = ['ann', 'bo', 'cy', 'di'];

type People = { made: Ground; contactIds: string[]; recordIds: string[] };

/** Linked members, each with a change for Salesforce that waits in the inbox; from two on they go by Bulk. */
async function changed(more: (people: People) => void = () => {}): Promise<People> {
  const world = new World(1);
  const made = new Ground(world);
  for (const { id, hubspotProperty } of world.db.mappings) {
    if (['phone', 'jobtitle'].includes(hubspotProperty)) world.db.changeRule(id, 'TWO_WAY');
  }
  made.chooseCity();
  const contactIds = names.map((name) =>
    made.contact({ email: `${name}@x.example`, lastname: name, company: 'Acme', city: 'Lund', phone: '1' }),
  );
  world.advance(minute);
  for (const contactId of contactIds) await made.trigger({ contactId }, 'created');
  await workToEnd(made);
  const links = made.links();
  const recordIds = contactIds.map((id) => links.find((link) => link.contactId === id)?.recordId ?? '');
  for (const id of contactIds) world.account.update(id, { phone: '22' });
  const people = { made: new Ground(inBulk(world)), contactIds, recordIds };
  more(people);
  world.advance(20 * minute);
  for (const contactId of contactIds) await people.made.trigger({ contactId }, 'changed');
  return people;
}

function inBulk(world: World): World {
  world.bulkFrom = 2;
  return world;
}

async function workToEnd(made: Ground): Promise<void> {
  for (let tries = 0; tries < 40 && made.waiting().length > 0; tries += 1) {
    await made.work();
    made.world.advance(minute);
  }
  expect(made.waiting()).toEqual([]);
}

const phones = ({ made, recordIds }: People) => recordIds.map((id) => made.fieldOf(id, 'Phone'));
const updates = (made: Ground, byBulk: boolean) =>
  made.world.trace.filter(
    (event) =>
      event.kind === 'write' &&
      event.side === 'salesforce' &&
      !event.isNew &&
      (event.inBulk ?? false) === byBulk,
  ).length;
const lastResults = (made: Ground) =>
  made
    .outcomes()
    .slice(-names.length)
    .map(({ result }) => result);

/** Whoever had a change has it in Salesforce, nothing is under way, and another look writes nothing. */
async function expectWhole(people: People, hint: string): Promise<void> {
  const { made, contactIds } = people;
  expect(phones(people), hint).toEqual(names.map(() => '22'));
  const links = made.links();
  expect(links, hint).toHaveLength(names.length);
  expect(
    links.map(({ jobId, intended }) => [jobId, intended]),
    hint,
  ).toEqual(names.map(() => [null, null]));
  const writes = () => made.world.trace.filter(({ kind }) => kind === 'write').length;
  const before = writes();
  for (const contactId of contactIds) await made.trigger({ contactId }, 'changed');
  await workToEnd(made);
  expect(writes(), hint).toBe(before);
}

describe('8: updating in bulk', () => {
  it('8: many are updated by one job, and no one by a collection', async () => {
    const people = await changed();
    await workToEnd(people.made);
    expect([updates(people.made, true), updates(people.made, false)]).toEqual([names.length, 0]);
    expect(lastResults(people.made)).toEqual(names.map(() => 'UPDATED'));
    await expectWhole(people, '');
  });

  it('5: what goes to HubSpot goes too, by what was read just before', async () => {
    const people = await changed(({ made, recordIds }) => {
      for (const id of recordIds) made.world.org.update(id, { Title: 'Head' });
    });
    await workToEnd(people.made);
    expect(people.contactIds.map((id) => people.made.valueOf(id, 'jobtitle'))).toEqual(
      names.map(() => 'Head'),
    );
    expect(updates(people.made, true)).toBe(names.length);
    await expectWhole(people, '');
  });

  it('8: pausing holds before the job gets its rows, and all go over once it is over', async () => {
    const people = await changed(({ made, recordIds }) => {
      for (const id of recordIds) made.world.org.update(id, { Title: 'Head' });
    });
    const { world, deps } = people.made;
    const { updateContacts } = deps.hubspot;
    deps.hubspot.updateContacts = async (changes) => {
      world.db.changeSetting('paused', true);
      return updateContacts(changes);
    };
    await people.made.work();
    expect([updates(people.made, true), updates(people.made, false)]).toEqual([0, 0]);
    expect(people.made.waiting()).toHaveLength(names.length);
    expect(people.made.links().map(({ jobId }) => jobId)).toEqual(names.map(() => null));
    deps.hubspot.updateContacts = updateContacts;
    world.db.changeSetting('paused', false);
    await workToEnd(people.made);
    await expectWhole(people, '');
  });

  it('8: a row that is held goes by a collection, and its neighbours are saved', async () => {
    const people = await changed(({ made, recordIds }) => made.world.org.locks.set(recordIds[1] ?? '', 1));
    await people.made.work();
    expect([updates(people.made, true), updates(people.made, false)]).toEqual([names.length - 1, 1]);
    await expectWhole(people, '');
  });

  it('8: a row that stays held is tried again, and its neighbours are done with', async () => {
    const people = await changed(({ made, recordIds }) => made.world.org.locks.set(recordIds[1] ?? '', 2));
    await people.made.work();
    expect(phones(people)).toEqual(['22', '1', '22', '22']);
    expect(people.made.waiting()).toMatchObject([
      { contactId: people.contactIds[1], waitsFor: 'record_locked' },
    ]);
    people.made.world.advance(minute);
    await workToEnd(people.made);
    await expectWhole(people, '');
  });

  it('5: a field that is refused is told, and the other fields of its person go over', async () => {
    const people = await changed(({ made, contactIds }) => {
      made.world.account.update(contactIds[2] ?? '', { jobtitle: 'Head' });
    });
    const { schema } = people.made.world.org;
    const { salesforce } = people.made.deps;
    const { startBulkJob } = salesforce;
    salesforce.startBulkJob = async (jobId, rows) => {
      const title = schema.seen('Lead').get('Title');
      if (title) schema.show('Lead', { ...title, length: 2 });
      return startBulkJob(jobId, rows);
    };
    await people.made.work();
    const [failed] = people.made
      .outcomes()
      .filter(({ contactId }) => contactId === people.contactIds[2])
      .slice(-1);
    expect(failed?.result).toBe('UPDATED');
    expect(failed?.changes.filter(({ failure }) => failure)).toMatchObject([{ field: 'Title' }]);
    expect(phones(people)).toEqual(names.map(() => '22'));
  });

  it('8: a text that Bulk reads as an order goes by a collection', async () => {
    const people = await changed(({ made, contactIds }) => {
      made.world.account.update(contactIds[0] ?? '', { jobtitle: '#N/A' });
    });
    await workToEnd(people.made);
    expect(people.made.fieldOf(people.recordIds[0] ?? '', 'Title')).toBe('#N/A');
    expect([updates(people.made, true), updates(people.made, false)]).toEqual([names.length - 1, 1]);
  });

  it('8: what Salesforce does not take by Bulk goes by collections', async () => {
    for (const method of ['openBulkJob', 'startBulkJob'] as const) {
      const people = await changed();
      people.made.deps.salesforce[method] = async () => ({ ok: false, failure: { kind: 'notFound' } });
      await workToEnd(people.made);
      expect([updates(people.made, true), updates(people.made, false)]).toEqual([0, names.length]);
      await expectWhole(people, method);
    }
  });
});

describe('8: a job of updates that somebody left', () => {
  it.each([1, 2, 3])(
    '8: whoever dies at call %i, or any third one after it, is followed by one that ends with the same state',
    async (first) => {
      const whole = await changed();
      const before = whole.made.worker.worker.passed();
      await whole.made.work();
      const calls = whole.made.worker.worker.passed() - before;
      for (let diesAfter = first; diesAfter <= calls; diesAfter += 3) {
        const people = await changed();
        await people.made
          .mortal(diesAfter)
          .work()
          .catch(() => undefined);
        people.made.world.advance(minute);
        await workToEnd(people.made);
        await expectWhole(people, `death at call ${diesAfter}`);
      }
    },
  );

  it('8: an answer that never came leaves the job to whoever comes next', async () => {
    for (const method of ['openBulkJob', 'startBulkJob', 'bulkJob', 'bulkResults']) {
      for (const kind of ['cutBefore', 'cutAfter', 'rateLimited'] as const) {
        const people = await changed();
        people.made.world.faults.add({ crm: 'salesforce', method, kind });
        await people.made.work();
        people.made.world.advance(minute);
        await workToEnd(people.made);
        await expectWhole(people, `${method} ${kind}`);
      }
    }
  });

  it('8: nothing is planned against records that it may still write; the newest value comes after it', async () => {
    const people = await changed();
    const { made, contactIds } = people;
    const { salesforce } = made.deps;
    const { bulkJob } = salesforce;
    salesforce.bulkJob = async () => {
      throw new Error('The process ends.');
    };
    await expect(made.work()).rejects.toThrow('The process ends.');
    salesforce.bulkJob = bulkJob;
    expect(made.links().every(({ jobId }) => jobId !== null)).toBe(true);
    made.world.account.update(contactIds[0] ?? '', { phone: '333' });
    made.world.advance(10_000);
    await made.trigger({ contactId: contactIds[0] ?? '' }, 'changed');
    await made.work();
    expect(made.waiting().every(({ waitsFor }) => waitsFor === 'record_locked')).toBe(true);
    expect(phones(people)).toEqual(names.map(() => '1'));
    made.world.advance(20 * minute);
    await workToEnd(made);
    expect(phones(people)).toEqual(['333', '22', '22', '22']);
    expect(made.outcomes().filter(({ result }) => result === 'FAILED')).toEqual([]);
  });
});

describe('7: a gate that changes while a job of updates is open', () => {
  it('7: aborts the job: nobody is updated by it', async () => {
    const { made } = await changed();
    const { hubspot, salesforce } = made.deps;
    const { openBulkJob } = salesforce;
    const { memberships } = hubspot;
    const jobIds: string[] = [];
    salesforce.openBulkJob = async (job) => {
      const opened = await openBulkJob(job);
      if (opened.ok) jobIds.push(opened.value.jobId);
      return opened;
    };
    hubspot.memberships = async (ids) => {
      const answer = await memberships(ids);
      if (jobIds.length > 0) made.world.db.changeSetting('inclusionListId', made.world.listIds[1] ?? null);
      return answer;
    };
    await made.work();
    const state = await salesforce.bulkJob(jobIds[0] ?? '');
    expect(state).toMatchObject({ value: { state: 'aborted', processed: 0 } });
    expect([updates(made, true), updates(made, false)]).toEqual([0, 0]);
    expect(made.links().map(({ jobId }) => jobId)).toEqual(names.map(() => null));
  });
});
