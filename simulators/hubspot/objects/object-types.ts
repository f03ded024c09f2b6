import { notFound } from '../http/errors.ts';

export interface ObjectType {
  /** Such as `0-1`. */
  id: string;
  /** Such as `contacts`. */
  plural: string;
  singular: string;
  /** Such as `CONTACT`. */
  upper: string;
  label: string;
  labelPlural: string;
  /** Properties that a read without `properties` answers with. */
  defaults: readonly string[];
  /** The name of the last-modified property. */
  modified: string;
  /** First record id; all ids of a type have the same length. */
  firstId: number;
  custom: boolean;
}

const GENERAL = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];

function standard(id: string, singular: string, plural: string, more: Partial<ObjectType> = {}): ObjectType {
  const label = `${singular.charAt(0).toUpperCase()}${singular.slice(1)}`.replace('_', ' ');
  return {
    ...{ id, singular, plural, upper: singular.toUpperCase(), label },
    labelPlural: `${plural.charAt(0).toUpperCase()}${plural.slice(1)}`.replace('_', ' '),
    ...{ defaults: GENERAL, modified: 'hs_lastmodifieddate', firstId: 20_100_000_001, custom: false },
    ...more,
  };
}

export const standardTypes: readonly ObjectType[] = [
  standard('0-1', 'contact', 'contacts', {
    defaults: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
    modified: 'lastmodifieddate',
    firstId: 734_931_097_788,
  }),
  standard('0-2', 'company', 'companies', {
    defaults: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
    firstId: 35_790_939_450,
  }),
  standard('0-3', 'deal', 'deals', {
    defaults: [
      ...[
        'amount',
        'closedate',
        'createdate',
        'dealname',
        'dealstage',
        'hs_lastmodifieddate',
        'hs_object_id',
      ],
      'pipeline',
    ],
  }),
  standard('0-5', 'ticket', 'tickets'),
  standard('0-7', 'product', 'products'),
  standard('0-8', 'line_item', 'line_items'),
  standard('0-27', 'task', 'tasks'),
  standard('0-46', 'note', 'notes'),
  standard('0-47', 'meeting', 'meetings'),
  standard('0-48', 'call', 'calls'),
  standard('0-49', 'email', 'emails'),
];

/** Finds a type by id, name, singular or upper-case name; a 400 for anything else. */
export function findType(types: Iterable<ObjectType>, name: string): ObjectType {
  const lower = name.toLowerCase();
  for (const type of types) {
    if (type.id === lower || type.plural === lower || type.singular === lower) return type;
    if (
      type.custom &&
      (type.singular === lower.replace(/^p\d*_/, '') || lower.endsWith(`_${type.singular}`))
    ) {
      return type;
    }
  }
  throw notFound(`Unable to infer object type from: ${name}`, { category: 'VALIDATION_ERROR' });
}
