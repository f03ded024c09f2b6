import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, testDatabase } from '#lib/testing/database.ts';
import { claimKeys } from './engine/claims.ts';
import { openClaims } from './server/claims.ts';
import { collectStore } from './server/collect-store.ts';
import { openStore } from './server/store.ts';
import type { Scope } from './store.ts';

testDatabase();

const recordId = '00Q000000000001AAA';
const at = new Date('2026-01-01T00:00:00Z');
let production: Scope;
let copy: Scope;
let holders: { end(): Promise<void> }[] = [];

beforeEach(async () => {
  const { workspaceId } = await createWorkspace();
  production = { workspaceId, orgId: '00D000000000001AAA' };
  // A sandbox has the records of its production with the same ids.
  copy = { workspaceId, orgId: '00D000000000002AAA' };
});

afterEach(async () => {
  for (const holder of holders) await holder.end();
  holders = [];
});

function claimsOf(orgId: string) {
  const claims = openClaims(orgId, randomUUID());
  holders.push(claims);
  return claims;
}

describe('7: org swapped on reconnect, also to a copy with the same record ids', () => {
  it('7: links, shadows, what was seen, intents, cursors and the inbox belong to their org', async () => {
    const link = { id: randomUUID(), contactId: '7', recordId, object: 'LEAD' as const, createdAt: at };
    const origin = { origin: 'MATCHED' as const, openException: false, importOnly: false };
    const intent = { id: randomUUID(), batchId: randomUUID(), address: 'ann@x.example', contactId: '7' };
    const cause = { kind: 'changed', side: 'salesforce', at: at.toISOString(), source: 'poll' } as const;
    const store = openStore(production);
    await store.transaction(async (tx) => {
      await tx.insertLinks([{ ...link, ...origin }]);
      await tx.storeSeen('salesforce', [{ id: recordId, fields: {}, modifiedAt: at }], at);
      const { id: runId } = await tx.openInboxRun('POLL', 0, at);
      await tx.insertIntents([{ ...intent, runId, object: 'LEAD', sentAt: at, jobId: null }]);
      await tx.addTriggers([{ contactId: null, recordId, object: 'LEAD', causes: [cause] }], at);
    });
    const collecting = collectStore();
    const cursor = { beganAt: at, newest: { at, id: null }, reading: null };
    await collecting.commit(production, { cursor: { source: 'Lead', cursor } });

    const known = async (scope: Scope) => {
      const own = openStore(scope);
      return {
        links: (await own.linksOfRecords([recordId])).length + (await own.linksOfContacts(['7'])).length,
        known: (await collecting.linksOfRecords(scope, [recordId])).length,
        seen: (await own.seen('salesforce', [recordId])).size,
        intents: (await own.openIntents(['ann@x.example'])).length,
        waiting: (await own.dueTriggers(new Date('2099-01-01'), 10)).length,
        cursor: await collecting.cursor(scope, 'Lead'),
      };
    };
    expect(await known(copy)).toEqual({
      ...{ links: 0, known: 0, seen: 0, intents: 0, waiting: 0, cursor: null },
    });
    // The same record may be linked there to somebody else: the former link rests untouched.
    const other = { ...link, ...origin, id: randomUUID(), contactId: '8' };
    await openStore(copy).transaction((tx) => tx.insertLinks([other]));
    expect(await openStore(copy).linksOfRecords([recordId])).toMatchObject([{ contactId: '8' }]);
    expect(await known(production)).toEqual({
      ...{ links: 2, known: 1, seen: 1, intents: 1, waiting: 1, cursor },
    });
  });

  it('8: claims on records and addresses are of an org, those on contacts of a workspace', async () => {
    const keys = [claimKeys.record(recordId), claimKeys.address('ann@x.example')];
    expect(await claimsOf(production.orgId).take(keys)).toEqual(new Set(keys));
    expect(await claimsOf(copy.orgId).take(keys)).toEqual(new Set(keys));
    // Another workspace of the same org has to wait for the record.
    expect(await claimsOf(production.orgId).take(keys)).toEqual(new Set());
    const contacts = [randomUUID(), randomUUID()].map((id) => claimKeys.contact(id, '7'));
    const taken = await Promise.all(contacts.map((key) => claimsOf(production.orgId).take([key])));
    expect(taken.map((set) => [...set])).toEqual(contacts.map((key) => [key]));
    // Who began before another org was connected may still write to the workspace's contacts.
    expect(await claimsOf(copy.orgId).take(contacts)).toEqual(new Set());
  });

  it('8: who takes claims gets them until the end of the holder, whoever else asks for them meanwhile', async () => {
    const [first, second] = [claimsOf(production.orgId), claimsOf(production.orgId)];
    const keys = ['b', 'a', 'c'].map(claimKeys.record);
    await first.take(keys.slice(0, 2));
    expect(await second.take(keys)).toEqual(new Set(keys.slice(2)));
    await first.keepOnly(keys.slice(1));
    expect(await second.take(keys.slice(0, 2))).toEqual(new Set(keys.slice(0, 1)));
    await first.end();
    expect(await second.take(keys)).toEqual(new Set(keys));
  });
});
