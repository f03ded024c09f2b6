import { describe, expect, it } from 'vitest';
import { workOnRun } from '../testing/asked-runs.ts';
import { claimKeys } from './claims.ts';
import { Ground } from './testing.ts';
import { ann, linked, minute, settled } from './testing-people.ts';
import { closeInbox } from './work-inbox.ts';

/** Counts what goes out of the ports while a transaction is open. */
function watchTransactions(made: Ground): { spanned: string[]; remote: () => number } {
  const spanned: string[] = [];
  let [open, remote] = [0, 0];
  const { store, hubspot, salesforce } = made.deps;
  const { transaction } = store;
  store.transaction = async (work) => {
    open += 1;
    try {
      return await transaction(work);
    } finally {
      open -= 1;
    }
  };
  const watched = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        remote += 1;
        if (open > 0) spanned.push(String(name));
        return Reflect.get(target, name, receiver);
      },
    });
  Object.assign(made.deps, { hubspot: watched(hubspot), salesforce: watched(salesforce) });
  return { spanned, remote: () => remote };
}

describe('8: collect, then work', () => {
  it('8: no transaction spans a remote call, whatever is to be done', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    const { spanned, remote } = watchTransactions(made);
    const fresh = made.contact({ ...ann, email: 'new@x.example' });
    const lead = made.record('Lead', { Email: 'lead@x.example', Company: 'Acme' });
    settled(made);
    await made.trigger({ contactId: fresh }, 'created');
    await made.trigger({ recordId: lead }, 'created');
    made.world.account.update(contactId, { message: 'Hi' });
    made.world.org.update(recordId, { Phone: '9' });
    await made.trigger({ contactId }, 'changed');
    await made.work();
    made.world.org.convert(recordId);
    await made.sync({ recordId }, 'converted');
    made.world.org.delete(lead);
    await made.sync({ recordId: lead }, 'deleted', { side: 'salesforce' });
    expect(remote()).toBeGreaterThan(10);
    expect(spanned).toEqual([]);
  });
});

describe('8: one person, one worker', () => {
  it('8: work holds claims on contact, record and, until linked, every address; they are given back', async () => {
    const made = new Ground();
    const { workspaceId } = made.deps.store.scope;
    const contactId = made.contact(ann);
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme' });
    settled(made);
    const taken = new Set<string>();
    const kept: (readonly string[])[] = [];
    const { claims } = made.deps;
    const { take } = claims;
    claims.take = (keys) => {
      for (const key of keys) taken.add(key);
      return take(keys);
    };
    claims.keepOnly = async (keys) => {
      kept.push(keys);
    };
    await made.sync({ contactId }, 'created');
    const { contact, record, address } = claimKeys;
    const all = [contact(workspaceId, contactId), record(recordId), address(ann.email)];
    expect([...taken]).toEqual(expect.arrayContaining(all));
    expect(kept.flat()).toEqual([]);
    // Linked: the address is nobody's business any more.
    taken.clear();
    await made.sync({ contactId }, 'changed');
    expect([...taken]).toEqual(expect.arrayContaining(all.slice(0, 2)));
    expect([...taken]).not.toContain(address(ann.email));
  });

  it('8: whoever is claimed elsewhere is left for later, the neighbours are not', async () => {
    const made = new Ground();
    const [busy, free] = ['busy@x.example', 'free@x.example'].map((email) => made.contact({ ...ann, email }));
    settled(made);
    const { take } = made.deps.claims;
    const held = claimKeys.address('busy@x.example');
    made.deps.claims.take = async (keys) => take(keys.filter((key) => key !== held));
    for (const contactId of [busy, free]) await made.trigger({ contactId: contactId ?? '' }, 'created');
    await made.work();
    expect(made.outcomes()).toMatchObject([{ contactId: free, result: 'CREATED' }]);
    expect(made.waiting()).toMatchObject([{ contactId: busy, waitsFor: 'people_busy' }]);
  });
});

