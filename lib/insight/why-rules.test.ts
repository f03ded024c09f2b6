import { describe, expect, it } from 'vitest';
import { obstaclesOf, verdictOf, type WhyFacts } from './why-rules.ts';
import type { VerdictKind, WhyFailure } from './why-schemas.ts';
import { stepsOf } from './why-steps.ts';

const at = '2026-11-22T12:00:00.000Z';
const link = {
  object: 'lead' as const,
  recordId: '00Q1',
  origin: 'MATCHED',
  importOnly: false,
  createdAt: at,
};
const tombstone = { object: 'lead' as const, cause: 'deleted_in_salesforce', at, mergedInto: null };
const criterion = {
  ...{
    property: 'lifecyclestage',
    label: 'Lifecycle stage',
    value: 'Lead',
    isHidden: false,
    since: at,
    more: 0,
  },
};
const synced = {
  ...{ result: 'UPDATED' as const, reason: null, at, written: 1, to: 'salesforce' as const },
  ...{ severalRecords: false, failure: null },
};
const failure: WhyFailure = {
  ...{ outcomeId: '0', category: 'values', code: 'STRING_TOO_LONG', message: null, field: 'Fax', value: 'x' },
  ...{ to: 'salesforce', isPartial: false },
};

/** A member that is linked, was synced and agrees. */
const member: WhyFacts = {
  ...{ connected: true, expired: false, paused: null, held: null, list: 'ready', contact: 'known' },
  ...{ goneAt: null, deletedBySalesforce: false, hasEmail: true, standing: 'member', switchUntil: null },
  budget: { used: 10, allocation: 100, freeAt: null },
  stay: { since: at, until: null },
  ...{ groups: '1', criterion: null, link, tombstone: null, outcome: synced },
  cause: { kind: 'changed', side: 'hubspot', label: 'Job title', at },
  ...{ open: null, differing: 0, agreedAt: at },
};
const outside: Partial<WhyFacts> = { standing: 'outside', stay: null, link: null, outcome: null, criterion };
const unlinked: Partial<WhyFacts> = { link: null, outcome: null, agreedAt: null };
const skipped = (reason: string) => ({ ...synced, result: 'SKIPPED' as const, reason, written: 0, to: null });
const failed = (more: Partial<WhyFailure>) => ({
  ...{ ...synced, result: 'FAILED' as const, written: 0, to: null },
  failure: { ...failure, ...more },
});
const usedUp = { used: 100, allocation: 100, freeAt: at };

const cases: [string, Partial<WhyFacts>, VerdictKind][] = [
  ['1 a member whose values agree is syncing', {}, 'syncing'],
  ['2 a member that nothing asked for was never triggered', { ...unlinked, cause: null }, 'never_triggered'],
  ['2 a linked member with changes that nothing triggered', { differing: 2 }, 'never_triggered'],
  ['3 a member without link and address has no e-mail', { ...unlinked, hasEmail: false }, 'no_email'],
  ['4 outside and never in', outside, 'outside'],
  ['5 was in and left', { standing: 'outside', stay: { since: at, until: at }, criterion }, 'left'],
  [
    '6 came once from Salesforce, never a member',
    { ...outside, link: { ...link, origin: 'CREATION_EXCEPTION' } },
    'exception',
  ],
  ['7 only the address came, by import', { ...outside, link: { ...link, importOnly: true } }, 'email_only'],
  ['8 failed: associations', { outcome: failed({ category: 'associations' }) }, 'failed'],
  ['8 failed: automation', { outcome: failed({ category: 'automation', code: 'VALIDATION' }) }, 'failed'],
  [
    '8 failed: duplicates',
    { outcome: failed({ category: 'duplicates', code: 'DUPLICATES_DETECTED' }) },
    'failed',
  ],
  ['8 failed: permissions', { outcome: failed({ category: 'permissions' }) }, 'failed'],
  ['8 failed: values, all but one field went over', { outcome: { ...synced, failure } }, 'failed'],
  [
    '8 passing: Salesforce did not answer',
    { open: { waitsFor: 'salesforce_unavailable', dueAt: at, attempts: 1 } },
    'passing',
  ],
  ['9 paused for everyone', { paused: { by: 'Maya', since: at } }, 'paused'],
  ['10 budget used up', { budget: usedUp }, 'budget'],
  ['11 link lost: the lead was deleted in Salesforce', { ...unlinked, tombstone }, 'link_lost'],
  ['12 deleted in HubSpot', { contact: 'gone', goneAt: at }, 'deleted'],
  ['12 deleted here because the record was', { contact: 'gone', deletedBySalesforce: true }, 'deleted_here'],
  ['erased: everything is forgotten', { contact: 'erased' }, 'erased'],
  ['changes from Salesforce are off', { outcome: skipped('salesforce_changes_off') }, 'salesforce_off'],
  [
    'another record with this address is used',
    { ...unlinked, outcome: skipped('other_record_used') },
    'other_record',
  ],
  [
    'merged until Sync now',
    { ...unlinked, tombstone: { ...tombstone, cause: 'merged', mergedInto: '9' } },
    'merged',
  ],
  [
    'the address is held by someone else',
    { ...unlinked, outcome: failed({ category: 'duplicates', code: 'address_held' }) },
    'address_held',
  ],
  [
    'two automations overwrite each other',
    { outcome: failed({ category: 'automation', code: 'automation_loop' }) },
    'automation_loop',
  ],
  ['60 seconds of a switch', { standing: 'waits', switchUntil: at }, 'switch_waits'],
  ['the list is deleted or static', { list: 'gone', standing: 'outside' }, 'list_gone'],
  ['the list is still processing', { list: 'processing', standing: 'outside' }, 'processing'],
  ['writing waits for a person', { held: { since: at } }, 'held'],
  ['a connection has expired', { connected: false, expired: true }, 'not_connected'],
  ['in the inbox, its turn comes', { open: { waitsFor: null, dueAt: at, attempts: 0 } }, 'waiting'],
  ['without a list everybody syncs', { list: 'none', stay: null }, 'syncing'],
];

