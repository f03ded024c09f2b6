import type { ErrorCategory } from '#lib/crm/failure.ts';
import type { HubSpotContact, HubSpotProperty, PropertyHistory, Values } from '#lib/crm/ports.ts';

export type StoredContact = {
  id: string;
  /** Only what is set. */
  values: Readonly<Record<string, string>>;
  history: PropertyHistory;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  /** It has been in the bin. */
  wasArchived: boolean;
  /** Ids that it took over. */
  merged: readonly string[];
  additional: readonly string[];
};

/** Any property, calculated ones too; null when blank. */
export function propertyValue(contact: StoredContact, name: string): string | null {
  switch (name) {
    case 'hs_object_id':
      return contact.id;
    case 'createdate':
      return new Date(contact.createdAt).toISOString();
    case 'lastmodifieddate':
      return new Date(contact.updatedAt).toISOString();
    case 'hs_additional_emails':
      return contact.additional.join(';') || null;
    case 'hs_merged_object_ids':
      return contact.merged.join(';') || null;
    default:
      return contact.values[name] ?? null;
  }
}

const answeredAlways = ['hs_object_id', 'createdate', 'lastmodifieddate'];

/** A contact as HubSpot answers it; properties that do not exist are left out. */
export function asAnswered(
  contact: StoredContact,
  names: readonly string[],
  known: ReadonlyMap<string, HubSpotProperty>,
): HubSpotContact {
  const asked = [...answeredAlways, ...names].filter((name) => known.has(name));
  return {
    id: contact.id,
    values: Object.fromEntries(asked.map((name) => [name, propertyValue(contact, name)])),
    updatedAt: new Date(contact.updatedAt),
    archived: contact.archivedAt !== null,
  };
}

export function addressesOfContact(contact: StoredContact): string[] {
  return [contact.values.email ?? '', ...contact.additional].filter((address) => address !== '');
}

export type Refusal = { category: ErrorCategory; code: string; fields: string[]; message: string };

const stages = ['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'customer'];
const email = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@.,;<>()]{2,}$/u;

/** The values as HubSpot keeps them (null clears), or why it refuses them. */
export function cleanValues(
  values: Values,
  known: ReadonlyMap<string, HubSpotProperty>,
): { ok: true; value: Values } | { ok: false; failure: Refusal } {
  const clean: Values = {};
  for (const [name, raw] of Object.entries(values)) {
    const cleaned = cleanOne(name, raw, known.get(name));
    if (cleaned !== null && typeof cleaned === 'object') {
      const isRight = cleaned.code === 'PROPERTY_DOESNT_EXIST' || cleaned.code === 'READ_ONLY_VALUE';
      const category = isRight ? 'permissions' : 'values';
      const message = `${name}: ${cleaned.code}`;
      return { ok: false, failure: { category, code: cleaned.code, fields: [name], message } };
    }
    clean[name] = cleaned;
  }
  return { ok: true, value: clean };
}

function cleanOne(
  name: string,
  raw: string | null,
  property: HubSpotProperty | undefined,
): string | null | { code: string } {
  if (!property) return { code: 'PROPERTY_DOESNT_EXIST' };
  if (property.readOnly) return { code: 'READ_ONLY_VALUE' };
  if (raw === null || raw === '') return null;
  if (name === 'email') {
    const trimmed = raw.trim().toLowerCase();
    return email.test(trimmed) ? trimmed : { code: 'INVALID_EMAIL' };
  }
  if (property.type === 'number') return Number.isFinite(Number(raw)) ? raw.trim() : { code: 'INVALID_LONG' };
  if (property.type === 'bool')
    return /^(true|false)$/i.test(raw) ? raw.toLowerCase() : { code: 'INVALID_OPTION' };
  if (property.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(raw) ? raw : { code: 'INVALID_DATE' };
  if (property.type === 'enumeration' && property.options.length > 0) {
    const parts = property.fieldType === 'checkbox' ? raw.split(';').filter(Boolean) : [raw];
    const isKnown = parts.every((part) => property.options.some(({ value }) => value === part));
    return isKnown ? parts.join(';') : { code: 'INVALID_OPTION' };
  }
  return raw;
}

/** The contact with new values, its history grown; the same object if nothing changes. */
export function withValues(
  contact: StoredContact,
  values: Values,
  now: number,
  source: string,
): StoredContact {
  const next: Record<string, string> = { ...contact.values };
  const history = { ...contact.history };
  let isChanged = false;
  for (const [name, value] of Object.entries(values)) {
    const before = contact.values[name] ?? null;
    const goesBack =
      name === 'lifecyclestage' && value !== null && stages.indexOf(value) < stages.indexOf(before ?? '');
    if (before === value || goesBack) continue;
    isChanged = true;
    if (value === null) delete next[name];
    else next[name] = value;
    history[name] = [{ value, at: new Date(now), source }, ...(history[name] ?? [])];
  }
  if (!isChanged) return contact;
  const additional = contact.additional.filter((address) => address !== next.email);
  return { ...contact, values: next, history, additional, updatedAt: now };
}
