import { describe, expect, it } from 'vitest';
import { unpackChanges } from '#lib/activity/server/index.ts';
import { db } from '#lib/core/db.ts';
import { createWorkspace, testDatabase } from '#lib/testing/database.ts';
import type { Change } from '../change.ts';
import { nextSeen } from '../seen.ts';
import type { OutcomeRow } from '../store.ts';
import { countFilled } from './breaker-repository.ts';
import { openStore } from './store.ts';

testDatabase();
const orgId = '00D000000000001AAA';
const at = new Date('2026-08-01T00:00:00Z');
const newScope = async () => ({ workspaceId: (await createWorkspace()).workspaceId, orgId });

const change: Change = {
  ...{ mappingId: 'm', property: 'city', label: 'City', field: 'City', rule: 'TWO_WAY', to: 'salesforce' },
  ...{ old: 'Rome', new: 'Oslo' },
};
const refused: Change = { ...change, failure: { category: 'values', code: 'C', message: '' } };
const outcome = (contactId: string, changes: Change[]): OutcomeRow => ({
  ...{ contactId, recordId: null, object: null, name: null, email: null, direction: 'TO_SALESFORCE' },
  ...{ result: 'UPDATED', reason: null, category: null, code: null, message: null, changes },
  ...{ warnings: [], causes: [] },
});

describe('rows of this version and of older ones beside one another', () => {
  it('tell how many have a value', async () => {
    const scope = await newScope();
    const store = openStore(scope);
    const seen = (values: Record<string, string | null>, when = at) =>
      nextSeen(null, values, Object.keys(values), when);
    const later = nextSeen(seen({ city: 'Oslo', zip: '1' }), { city: '' }, ['city'], new Date());
    const rows = [
      seen({ city: 'Oslo', zip: null }),
      seen({ zip: '1', city: null }),
      later,
      seen({ zip: '1' }),
    ];
    await store.transaction((tx) =>
      tx.storeSeen(
        'hubspot',
        rows.map((fields, id) => ({ id: String(id), fields, modifiedAt: null })),
        at,
      ),
    );
    const data = (id: string, city: string) => ({
      ...{ ...scope, side: 'HUBSPOT' as const, id, at },
      fields: { city: { h: city, at: at.toISOString() } },
    });
    await db().seen.createMany({ data: [data('old', '2tEUtu1zQrrGXHlX'), data('blank', '')] });
    expect(await countFilled(db(), scope, 'hubspot:city')).toBe(2);
    expect(await countFilled(db(), scope, 'hubspot:zip')).toBe(3);
    expect(await countFilled(db(), scope, 'hubspot:fax')).toBe(0);
    expect(await countFilled(db(), scope, 'salesforce:city')).toBe(0);
    const read = await store.seen('hubspot', ['0', '1', '2', '3', 'old']);
    expect(rows.map((_, id) => read.get(String(id))?.fields)).toEqual(rows);
    expect(read.get('old')?.fields).toEqual(seen({ city: 'Berlin' }));
  });

  it('tell what was written, with what the run knows of fields, however many stored it at once', async () => {
    const scope = await newScope();
    const store = openStore(scope);
    const run = await store.transaction((tx) => tx.openInboxRun('POLL', 0, at));
    const relabelled = { ...change, label: 'Town' };
    await Promise.all(
      [change, relabelled, refused].map((each, n) =>
        store.transaction((tx) => tx.insertOutcomes(run.id, [outcome(String(n), [each])], at)),
      ),
    );
    await store.transaction((tx) => tx.insertOutcomes(run.id, [outcome('3', [refused, change])], at));
    const { workspaceId } = scope;
    await db().outcome.create({
      data: {
        ...{ workspaceId, runId: run.id, contactId: '4', at, direction: 'BOTH', result: 'UPDATED' },
        ...{ trigger: 'changed', changes: JSON.parse(JSON.stringify([change, refused])) },
      },
    });
    const stored = await db().outcome.findMany({
      where: { workspaceId },
      include: { run: true },
      orderBy: { contactId: 'asc' },
    });
    expect(stored.map((row) => unpackChanges(row, row.run))).toEqual([
      ...[[change], [relabelled], [refused], [change, refused], [change, refused]],
    ]);
    expect(await db().run.findUnique({ where: { id: run.id } })).toMatchObject({ processed: 4, updated: 4 });
  });
});
