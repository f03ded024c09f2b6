import { type FieldChoice, fittingKinds, type PropertyChoice } from '#lib/mappings/rules.ts';
import type { MappingFields } from '#lib/mappings/schemas.ts';

/** A Salesforce field by its name: one entry for both objects where they hold the same kind of value. */
export type FieldEntry = {
  id: string;
  label: string;
  name: string;
  kind: FieldChoice['kind'];
  writable: boolean;
  leadField: string | null;
  contactField: string | null;
};

type Fields = NonNullable<MappingFields['fields']>;

const entry = (id: string, { label, name, kind, writable }: FieldChoice) => ({
  id,
  label,
  name,
  kind,
  writable,
});

/** All fields of leads and contacts, those of one name and kind as one entry, by label. */
export function entriesOf({ lead, contact }: Fields): FieldEntry[] {
  const ofContact = new Map(contact.map((field) => [field.name, field]));
  const shared = new Set<string>();
  const ofLeads = lead.map((field): FieldEntry => {
    const twin = ofContact.get(field.name);
    const alone = { leadField: field.name, contactField: null };
    if (twin?.kind !== field.kind) return { ...entry(`Lead.${field.name}`, field), ...alone };
    shared.add(field.name);
    return { ...entry(field.name, field), ...alone, contactField: field.name };
  });
  const ofContacts = contact
    .filter(({ name }) => !shared.has(name))
    .map((field): FieldEntry => {
      return { ...entry(`Contact.${field.name}`, field), leadField: null, contactField: field.name };
    });
  return [...ofLeads, ...ofContacts].sort((a, b) => a.label.localeCompare(b.label));
}

/** The fields of one object, each an entry. */
export function entriesOfOne(fields: Fields, object: 'lead' | 'contact'): FieldEntry[] {
  return fields[object].map((field) => ({
    ...entry(field.name, field),
    leadField: object === 'lead' ? field.name : null,
    contactField: object === 'contact' ? field.name : null,
  }));
}

/** Splits entries by whether they fit a property; without one all of them do. */
export function byFit<T extends { kind: FieldChoice['kind'] }>(
  entries: readonly T[],
  property: PropertyChoice | null,
): { fitting: T[]; others: T[] } {
  const kinds = property ? fittingKinds[property.kind] : null;
  const fits = ({ kind }: T) => kinds === null || kinds.includes(kind);
  return { fitting: entries.filter(fits), others: entries.filter((each) => !fits(each)) };
}

/** Splits properties likewise by whether they fit the fields that are chosen. */
export function propertiesByFit(
  properties: readonly PropertyChoice[],
  fields: readonly FieldChoice[],
): { fitting: PropertyChoice[]; others: PropertyChoice[] } {
  const fits = ({ kind }: PropertyChoice) => fields.every((field) => fittingKinds[kind].includes(field.kind));
  return { fitting: properties.filter(fits), others: properties.filter((each) => !fits(each)) };
}
