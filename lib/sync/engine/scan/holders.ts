import { fail, ok, type Result } from '#lib/core/result.ts';
import { ownLateCommitMs } from '#lib/crm/late-commit.ts';
import type { AddressChanges, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import { type KnownUntil, knownFrom, type Scan, type ScannedRecord } from '../../scan-store.ts';
import { type Trouble, troubleOf } from '../../trouble.ts';
import { isRefused } from '../bulk/bulk-job.ts';
import type { Session } from '../session.ts';

const objects = ['Lead', 'Contact'] as const;
/** Something may change between the two questions of one call; what is wrong twice is wrong. */
const tries = 2;
/** A save of our own is committed so soon after its stamp, but for few. */
const mostlyCommittedMs = 5_000;

type Fields = Record<SalesforceObject, string[]>;
type Hits = Result<SalesforceRecord[][], Trouble>;

/**
 * For each address every Contact and unconverted Lead that has it, as they are now: by the run's scan if it has
 * one, else by asking for the addresses. Both answer the same.
 */
export async function holdersOf(session: Session, addresses: string[], fields: Fields): Promise<Hits> {
  if (session.scan) {
    const upToDate = await bringUpToDate(session, session.scan);
    if (!upToDate.ok) return upToDate;
    const known = upToDate.value && (await scannedHolders(session, upToDate.value, addresses, fields));
    if (known) return known;
    // What it says can't be told to be right: this job asks for addresses from now on.
    session.scan = null;
    await session.store.scans.drop(session.run.id);
  }
  const hits = await session.salesforce.findByEmail(addresses, fields);
  return hits.ok ? hits : fail(troubleOf('salesforce', hits.failure, session.troubles));
}

/**
 * Puts in what changed in the org since the scan was last looked at, so that nobody is created whom somebody else
 * has just made. Null if the org does not hold as many records as the scan knows, or another group has dropped it.
 */
async function bringUpToDate(session: Session, scan: Scan): Promise<Result<Scan | null, Trouble>> {
  const { salesforce, store, integrationUserId, troubles } = session;
  const from = knownFrom(scan.startedAt);
  // Another group may have looked since this one did.
  let known = await store.scans.find(scan.runId);
  if (known?.id !== scan.id) return ok(null);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { knownUntil } = known;
    const own = await ownFrom(session, known, attempt === 0);
    const spanOf = (object: SalesforceObject) => ({ from, since: knownUntil[object], own: own[object] });
    const spans = { Lead: spanOf('Lead'), Contact: spanOf('Contact') };
    const changes = await salesforce.changedAddresses(spans, integrationUserId ?? '');
    if (!changes.ok && isRefused(changes.failure)) return ok(null);
    if (!changes.ok) return fail(troubleOf('salesforce', changes.failure, troubles));
    known = await putIn(session, known, changes.value);
    session.scan = known;
    let isWhole = true;
    for (const object of objects) {
      const count = await store.scans.count(scan.id, object, { from, until: knownUntil[object] });
      isWhole &&= count === changes.value[object].earlier;
    }
    if (isWhole) return ok(known);
  }
  return ok(null);
}

/**
 * From when on changes of our own are told once more, for they may have been committed late. Right after the creations
 * of a Bulk job these are tens of thousands at every look: then only those that are hardly over are read again, and
 * the rest once their count is not what is known.
 */
async function ownFrom(
  { store, bulk }: Session,
  scan: Scan,
  mayBeShort: boolean,
): Promise<Record<SalesforceObject, Date>> {
  const of = async (object: SalesforceObject) => {
    const until = scan.knownUntil[object];
    const before = (ms: number) => new Date(until.getTime() - ms);
    const span = { from: before(ownLateCommitMs), until };
    const isShort = mayBeShort && (await store.scans.count(scan.id, object, span)) >= bulk.leastRows;
    return isShort ? before(mostlyCommittedMs) : span.from;
  };
  return { Lead: await of('Lead'), Contact: await of('Contact') };
}

async function putIn(
  session: Session,
  scan: Scan,
  changes: Record<SalesforceObject, AddressChanges>,
): Promise<Scan> {
  const all = objects.flatMap((object) => changes[object].changed);
  const changed = all
    .filter(({ isGone }) => !isGone)
    .map(
      ({ id, object, address, systemModstamp }): ScannedRecord => ({
        ...{ recordId: id, object, address: address ?? '', stamp: systemModstamp },
      }),
    );
  const latest = (object: SalesforceObject) =>
    changes[object].changed.reduce(
      (last, { systemModstamp }) => (systemModstamp > last ? systemModstamp : last),
      scan.knownUntil[object],
    );
  const knownUntil: KnownUntil = { Lead: latest('Lead'), Contact: latest('Contact') };
  const gone = all.filter(({ isGone }) => isGone).map(({ id }) => id);
  await session.store.scans.update(scan.id, { changed, gone, knownUntil });
  return { ...scan, knownUntil };
}

/** Those who have the addresses by the scan are read by their ids: what counts is what they say now. Null without it. */
async function scannedHolders(
  session: Session,
  scan: Scan,
  addresses: string[],
  fields: Fields,
): Promise<Hits | null> {
  const { store, salesforce, troubles } = session;
  const scanned = await store.scans.holders(scan.id, addresses);
  // Another group may have forgotten it meanwhile, and nobody would be found by it.
  if ((await store.scans.find(scan.runId))?.id !== scan.id) return null;
  const byAddress = new Map<string, SalesforceRecord[]>();
  for (const object of objects) {
    const ids = [...new Set(scanned.flatMap((each) => (each.object === object ? [each.recordId] : [])))];
    if (ids.length === 0) continue;
    const names = [...new Set([...fields[object], 'Email'])];
    const records = await salesforce.readRecords(object, ids, names);
    if (!records.ok) return fail(troubleOf('salesforce', records.failure, troubles));
    for (const record of records.value) {
      if (!record || record.isConverted) continue;
      const address = record.values.Email?.trim().toLowerCase() ?? '';
      byAddress.set(address, [...(byAddress.get(address) ?? []), record]);
    }
  }
  return ok(addresses.map((address) => byAddress.get(address) ?? []));
}
