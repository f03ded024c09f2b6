import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { createWorkspace, testDatabase } from '#lib/testing/database.ts';
import { forgetBefore } from './keeping-repository.ts';

testDatabase();
const limit = new Date('2026-08-01T00:00:00Z');
const [old, young] = [new Date('2026-07-31T23:59:59Z'), new Date('2026-08-01T00:00:00Z')];
const orgId = '00D000000000001AAA';
let mine: string;
let theirs: string;

/** One person with an outcome, a conflict and a link; the link has ended where `endedAt` says so. */
async function fill(workspaceId: string, contactId: string, at: Date, endedAt: Date | null): Promise<void> {
  const scope = { workspaceId, orgId };
  const recordId = `00Q00000000000${contactId}`;
  const run = await db().run.create({
    data: { ...scope, kind: 'POLL', settingsVersion: 0, createdAt: at, processed: 1, unchanged: 1 },
  });
  await db().outcome.create({
    data: {
      ...{ workspaceId, runId: run.id, contactId, at },
      ...{ direction: 'BOTH', result: 'UNCHANGED', trigger: 'changed' },
    },
  });
  await db().conflict.create({
    data: {
      ...{ ...scope, contactId, recordId, mappingId: randomUUID(), at },
      ...{ property: 'jobtitle', field: 'Title', winner: 'HUBSPOT' },
    },
  });
  const shadow = { m: { h: 'a', s: 'a', at: at.toISOString() } };
  await db().link.create({
    data: {
      ...scope,
      contactId,
      recordId,
      object: 'LEAD',
      origin: 'MATCHED',
      createdAt: at,
      endedAt,
      shadow,
    },
  });
}

beforeAll(async () => {
  mine = (await createWorkspace()).workspaceId;
  theirs = (await createWorkspace()).workspaceId;
  await fill(mine, '1', old, old);
  await fill(mine, '2', old, null);
  await fill(mine, '3', young, young);
  await fill(theirs, '1', old, old);
  await forgetBefore(db(), mine, limit);
});

describe('7: the keeping time', () => {
  it('is over for outcomes and values of conflicts, while runs and their counts stay', async () => {
    const where = { workspaceId: mine };
    expect((await db().outcome.findMany({ where })).map(({ contactId }) => contactId)).toEqual(['3']);
    expect((await db().conflict.findMany({ where })).map(({ contactId }) => contactId)).toEqual(['3']);
    expect(await db().run.count({ where: { ...where, processed: 1 } })).toBe(3);
  });

  it('is over for what ended links remember, not for living ones', async () => {
    const links = await db().link.findMany({ where: { workspaceId: mine }, orderBy: { contactId: 'asc' } });
    expect(links.map(({ shadow }) => Object.keys(Object(shadow)).length)).toEqual([0, 1, 1]);
    expect(links.map(({ recordId }) => recordId)).toHaveLength(3);
  });

  it('of another workspace is its own', async () => {
    const where = { workspaceId: theirs };
    expect(await db().outcome.count({ where })).toBe(1);
    expect(await db().conflict.count({ where })).toBe(1);
  });
});
