import { describe, expect, it } from 'vitest';
import { fail, ok } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { dropAhead, readMembers } from './read-members.ts';
import { openSession } from './session.ts';
import { Ground } from './testing.ts';

/** Four pages of two members; what was asked for in order, pages that fail once, and pages that are held up. */
async function pages() {
  const made = new Ground();
  const listId = made.world.listIds[0] ?? '';
  // The lists are processed once.
  made.world.advance(10 * 60_000);
  const asked: (string | null)[] = [];
  const failing = new Set<string>();
  const held = new Map<string, Promise<void>>();
  const members: HubSpotPort['members'] = async (_listId, after) => {
    asked.push(after);
    const page = Number(after ?? '0');
    await held.get(`${after}`);
    if (failing.delete(`${after}`)) return fail({ kind: 'unavailable', message: 'cut', maybeDone: false });
    return ok({ ids: [`${page}a`, `${page}b`], after: page < 3 ? `${page + 1}` : null });
  };
  const hubspot: HubSpotPort = Object.assign(Object.create(made.deps.hubspot), { members });
  const run = { id: 'r1', kind: 'RESYNC' as const, listId, since: made.world.clock.now() };
  const session = await openSession({ ...made.deps, hubspot }, run, 0);
  if (!session.ok) throw new Error(session.failure.reason);
  return { made, listId, asked, failing, held, session: session.value };
}

/** Until nothing that was begun is under way any more. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('8: the members of a run', () => {
  it('8: are read ahead of the work, each page once', async () => {
    const { session, asked } = await pages();
    const first = await readMembers(session, null, 4);
    expect(first).toMatchObject({ ok: true, value: { ids: ['0a', '0b', '1a', '1b'], after: '2' } });
    await settled();
    expect(asked).toEqual([null, '1', '2', '3']);
    const second = await readMembers(session, '2', 4);
    expect(second).toMatchObject({ ok: true, value: { ids: ['2a', '2b', '3a', '3b'], after: null } });
    expect(asked).toHaveLength(4);
    expect(session.ahead).toBeUndefined();
  });

  it('8: are read again where the criteria were edited since, and where reading ahead failed', async () => {
    const { session, asked, failing, made, listId } = await pages();
    await readMembers(session, null, 2);
    await settled();
    made.world.editList(listId, 'Malmö');
    expect(await readMembers(session, '1', 2)).toMatchObject({
      failure: { reason: 'segment_processing' },
    });
    made.world.advance(10 * 60_000);
    failing.add('2');
    expect(await readMembers(session, '1', 2)).toMatchObject({ ok: true, value: { after: '2' } });
    await settled();
    expect(await readMembers(session, '2', 2)).toMatchObject({ ok: true, value: { ids: ['2a', '2b'] } });
    await settled();
    expect(asked).toEqual([null, '1', '1', '2', '2', '3']);
  });

  it('8: are read no further once the run has ended', async () => {
    const { session, asked, held } = await pages();
    const { promise, resolve } = Promise.withResolvers<void>();
    held.set('2', promise);
    await readMembers(session, null, 4);
    dropAhead(session);
    resolve();
    await settled();
    expect(asked).toEqual([null, '1', '2']);
    expect(session.ahead).toBeUndefined();
  });
});
