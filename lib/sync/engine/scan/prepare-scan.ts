import { fail, ok, type Result } from '#lib/core/result.ts';
import { knownFrom, type Scan, type ScannedRecord } from '../../scan-store.ts';
import { type Trouble, troubleOf } from '../../trouble.ts';
import { askList } from '../ask-gate.ts';
import { isRefused } from '../bulk/bulk-job.ts';
import type { Session } from '../session.ts';

/** A scan is used for so long, by the job that made it and by those after it; then it is made anew. */
const lastsMs = 6 * 3_600_000;
const nobody = { Lead: 0, Contact: 0 };

/**
 * Decides how a resync finds the records of people who are not linked yet: by a scan of the org where that costs
 * fewer calls than asking for their addresses (sync rules, section 8). One that was left half read by a job that
 * died is made anew; a whole one is used again.
 */
export async function prepareScan(session: Session): Promise<Result<null, Trouble>> {
  const { run, store, integrationUserId } = session;
  if (run.kind !== 'RESYNC' || integrationUserId === null || session.scan === null) return ok(null);
  const at = await store.now();
  const isYoung = (scan: Scan) => at.getTime() - scan.startedAt.getTime() < lastsMs;
  const known = session.scan ?? (await store.scans.find(run.id));
  session.scan = known && isYoung(known) ? known : undefined;
  if (session.scan) return ok(null);
  const pays = await scanPaysFor(session);
  if (!pays.ok) return pays;
  const made = pays.value ? await scanOrg(session, at) : ok(null);
  if (!made.ok) return made;
  session.scan = made.value;
  return ok(null);
}

async function scanPaysFor(session: Session): Promise<Result<boolean, Trouble>> {
  const { salesforce, bulk, troubles } = session;
  const people = await peopleAhead(session);
  if (!people.ok) return people;
  // Where it can't pay whatever the org holds, nobody needs to ask how much that is.
  if (!bulk.scanPays(people.value, nobody)) return ok(false);
  const counts = await salesforce.recordCounts();
  if (!counts.ok && isRefused(counts.failure)) return ok(false);
  if (!counts.ok) return fail(troubleOf('salesforce', counts.failure, troubles));
  return ok(bulk.scanPays(people.value, counts.value));
}

/** About how many members are still to be looked up. */
async function peopleAhead(session: Session): Promise<Result<number, Trouble>> {
  const { run, store, hubspot, troubles } = session;
  const { linked, done } = await store.scans.progress(run.id);
  const rest = (members: number) => ok(Math.max(members - Math.max(linked, done), 0));
  if (run.listId !== null) {
    const list = await askList(session, run.listId);
    return list.ok ? rest(list.value.size ?? 0) : list;
  }
  const all = await hubspot.countContacts();
  return all.ok ? rest(all.value) : fail(troubleOf('hubspot', all.failure, troubles));
}

/** Reads all Leads and Contacts into the run's scan, page by page; null if Salesforce does not want that. */
async function scanOrg(session: Session, startedAt: Date): Promise<Result<Scan | null, Trouble>> {
  const { store, salesforce, run, troubles } = session;
  const from = knownFrom(startedAt);
  const scan: Scan = {
    ...{ id: session.newId(), runId: run.id, startedAt },
    knownUntil: { Lead: from, Contact: from },
  };
  await store.scans.begin(scan);
  for (const object of ['Lead', 'Contact'] as const) {
    for await (const page of salesforce.scanRecords(object, ['Email'])) {
      if (!page.ok && isRefused(page.failure)) {
        await store.scans.drop(run.id);
        return ok(null);
      }
      if (!page.ok) return fail(troubleOf('salesforce', page.failure, troubles));
      const records = page.value.map(
        ({ id, values, systemModstamp }): ScannedRecord => ({
          ...{ recordId: id, object, stamp: systemModstamp },
          address: values.Email?.trim().toLowerCase() ?? '',
        }),
      );
      // Without an address only those count of which is asked how many there are.
      await store.scans.add(
        scan.id,
        records.filter(({ address, stamp }) => address !== '' || stamp >= from),
      );
    }
  }
  await store.scans.finish(scan.id, await store.now());
  return ok(scan);
}
