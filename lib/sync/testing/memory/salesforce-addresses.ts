import { lateCommitMs } from '#lib/crm/late-commit.ts';
import type { AddressSpan, RecordAddress, SalesforceObject, SalesforcePort } from '#lib/crm/ports.ts';
import type { StoredRecord } from './salesforce-record.ts';
import type { OrgContext } from './salesforce-writes.ts';

const wholeSecond = (ms: number) => Math.floor(ms / 1_000) * 1_000;
const isGone = ({ deletedAt, convertedTo }: StoredRecord) => deletedAt !== null || convertedTo !== null;
const addressOf = ({ values }: StoredRecord) => values.Email?.trim().toLowerCase() || null;

/** The addresses of what changed, what lies in the bin too, and how many records changed before. */
export function addressCalls({ org, worker, observe }: OrgContext): Pick<SalesforcePort, 'changedAddresses'> {
  const changesOf = (object: SalesforceObject, { from, since, own }: AddressSpan, userId: string) => {
    const [start, end] = [wholeSecond(from.getTime()), wholeSecond(since.getTime())];
    const all = org.all().filter((record) => record.object === object);
    const isTold = ({ systemModstamp: at, lastModifiedById }: StoredRecord) =>
      at >= wholeSecond(own.getTime()) || (lastModifiedById !== userId && at >= end - lateCommitMs);
    const changed = all.filter(isTold).map(
      (record): RecordAddress => ({
        ...{ id: record.id, object, address: addressOf(record), isGone: isGone(record) },
        systemModstamp: new Date(record.systemModstamp),
      }),
    );
    const before = all.filter(({ systemModstamp: at }) => at >= start && at < end);
    return { earlier: before.filter((record) => !isGone(record)).length, changed };
  };
  return {
    async changedAddresses(spans, userId) {
      const holders = new Map<string, string[]>();
      for (const record of org.all().filter((each) => !isGone(each))) {
        const address = addressOf(record);
        if (address) holders.set(address, [...(holders.get(address) ?? []), record.id]);
      }
      observe({ kind: 'sweep', at: org.clock.ms(), worker, holders });
      const of = (object: SalesforceObject) => changesOf(object, spans[object], userId);
      return { ok: true, value: { Lead: of('Lead'), Contact: of('Contact') } };
    },
  };
}
