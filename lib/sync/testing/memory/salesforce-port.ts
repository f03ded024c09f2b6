import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import type { SalesforcePort } from '#lib/crm/ports.ts';
import { callTime } from './call-time.ts';
import { shownBy } from './clock.ts';
import type { PortOptions } from './hubspot-port.ts';
import { addressCalls } from './salesforce-addresses.ts';
import { bulkCalls } from './salesforce-bulk.ts';
import { replicationCalls } from './salesforce-changes.ts';
import type { SalesforceOrg } from './salesforce-org.ts';
import { asRecord, refused, type StoredRecord } from './salesforce-record.ts';
import { createOne, type OrgContext, updateOne } from './salesforce-writes.ts';
import { nobody } from './trace.ts';

const locked: CrmFailure = {
  ...{ kind: 'unavailable', message: 'UNABLE_TO_LOCK_ROW: held', maybeDone: false },
  ofRecord: true,
};

/** A port over an org in memory: what the real adapter answers, at once and without faults of its own. */
export function salesforcePort(org: SalesforceOrg, options: PortOptions = {}): SalesforcePort {
  const context: OrgContext = {
    org,
    worker: 'test',
    observe: nobody,
    rowFault: { take: () => null },
    callTime: callTime(org.clock),
    ...options,
  };
  return {
    clock: shownBy(org.clock),
    ...orgCalls(org),
    ...readingCalls(context),
    ...writingCalls(context),
    ...replicationCalls(context),
    ...addressCalls(context),
    ...bulkCalls(context),
  };
}

function orgCalls(
  org: SalesforceOrg,
): Pick<SalesforcePort, 'organization' | 'limits' | 'describe' | 'users'> {
  return {
    organization: async () => ({ ok: true, value: { orgId: org.orgId, name: 'Memory', sandbox: false } }),
    limits: async () => ({ ok: true, value: { used: 0, max: 100_000 } }),
    describe: async (object) => ({ ok: true, value: [...org.fields(object).values()] }),
    users: async () => ({ ok: true, value: [...org.users] }),
  };
}

function readingCalls({
  org,
  worker,
  observe,
}: OrgContext): Pick<SalesforcePort, 'findByEmail' | 'readRecords'> {
  const answer = (record: StoredRecord, names: readonly string[]) => {
    const read = asRecord(record, names, org.fields(record.object));
    const { id, values } = read;
    observe({ kind: 'read', at: org.clock.ms(), worker, side: 'salesforce', id, values });
    return read;
  };
  return {
    async findByEmail(addresses, fields) {
      const value = addresses.map((address) => {
        const found = address.trim() === '' ? [] : org.holdersOf(address);
        const ids = found.map(({ id }) => id);
        observe({ kind: 'lookUp', at: org.clock.ms(), worker, address: address.toLowerCase(), ids });
        return found.map((record) => answer(record, fields[record.object]));
      });
      return { ok: true, value };
    },
    async readRecords(object, ids, fields) {
      const value = ids.map((id) => {
        const record = org.get(id);
        const isThere = record && record.object === object && record.deletedAt === null;
        return isThere ? answer(record, fields) : null;
      });
      return { ok: true, value };
    },
  };
}

function writingCalls(context: OrgContext): Pick<SalesforcePort, 'createRecords' | 'updateRecords'> {
  const { org, rowFault } = context;
  const userId = org.integrationUserId;
  return {
    async createRecords(records, { autoAssign }) {
      const value = records.map(({ object, values }) => {
        const fault = rowFault.take();
        if (fault) return hit(fault);
        const created = createOne(context, object, values, { userId, autoAssign });
        return created.ok ? { ok: true as const, value: { id: created.value.id } } : created;
      });
      return { ok: true, value };
    },
    async updateRecords(changes) {
      const value = changes.map(({ id, values }): CrmResult<void> => {
        const fault = rowFault.take();
        if (fault) return hit(fault);
        return updateOne(context, id, values);
      });
      return { ok: true, value };
    },
  };
}

function hit(fault: 'lockedRow' | 'badRow'): { ok: false; failure: CrmFailure } {
  return fault === 'lockedRow'
    ? { ok: false, failure: locked }
    : refused('automation', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
}
