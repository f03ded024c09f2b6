import { describe, expect, it } from 'vitest';
import { many, testCollecting } from './testing-world.ts';

const test = testCollecting();
/** More than a hundred creations at once stop the writing. */
const people = 110;
const addressOf = (at: number) => `sailor-${at}@regatta.example`;

const hold = () => test.deps.store.openHold(test.deps.scope);

/** The sync is creating a record for each address: what it was told of that is not stored yet. */
function beginCreations(): void {
  const { db, clock } = test.world;
  for (let at = 0; at < people; at += 1) {
    const id = db.newId();
    db.intents.set({
      ...{ id, contactId: `${at}`, address: addressOf(at), object: 'LEAD', runId: db.newId() },
      ...{ sentAt: clock.now(), jobId: null, batchId: id, state: 'OPEN', recordId: null },
    });
  }
}

describe('8: the circuit breaker and records that the sync creates itself', () => {
  it('8: they are not counted while their creation is under way, though no link is stored', async () => {
    beginCreations();
    many(people, (at) => test.lead({ Email: addressOf(at).toUpperCase() }));
    await test.poll('salesforce');
    expect(test.inbox()).toHaveLength(people);
    expect(await hold()).toBeNull();
  });

  it('8: nor if it ends between the reading and the counting', async () => {
    beginCreations();
    const ids = many(people, (at) => test.lead({ Email: addressOf(at) }));
    const { store } = test.deps;
    test.deps = {
      ...test.deps,
      store: {
        ...store,
        async creationsUnderWay() {
          for (const [at, id] of ids.entries()) await test.link(`${at}`, id);
          return new Set();
        },
      },
    };
    await test.poll('salesforce');
    expect(await hold()).toBeNull();
  });

  it('8: as many of somebody else stop the writing', async () => {
    beginCreations();
    many(people, (at) => test.lead({ Email: `else-${at}@regatta.example` }));
    await test.poll('salesforce');
    expect(await hold()).toMatchObject({ cause: 'creations', counts: [{ kind: 'created_hubspot', people }] });
  });
});
