import type { CrmResult } from '#lib/crm/failure.ts';
import type { SalesforceObject, Values } from '#lib/crm/ports.ts';
import type { PortOptions } from './hubspot-port.ts';
import type { SalesforceOrg } from './salesforce-org.ts';
import type { StoredRecord } from './salesforce-record.ts';

export type OrgContext = { org: SalesforceOrg } & Required<PortOptions>;

/** Creates a record as the integration user and tells the observer. */
export function createOne(
  { org, worker, observe }: OrgContext,
  object: SalesforceObject,
  values: Values,
  options: { userId: string; autoAssign: boolean },
): CrmResult<StoredRecord> {
  const holders = values.Email ? org.holdersOf(values.Email).map(({ id }) => id) : [];
  const made = org.create(object, values, options);
  if (!made.ok) return made;
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, null]));
  observe({
    ...{ kind: 'write', at: org.clock.ms(), worker, side: 'salesforce', id: made.value.id },
    ...{ isNew: true, before, after: valuesOf(made.value, values), holders },
  });
  return made;
}

/** Changes a record as the integration user and tells the observer. */
export function updateOne({ org, worker, observe }: OrgContext, id: string, values: Values): CrmResult<void> {
  const before = org.get(id);
  const newAddress = values.Email && values.Email.toLowerCase() !== before?.values.Email?.toLowerCase();
  const holders = newAddress && values.Email ? org.holdersOf(values.Email).map((each) => each.id) : [];
  const saved = org.update(id, values, { userId: org.integrationUserId });
  if (!saved.ok) return saved;
  observe({
    ...{ kind: 'write', at: org.clock.ms(), worker, side: 'salesforce', id, isNew: false, holders },
    ...{ before: before ? valuesOf(before, values) : {}, after: valuesOf(saved.value, values), sent: values },
  });
  return { ok: true, value: undefined };
}

function valuesOf(record: StoredRecord, names: Values): Values {
  return Object.fromEntries(Object.keys(names).map((name) => [name, record.values[name] ?? null]));
}
