import { describe, expect, it } from 'vitest';
import { db, inTransaction } from '#lib/core/db.ts';
import { createWorkspace, testDatabase } from '#lib/testing/database.ts';
import { defaultMappings } from '../default-mappings.ts';
import { ensureDefaultMappings, listMappings } from './index.ts';

testDatabase();

describe('default mappings', () => {
  it('are made once for a workspace, also when two ask at the same moment', async () => {
    const { workspaceId } = await createWorkspace();
    const other = await createWorkspace();
    const ask = () => inTransaction((tx) => ensureDefaultMappings(tx, workspaceId));
    await Promise.all([ask(), ask()]);
    await ask();
    const mappings = await listMappings(db(), workspaceId);
    expect(mappings.map(({ hubspotProperty, leadField }) => [hubspotProperty, leadField])).toEqual(
      defaultMappings.map(({ hubspotProperty, leadField }) => [hubspotProperty, leadField]),
    );
    expect(new Set(mappings.map(({ rule }) => rule))).toEqual(new Set(['PREFER_SALESFORCE']));
    expect(await listMappings(db(), other.workspaceId)).toEqual([]);
  });
});
