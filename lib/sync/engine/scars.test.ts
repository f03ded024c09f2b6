import { describe, expect, it } from 'vitest';
import { Ground } from './testing.ts';
import { ann, linked, minute, settled } from './testing-people.ts';

const many = 200;

/** As many contacts that wait for their first sync; the one at `bad` lacks what a Lead must have. */
async function newcomers(bad: number): Promise<{ made: Ground; badId: string }> {
  const made = new Ground();
  const ids = Array.from({ length: many }, (_, at) => {
    const { company, ...rest } = ann;
    const values = { ...rest, email: `p${at}@x.example`, ...(at === bad ? { message: 'bad' } : {}) };
    return made.contact({ ...values, company });
  });
  // A rule of the org, which tells no field.
  const { createRecords } = made.deps.salesforce;
  made.deps.salesforce.createRecords = async (records, options) => {
    const answer = await createRecords(
      records.filter(({ values }) => values.Description !== 'bad'),
      options,
    );
    if (!answer.ok) return answer;
    const good = [...answer.value];
    return {
      ok: true,
      value: records.map(({ values }): (typeof good)[number] => {
        const next = values.Description === 'bad' ? refused : good.shift();
        if (!next) throw new Error('An answer is missing.');
        return next;
      }),
    };
  };
  settled(made);
  for (const contactId of ids) await made.trigger({ contactId }, 'created');
  return { made, badId: ids[bad] ?? '' };
}

const refused = {
  ok: false as const,
  failure: {
    ...{ kind: 'rejected' as const, category: 'automation' as const, fields: [] },
    ...{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No.' },
  },
};

describe('8: one bad record never fails its neighbours', () => {
  it('8: a record that always fails in a batch of 200: 199 go through, and it fails again alone', async () => {
    const { made, badId } = await newcomers(77);
    await made.work();
    const results = made.outcomes().map(({ result }) => result);
    expect(results.filter((result) => result === 'CREATED')).toHaveLength(many - 1);
    expect(made.outcomes().filter(({ result }) => result === 'FAILED')).toMatchObject([
      { contactId: badId, category: 'automation', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
    ]);
    expect(made.waiting()).toMatchObject([{ contactId: badId, causes: [{ kind: 'retry' }] }]);
    for (let round = 1; round <= 2; round += 1) {
      made.world.advance(31 * minute);
      await made.work();
      expect(made.outcomes()).toHaveLength(many + round);
      expect(made.outcomes().at(-1)).toMatchObject({ contactId: badId, result: 'FAILED' });
    }
    expect(made.world.org.all()).toHaveLength(many - 1);
    expect(made.links()).toHaveLength(many - 1);
    expect(made.world.db.intents.where(({ state }) => state === 'OPEN')).toEqual([]);
  });
});

describe('6: a Lead converted into an old Contact', () => {
  it('6: a Lead converted into an old Contact that nobody was linked with: it takes the link, as a first sync', async () => {
    const made = new Ground();
    const oldId = made.record('Contact', { Email: 'old@x.example', Phone: '99', Title: 'Boss' });
    made.world.advance(60 * minute);
    const contactId = made.contact({ ...ann, jobtitle: 'CTO' });
    settled(made);
    const { recordId } = await made.sync({ contactId }, 'created');
    settled(made);
    made.world.org.convert(recordId ?? '', oldId);
    expect(await made.sync({ recordId: recordId ?? '' }, 'converted')).toMatchObject({
      contactId,
      recordId: oldId,
    });
    expect(made.links()).toMatchObject([{ contactId, recordId: oldId, object: 'CONTACT' }]);
    expect(made.tombstones()).toMatchObject([{ recordId, endCause: 'converted', mergedInto: oldId }]);
    // What the old Contact had wins by its rules; what it overwrote is in the log.
    expect([made.valueOf(contactId, 'phone'), made.valueOf(contactId, 'jobtitle')]).toEqual(['99', 'Boss']);
    const lost = made.world.db.conflicts
      .where(() => true)
      .map(({ property, hubspotValue }) => ({
        property,
        hubspotValue,
      }));
    expect(lost).toEqual(
      expect.arrayContaining([
        { property: 'phone', hubspotValue: '1' },
        { property: 'jobtitle', hubspotValue: 'CTO' },
      ]),
    );
    expect(
      made.world.org.all().filter(({ deletedAt, convertedTo }) => !deletedAt && !convertedTo),
    ).toHaveLength(1);
  });
});

describe('6: both sides of two pairs merged', () => {
  it('6: merged pair both linked: one link stays, nobody is made anew', async () => {
    const { made, contactId, recordId } = await linked();
    const otherId = made.contact({ ...ann, email: 'bo@x.example' });
    settled(made);
    const { recordId: otherRecord } = await made.sync({ contactId: otherId }, 'created');
    const survivorId = made.world.account.merge(contactId, otherId);
    made.world.org.merge(otherRecord ?? '', recordId);
    settled(made);
    await made.trigger({ contactId: otherId }, 'merged', { into: survivorId });
    await made.trigger({ recordId }, 'merged', { side: 'salesforce', into: otherRecord ?? '', of: recordId });
    for (let round = 0; round < 5 && made.waiting().length > 0; round += 1) {
      await made.work();
      made.world.advance(minute);
    }
    expect(made.links()).toMatchObject([{ contactId: survivorId, recordId: otherRecord }]);
    expect(made.world.account.contacts.size).toBe(1);
    expect(made.world.org.all().filter(({ deletedAt }) => deletedAt === null)).toHaveLength(1);
  });
});

describe('5: a flow that changes one field while the sync writes another', () => {
  it('5: is somebody’s change: HubSpot gets it at the next sync, and nothing is written after that', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.account.update(contactId, { jobtitle: 'three' });
    settled(made);
    await made.sync({ contactId });
    settled(made);
    await made.sync({ contactId });
    made.world.org.flows.push(({ values }) => ({ Title: values.Title?.toUpperCase() ?? null }));
    made.world.account.update(contactId, { message: 'new' });
    settled(made);
    await made.sync({ contactId });
    expect([made.fieldOf(recordId, 'Description'), made.fieldOf(recordId, 'Title')]).toEqual([
      'new',
      'THREE',
    ]);
    settled(made);
    await made.sync({ recordId });
    expect(made.valueOf(contactId, 'jobtitle')).toBe('THREE');
    settled(made);
    expect(await made.sync({ recordId })).toMatchObject({ result: 'UNCHANGED' });
  });
});