describe('7: versions', () => {
  it('7: a run notes the version it ran under, and the settings hold from the next batch on', async () => {
    const made = new Ground();
    const people = Array.from({ length: 250 }, (_, at) =>
      made.contact({ ...ann, email: `p${at}@x.example` }),
    );
    settled(made);
    for (const contactId of people) await made.trigger({ contactId }, 'created');
    const { createRecords } = made.deps.salesforce;
    made.deps.salesforce.createRecords = async (...given) => {
      const answer = await createRecords(...given);
      if (made.world.db.settings().values.hubspotCreates === 'lead') {
        made.world.db.changeSetting('hubspotCreates', 'contact');
      }
      return answer;
    };
    await made.work();
    const objects = made.world.org.all().map(({ object }) => object);
    expect(objects.filter((object) => object === 'Lead')).toHaveLength(200);
    expect(objects.filter((object) => object === 'Contact')).toHaveLength(50);
    const { version } = made.world.db.settings();
    expect(made.world.db.runs.all()).toMatchObject([{ settingsVersion: version }]);
  });

  it('7: a resync that is paused stops before its next batch, and goes on without doing anybody twice', async () => {
    const { world, worker } = new Ground();
    for (let at = 0; at < 450; at += 1) {
      world.account.create({ ...ann, email: `p${at}@x.example`, city: 'Lund' });
    }
    world.db.changeSetting('inclusionListId', world.listIds[0] ?? null);
    world.advance(2 * minute);
    const { createRecords } = worker.salesforce;
    worker.salesforce.createRecords = async (...given) => {
      const answer = await createRecords(...given);
      world.db.changeSetting('paused', true);
      return answer;
    };
    await workOnRun(world, worker);
    expect(world.org.all()).toHaveLength(200);
    expect(world.db.runs.all()).toMatchObject([{ status: 'WAITING', reason: 'paused' }]);
    worker.salesforce.createRecords = createRecords;
    world.db.changeSetting('paused', false);
    for (let tries = 0; tries < 5; tries += 1) {
      world.advance(minute);
      if (await workOnRun(world, worker)) break;
    }
    expect(world.org.all()).toHaveLength(450);
    expect(world.db.outcomes.all()).toHaveLength(450);
  });
});

describe('9: accountability', () => {
  it('9: disconnecting closes what waits, each with skipped(disconnected); one outcome closes several', async () => {
    const made = new Ground();
    const [first, second] = [made.contact(ann), made.contact({ ...ann, email: 'bo@x.example' })];
    for (const kind of ['created', 'joined'] as const) await made.trigger({ contactId: first }, kind);
    await made.trigger({ contactId: second }, 'changed');
    await closeInbox(made.deps);
    expect(made.waiting()).toEqual([]);
    expect(
      made.outcomes().map(({ contactId, reason, causes }) => [contactId, reason, causes.length]),
    ).toEqual([
      [first, 'disconnected', 2],
      [second, 'disconnected', 1],
    ]);
    expect(made.world.trace.filter(({ kind }) => kind === 'write')).toEqual([]);
  });

  it('9: what came in since somebody’s outcome in the run under way is closed with another outcome', async () => {
    const made = new Ground();
    const contactId = made.contact(ann);
    const at = made.world.clock.now();
    const { id } = await made.deps.store.transaction((tx) => tx.openInboxRun('RETRY', 1, at));
    await made.trigger({ contactId }, 'created');
    await made.deps.store.transaction((tx) => tx.takeUpTriggers(id, 10, at));
    await made.work();
    expect(made.outcomes()).toMatchObject([{ runId: id, result: 'CREATED' }]);
    // Its process died before the run had ended.
    made.world.db.runs.change(id, (ended) => ({ ...ended, status: 'RUNNING', finishedAt: null }));
    await made.trigger({ contactId }, 'changed');
    await made.deps.store.transaction((tx) => tx.takeUpTriggers(id, 10, at));
    await closeInbox(made.deps);
    expect(made.waiting()).toEqual([]);
    const closed = made.outcomes().filter(({ runId }) => runId !== id);
    expect(closed).toMatchObject([{ contactId, reason: 'disconnected', causes: [{ kind: 'changed' }] }]);
    expect(made.world.db.runs.all().map(({ status }) => status)).toEqual(['DONE', 'DONE']);
  });

  it('7: a privacy deletion that waits is carried out when disconnecting closes it', async () => {
    const made = new Ground();
    const contactId = made.contact(ann);
    made.world.advance(minute);
    await made.sync({ contactId }, 'created');
    await made.trigger({ contactId }, 'deleted', { privacy: true, source: 'webhook' });
    await closeInbox(made.deps);
    const { db } = made.world;
    expect(db.seen.get(`hubspot:${contactId}`)).toBeUndefined();
    expect(db.links.all()).toMatchObject([{ contactId, endCause: 'privacy_deleted', shadow: {} }]);
    expect(made.outcomes()).toMatchObject([{ contactId, reason: 'disconnected', name: null, email: null }]);
  });
});
