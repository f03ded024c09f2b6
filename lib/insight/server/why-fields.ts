import type { Values } from '#lib/crm/ports.ts';
import { isSame } from '#lib/mappings/rules.ts';
import type { Mapping } from '#lib/mappings/server/index.ts';
import {
  fieldTable,
  isOurModification,
  ownerBook,
  planSync,
  type Shadow,
  unpackShadow,
} from '#lib/sync/server/index.ts';
import type { FieldNext, FieldRow } from '../why-schemas.ts';
import type { LiveContact, LiveRecord } from './why-live.ts';
import type { StoredLink } from './why-repository.ts';
import { type Teller, tellerOf } from './why-values.ts';

type Parts = {
  live: LiveContact;
  record: LiveRecord | null;
  link: StoredLink | null;
  seenFields: Record<string, { at: string }>;
  timeZone: string;
  integrationUserId: string | null;
  at: Date;
};

/** Each mapped field with both values, its last agreement, and what the rules do with it next. */
export function fieldsOf(parts: Parts): FieldRow[] {
  const { live, record, link } = parts;
  const object = link?.object === 'CONTACT' ? ('Contact' as const) : ('Lead' as const);
  const nameOf = (mapping: Mapping) => (object === 'Lead' ? mapping.leadField : mapping.contactField);
  const mapped = live.mappings.filter((mapping) => nameOf(mapping) !== null);
  const shadow = unpackShadow(link?.shadow ?? {});
  const nexts = nextsOf(parts, object, shadow);
  const teller = tellerOf(live.properties, live.owners);
  const users = new Map(record?.users.map(({ id, name }) => [id, name]));
  const rows = mapped.map((mapping): FieldRow => {
    const field = nameOf(mapping) ?? '';
    const property = mapping.hubspotProperty;
    const next = nexts.get(mapping.id) ?? { next: 'none', code: null };
    const isOwner = field === 'OwnerId';
    const ofSalesforce = (value: string | null) => (isOwner ? (users.get(value ?? '') ?? value) : value);
    const agreement = shadow[mapping.id];
    return {
      ...{ mappingId: mapping.id, property, field, label: teller.label(property), rule: mapping.rule },
      hubspot: hubspotSide(live, teller, property, agreement?.at),
      salesforce: salesforceSide(record?.record?.values, field, {
        ...{ isHidden: teller.isHidden(property), say: ofSalesforce },
        changedAt: later(parts.seenFields[field]?.at ?? null, agreement?.at),
      }),
      agreed: agreedOf({ agreement, property, teller, ofSalesforce }),
      ...(mapping.rule === 'DONT_SYNC' ? { next: 'never', code: null } : next),
    };
  });
  const isMoving = ({ next }: FieldRow) => ['hubspot', 'salesforce', 'fails'].includes(next);
  return [...rows.filter(isMoving), ...rows.filter((row) => !isMoving(row))];
}

type Next = { next: FieldNext; code: string | null };

/** Asks the planner of the sync itself; nothing is written. */
function nextsOf(parts: Parts, object: 'Lead' | 'Contact', shadow: Shadow): Map<string, Next> {
  const { live, record, timeZone, integrationUserId } = parts;
  if (!record?.record) return new Map();
  const definitions = { properties: live.properties, fields: record.fields, timeZone };
  const table = fieldTable(object, live.mappings, definitions);
  const { contact, history } = live;
  const newest = Object.entries(history).flatMap(([name, [value]]) =>
    value ? [[name, value.at] as const] : [],
  );
  const seen = Object.entries(parts.seenFields);
  const plan = planSync(
    table,
    {
      contact: contact.values,
      record: record.record.values,
      shadow,
      intended: null,
      matchedByAdditional: false,
      changedAt: { hubspot: contact.updatedAt, salesforce: record.record.lastModifiedAt },
      propertyChangedAt: Object.fromEntries(newest),
      fieldChangedAt: Object.fromEntries(seen.map(([name, each]) => [name, new Date(each.at)])),
      lastModifiedByUs: isOurModification(record.record, integrationUserId, { shadow, intended: null }),
    },
    ownerBook(live.owners, record.users),
    parts.at.toISOString(),
  );
  const nexts = new Map<string, Next>(table.absent.map((id) => [id, { next: 'absent', code: null }]));
  for (const { mappingId, pair, property, name } of table.fields) {
    const agreed = plan.shadow[mappingId];
    const isAgreed =
      agreed &&
      isSame(pair, agreed.h, contact.values[property]) &&
      isSame(pair, agreed.s, record.record.values[name]);
    nexts.set(mappingId, { next: isAgreed ? 'agreed' : 'stays', code: null });
  }
  for (const { mappingId, to, failure } of plan.changes) {
    const wins = to === 'salesforce' ? ('hubspot' as const) : ('salesforce' as const);
    nexts.set(mappingId, failure ? { next: 'fails', code: failure.code } : { next: wins, code: null });
  }
  return nexts;
}

function hubspotSide(live: LiveContact, teller: Teller, property: string, agreedAt: string | undefined) {
  const value = live.contact.values[property];
  if (value === undefined) return null;
  const [newest] = live.history[property] ?? [];
  return {
    value: teller.value(property, value),
    isHidden: teller.isHidden(property),
    changedAt: later(newest?.at.toISOString() ?? null, agreedAt),
  };
}

function salesforceSide(
  values: Values | undefined,
  field: string,
  how: { isHidden: boolean; say: (value: string | null) => string | null; changedAt: string | null },
) {
  const value = values?.[field];
  if (value === undefined) return null;
  return {
    value: how.isHidden || value === '' ? null : how.say(value),
    isHidden: how.isHidden,
    changedAt: how.changedAt,
  };
}

/** A time is told only if it is after the last agreement. */
function later(at: string | null, agreedAt: string | undefined): string | null {
  return at !== null && agreedAt !== undefined && at > agreedAt ? at : null;
}

function agreedOf(parts: {
  agreement: Shadow[string] | undefined;
  property: string;
  teller: Teller;
  ofSalesforce: (value: string | null) => string | null;
}): FieldRow['agreed'] {
  const { agreement, property, teller, ofSalesforce } = parts;
  if (!agreement) return null;
  const isHidden = teller.isHidden(property);
  const [h, s] = [teller.value(property, agreement.h), ofSalesforce(agreement.s)];
  return { value: isHidden ? null : (h ?? s), isHidden, at: agreement.at, isSame: (h ?? '') === (s ?? '') };
}
