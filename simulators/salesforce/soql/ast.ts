/** A field path as written (without the alias of the object), perhaps inside a function. */
export interface Target {
  path: string[];
  written: string;
  fn: string | null;
}

export interface Literal {
  kind: 'string' | 'number' | 'boolean' | 'null' | 'date' | 'datetime' | 'dateLiteral';
  text: string;
}

export interface Comparison {
  kind: 'compare';
  target: Target;
  operator: string;
  values: Literal[];
  subquery: SelectQuery | null;
}

export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | Comparison;

export type SelectItem =
  | { kind: 'field'; target: Target; alias: string | null }
  | { kind: 'fields'; which: string }
  | { kind: 'function'; target: Target; alias: string | null; aggregate: boolean }
  | { kind: 'typeof'; relation: string; cases: { object: string | null; fields: string[] }[] }
  | { kind: 'children'; query: SelectQuery };

export interface OrderItem {
  target: Target;
  descending: boolean;
  nullsLast: boolean;
}

export interface SelectQuery {
  object: string;
  /** USING SCOPE mine: only records that the asking user owns. */
  mineOnly: boolean;
  items: SelectItem[];
  where: Condition | null;
  groupBy: Target[];
  having: Condition | null;
  orderBy: OrderItem[];
  limit: number | null;
  offset: number;
  /** `SELECT count() FROM …`: only a number is wanted. */
  countOnly: boolean;
}
