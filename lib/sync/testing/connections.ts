import { firstCursor, sources } from '../collect/read-changes.ts';
import { neverChecked } from './memory/collect-store.ts';
import { SalesforceOrg } from './memory/salesforce-org.ts';
import type { CrmName } from './memory/trace.ts';
import type { FoundRecord, OrgName } from './org-names.ts';
import { World } from './world.ts';

const orgIds: Record<OrgName, string> = {
  first: '00D000000000001AAA',
  other: '00D000000000002AAA',
  copy: '00D000000000003AAA',
};

/** Somebody ends a connection; HubSpot's is the workspace's, whichever org that is connected to. */
export function disconnect(world: World, crm: CrmName): void {
  for (const each of crm === 'hubspot' ? world.orgs : [world]) each.away.add(crm);
}

/** What was disconnected is connected again: to the same account and org, as if for the first time. */
export function connect(world: World): void {
  if (world.away.size > 0) beginConnection(world);
  world.away.clear();
  for (const each of world.orgs) each.away.delete('hubspot');
}

/** Both systems are connected now; where reading begins is stored with the first connection. */
export function beginConnection({ db, clock }: World): void {
  db.connectedAt = clock.now();
  const cursor = firstCursor(db.connectedAt);
  for (const source of sources) if (!db.cursors.get(source)) db.cursors.set({ source, cursor });
  if (!db.checks.get('check')) db.checks.set({ ...neverChecked, id: 'check', checkedAt: db.connectedAt });
}

/** The same workspace with the org that it is connected to now. */
export function connected(world: World): World {
  return world.orgs.find(({ isElsewhere }) => !isElsewhere) ?? world;
}

/** The same workspace with that org, if it has ever been connected to it. */
export function inOrg({ orgs }: World, name: OrgName): World | undefined {
  return orgs.find(({ org }) => org.orgId === orgIds[name]);
}

/**
 * A person connects another org, and says that this is meant: what there is of the former one rests. `found`: who is
 * in the other org when it is connected first.
 */
export function swapTo(world: World, name: OrgName, found: readonly FoundRecord[] = []): void {
  turnTo(inOrg(world, name) ?? newOrg(connected(world), name, found));
}

/** The same, of an org that was connected before. */
export function turnTo(next: World): void {
  const former = connected(next);
  if (next === former) return;
  former.isElsewhere = true;
  former.away.add('salesforce');
  next.isElsewhere = false;
  next.away.delete('salesforce');
  if (next.away.size === 0) beginConnection(next);
}

function newOrg(former: World, name: OrgName, found: readonly FoundRecord[]): World {
  const first = inOrg(former, 'first')?.org ?? former.org;
  const org = name === 'copy' ? first.copy(orgIds.copy) : new SalesforceOrg(former.clock, orgIds[name]);
  const next = new World(0, { former, org });
  for (const { object, values } of name === 'copy' ? [] : found) org.create(object, values);
  // They were there before.
  former.advance(60_000);
  next.isElsewhere = true;
  if (former.away.has('hubspot')) next.away.add('hubspot');
  next.bulkFrom = former.bulkFrom;
  next.scans = former.scans;
  next.atOnce = former.atOnce;
  next.manyChanges = former.manyChanges;
  org.changesAPage = former.org.changesAPage;
  return next;
}
