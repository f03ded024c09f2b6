import { describe, expect, it } from 'vitest';
import { getActor } from '#lib/auth/server/get-actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { createWorkspace, moveClock, testDatabase } from './database.ts';

testDatabase();

describe('the database of a test file', () => {
  it('is migrated, and its session factory makes a session that counts', async () => {
    const { actor, cookie } = await createWorkspace({ role: 'viewer' });
    expect(await getActor(cookie)).toEqual({ ok: true, value: actor });
    expect(await db().session.count()).toBe(1);
  });

  it('has a clock that moves on demand', async () => {
    const before = (await now()).getTime();
    await moveClock(90 * 86_400_000);
    const moved = (await now()).getTime() - before;
    expect(moved).toBeGreaterThanOrEqual(90 * 86_400_000);
    expect(moved).toBeLessThan(91 * 86_400_000);
  });
});