describe('the verdict', () => {
  it.each(cases)('%s', (_name, more, kind) => {
    expect(verdictOf({ ...member, ...more }).kind).toBe(kind);
  });

  it('is personal before it is general; what holds up everybody is told besides', () => {
    const facts: WhyFacts = { ...member, ...outside, paused: { by: 'Maya', since: at }, budget: usedUp };
    expect(verdictOf(facts)).toMatchObject({ kind: 'outside', criterion, since: at });
    expect(obstaclesOf(facts).map(({ kind }) => kind)).toEqual(['paused', 'budget']);
  });

  it('names what failed, and whether everything else went over', () => {
    const { failure: told } = verdictOf({
      ...member,
      outcome: { ...synced, failure: { ...failure, isPartial: true } },
    });
    expect(told).toMatchObject({ category: 'values', field: 'Fax', isPartial: true });
  });

  it('tells who paused and how many changes wait', () => {
    const paused = verdictOf({ ...member, differing: 2, paused: { by: 'Maya', since: at } });
    expect(paused).toMatchObject({ kind: 'paused', by: 'Maya', since: at, changes: 2 });
  });
});

describe('the chain', () => {
  const statesOf = (more: Partial<WhyFacts>) => stepsOf({ ...member, ...more }).map(({ state }) => state);

  it('passes all six for a member that agrees', () => {
    expect(statesOf({})).toEqual(Array(6).fill('passed'));
  });

  it('ends at the list for who is outside', () => {
    expect(statesOf(outside)).toEqual(['passed', 'passed', 'failed', 'open', 'open', 'open']);
  });

  it('waits for a trigger without crossing it out', () => {
    const [, trigger, list, paired] = stepsOf({ ...member, ...unlinked, cause: null });
    expect([trigger?.state, list?.state, paired?.state]).toEqual(['waiting', 'passed', 'waiting']);
    expect(paired?.fact).toBe('will_match');
  });

  it('tells who the person is though syncing is paused for everybody', () => {
    expect(statesOf({ ...outside, paused: { by: null, since: null } })).toEqual([
      ...['failed', 'passed', 'failed', 'open', 'open', 'open'],
    ]);
  });

  it('ends at the calls when they are used up', () => {
    const steps = stepsOf({ ...member, budget: usedUp });
    expect(steps[4]).toMatchObject({
      state: 'failed',
      fact: 'used_up',
      values: { used: 100, allocation: 100 },
    });
    expect(steps[5]?.state).toBe('open');
  });

  it('warns where several records share the address', () => {
    const [, , , paired] = stepsOf({ ...member, outcome: { ...synced, severalRecords: true } });
    expect(paired).toMatchObject({ state: 'caution', fact: 'several' });
  });

  it('ends at once for a contact that is gone', () => {
    expect(statesOf({ contact: 'gone' })).toEqual(['passed', 'failed', 'open', 'open', 'open', 'open']);
  });
});
