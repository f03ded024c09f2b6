import { describe, expect, it } from 'vitest';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { startCursor } from '../schemas.ts';
import { startRun } from '../testing/asked-runs.ts';
import { depsOf } from '../testing/deps-of.ts';
import { World } from '../testing/world.ts';
import { runPass } from './run-pass.ts';
import { type Deps, openSession } from './session.ts';

type Read = HubSpotPort['readContacts'];

/** A resync of three contacts that takes one of them at a time; `first` is what happens when the first one is read. */
function resync(first: (read: () => ReturnType<Read>) => ReturnType<Read>) {
  const world = new World(1);
  world.atOnce = world.account.pageSize = 1;
  const ids = ['ann', 'bo', 'cy'].map((name) => {
    const made = world.account.create({ email: `${name}@x.example`, lastname: name, company: 'Acme' });
    if (!made.ok) throw new Error(JSON.stringify(made.failure));
    return made.value.id;
  });
  // Search follows within some minutes.
  world.advance(10 * 60_000);
  const run = startRun(world, 'RESYNC');
  const worker = world.worker();
  const reading = ({ beside, ...deps }: Deps): Deps => {
    const readContacts: Read = (some, properties) => {
      const read = () => deps.hubspot.readContacts(some, properties);
      return some.includes(ids[0] ?? '') ? first(read) : read();
    };
    const hubspot: HubSpotPort = Object.assign(Object.create(deps.hubspot), { readContacts });
    return { ...deps, hubspot, ...(beside ? { beside: () => reading(beside()) } : {}) };
  };
  const pass = async () => {
    const session = await openSession(reading(depsOf(world, worker)), run, 0);
    if (!session.ok) throw new Error(session.failure.reason);
    return runPass(session.value, startCursor, async () => 'go');
  };
  const linked = () =>
    world.db.links
      .where(() => true)
      .map(({ contactId }) => ids.indexOf(contactId))
      .sort();
  return {
    ids,
    pass,
    linked,
    cursor: () => world.db.runs.get(run.id)?.cursor,
    turn: () => worker.worker.pass('test'),
  };
}

describe('8: groups of people beside one another', () => {
  it('8: the cursor waits for the group that was begun first, whichever ends first', async () => {
    let letGo = () => {};
    const isFree = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const made = resync(async (read) => {
      await isFree;
      return read();
    });
    const pass = made.pass();
    while (made.linked().length < 2) await made.turn();
    expect(made.linked()).toEqual([1, 2]);
    expect(made.cursor()?.after).toBeNull();
    letGo();
    expect(await pass).toMatchObject({ kind: 'done', cursor: { later: null } });
    expect(made.linked()).toEqual([0, 1, 2]);
    expect(made.cursor()?.after).toBe(made.ids[1]);
  });

  it('8: trouble of one lets the other come to its end, and the run goes on from before both', async () => {
    const made = resync(async () => ({
      ok: false,
      failure: { kind: 'unavailable', message: 'Cut.', maybeDone: false },
    }));
    expect(await made.pass()).toMatchObject({ kind: 'trouble', cursor: { after: null } });
    expect(made.linked()).toEqual([1]);
  });

  it('8: a bug in one is heard of once the other has come to its end', async () => {
    const made = resync(async () => {
      throw new Error('A bug.');
    });
    await expect(made.pass()).rejects.toThrow('A bug.');
    expect(made.linked()).toEqual([1]);
  });
});
