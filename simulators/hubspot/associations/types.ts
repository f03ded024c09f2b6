/** A kind of association in one direction. */
export interface AssociationType {
  category: string;
  typeId: number;
  label: string | null;
  fromTypeId: string;
  toTypeId: string;
  /** The same seen from the other side. */
  inverse: number;
  /** Only one record may be linked by it. */
  primary?: boolean;
  /** A label a user made; `name` is its internal name. */
  name?: string;
}

type Pair = readonly [from: string, to: string, typeId: number, inverse: number, label?: string];

const pairs: readonly Pair[] = [
  ['0-1', '0-2', 279, 280],
  ['0-1', '0-2', 1, 2, 'Primary'],
  ['0-1', '0-1', 449, 449],
  ['0-2', '0-2', 450, 450],
  ['0-2', '0-2', 14, 13, 'Parent Company'],
  ['0-1', '0-3', 4, 3],
  ['0-2', '0-3', 342, 341],
  ['0-2', '0-3', 6, 5, 'Primary'],
  ['0-1', '0-5', 15, 16],
  ['0-2', '0-5', 340, 339],
  ['0-3', '0-5', 27, 28],
  ['0-3', '0-8', 19, 20],
  ['0-1', '0-46', 201, 202],
  ['0-1', '0-27', 203, 204],
  ['0-1', '0-47', 199, 200],
  ['0-1', '0-48', 193, 194],
  ['0-1', '0-49', 197, 198],
  ['0-2', '0-46', 189, 190],
  ['0-2', '0-27', 191, 192],
];

const INVERSE_LABELS: Record<number, string> = { 13: 'Child Company' };

/** The associations HubSpot itself defines, in both directions. */
export const standardAssociations: readonly AssociationType[] = pairs.flatMap(
  ([fromTypeId, toTypeId, typeId, inverse, label = null]) => {
    const category = 'HUBSPOT_DEFINED';
    const primary = label === 'Primary';
    const there = { category, typeId, label, fromTypeId, toTypeId, inverse, primary };
    if (typeId === inverse) return [there];
    const back = { category, typeId: inverse, label: INVERSE_LABELS[inverse] ?? label, primary };
    return [there, { ...back, fromTypeId: toTypeId, toTypeId: fromTypeId, inverse: typeId }];
  },
);
