import {
  type FieldType,
  type FunctionExp,
  type HavingClause,
  type OrderByClause,
  type Condition as ParsedCondition,
  parseQuery,
  type Query,
  type Subquery,
  type WhereClause,
} from '@jetstreamapp/soql-parser-js';
import type { ApiError } from '../errors.ts';
import type { Comparison, Condition, Literal, SelectItem, SelectQuery, Target } from './ast.ts';
import { buildConditions, readStructure } from './conditions.ts';
import { malformed, malformedAt, placeOf, words } from './errors.ts';

const MAX_LENGTH = 100_000;

function foundToken(message: string): string | null {
  const mismatch =
    /but found --> '([\s\S]*)' <--/.exec(message) ?? /but found: '([\s\S]*)'\s*$/.exec(message);
  if (mismatch !== null) return mismatch[1] ?? '';
  const redundant = /expecting EOF but found: (\S+)/.exec(message);
  return redundant?.[1] ?? null;
}

function messageOf(soql: string): string | null {
  try {
    parseQuery(soql);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The vendor's words for what the parser stumbled over. */
function syntaxError(soql: string, message: string): ApiError {
  const offset = /unexpected character: .* at offset: (\d+)/.exec(message);
  if (offset !== null) {
    const at = Number(offset[1]);
    const sign = soql.charAt(at);
    return malformedAt(soql, at, `line 1:${at} no viable alternative at character '${sign}'`);
  }
  const token = foundToken(message);
  if (token === null || token === '') {
    return malformedAt(soql, soql.length, "unexpected token: '<EOF>'");
  }
  const text = `unexpected token: '${token}'`;
  const candidates = words(soql).filter((word) => word.text === token);
  for (const word of candidates) {
    if (word.at === 0) return malformed(text);
    const prefix = messageOf(soql.slice(0, word.at + word.text.length));
    const stops = prefix === null ? null : foundToken(prefix);
    if (stops !== null && stops !== '') return malformedAt(soql, word.at, text);
  }
  return malformedAt(soql, candidates.at(-1)?.at ?? 0, text);
}

/** Parses a query into the tree the engine runs on; throws the vendor's refusal of a query it cannot read. */
export function parseSoql(soql: string): SelectQuery {
  if (soql.length > MAX_LENGTH) throw malformed('SOQL statements cannot be longer than 100000 characters.');
  let parsed: Query;
  try {
    parsed = parseQuery(soql);
  } catch (error) {
    throw syntaxError(soql, error instanceof Error ? error.message : String(error));
  }
  if (parsed.sObject === undefined) throw malformed("unexpected token: '<EOF>'");
  return new Converter(soql).query(parsed, parsed.sObject);
}

class Converter {
  readonly #soql: string;
  readonly #words: string[];
  /** Where the WHERE and HAVING clauses begin that have not been converted yet, in the order of the text. */
  readonly #clauses: number[];

  constructor(soql: string) {
    this.#soql = soql;
    this.#words = words(soql).map((word) => word.text);
    this.#clauses = this.#words.flatMap((word, index) => (/^(where|having)$/i.test(word) ? [index + 1] : []));
  }

  #conditions(clause: WhereClause | HavingClause, own: (string | null)[]): Condition {
    const signs = readStructure(this.#words, this.#clauses.shift() ?? this.#words.length);
    const refuse = (sign: string) => {
      const word = words(this.#soql).findLast((each) => each.text.toUpperCase() === sign);
      return malformedAt(this.#soql, word?.at ?? 0, `unexpected token: '${word?.text ?? sign}'`);
    };
    return buildConditions(clause, signs, (condition) => this.#comparison(condition, own), refuse);
  }

  query(parsed: Query | Subquery, object: string): SelectQuery {
    const alias = parsed.sObjectAlias?.toLowerCase() ?? null;
    const own = [alias, object.toLowerCase()];
    const items = (parsed.fields ?? []).map((field) => this.#item(field, own, parsed.groupBy !== undefined));
    const [first] = items;
    const countOnly =
      items.length === 1 &&
      first?.kind === 'function' &&
      first.target.fn === 'COUNT' &&
      first.target.path.length === 0;
    const using = parsed.usingScope?.toLowerCase() ?? 'everything';
    if (using !== 'everything' && using !== 'mine') {
      throw malformedAt(this.#soql, placeOf(this.#soql, using), `scope '${using}' is not supported`);
    }
    return {
      object,
      mineOnly: using === 'mine',
      items,
      where: parsed.where === undefined ? null : this.#conditions(parsed.where, own),
      groupBy: list(parsed.groupBy).map((clause) =>
        'fn' in clause ? this.#fn(clause.fn, own) : target(clause.field, own),
      ),
      having: parsed.having === undefined ? null : this.#conditions(parsed.having, own),
      orderBy: list<OrderByClause>(parsed.orderBy).map((clause) => ({
        target: 'fn' in clause ? this.#fn(clause.fn, own) : target(clause.field, own),
        descending: clause.order === 'DESC',
        nullsLast: clause.nulls === 'LAST',
      })),
      limit: parsed.limit ?? null,
      offset: parsed.offset ?? 0,
      countOnly,
    };
  }

  #item(field: FieldType, own: (string | null)[], grouped: boolean): SelectItem {
    if (field.type === 'FieldSubquery') {
      return { kind: 'children', query: this.query(field.subquery, field.subquery.relationshipName) };
    }
    if (field.type === 'FieldTypeof') {
      const cases = field.conditions.map((each) => ({
        object: each.objectType ?? null,
        fields: each.fieldList,
      }));
      return { kind: 'typeof', relation: field.field, cases };
    }
    if (field.type === 'FieldFunctionExpression') {
      if (field.functionName.toUpperCase() === 'FIELDS') {
        return { kind: 'fields', which: String(field.parameters[0]).toUpperCase() };
      }
      const aggregate = AGGREGATES.has(field.functionName.toUpperCase());
      return { kind: 'function', target: this.#fn(field, own), alias: field.alias ?? null, aggregate };
    }
    const alias = 'alias' in field && field.alias !== undefined ? field.alias : null;
    const path =
      field.type === 'FieldRelationship' ? [...field.relationships, field.field].join('.') : field.field;
    if (alias !== null && !grouped) {
      throw malformedAt(this.#soql, placeOf(this.#soql, alias), `unexpected token: '${alias}'`);
    }
    return { kind: 'field', target: target(path, own), alias };
  }

  #fn(fn: FunctionExp, own: (string | null)[]): Target {
    const [parameter] = fn.parameters ?? [];
    const inner = typeof parameter === 'object' ? this.#fn(parameter, own) : null;
    const name = fn.functionName?.toUpperCase() ?? '';
    if (inner !== null) return { path: inner.path, written: fn.rawValue ?? name, fn: name };
    const path = typeof parameter === 'string' ? target(parameter, own).path : [];
    return { path, written: typeof parameter === 'string' ? parameter : (fn.rawValue ?? name), fn: name };
  }

  #comparison(condition: ParsedCondition, own: (string | null)[]): Comparison {
    const raw = condition as unknown as Record<string, unknown>;
    const fn = raw.fn as FunctionExp | undefined;
    const subquery = raw.valueQuery as Query | undefined;
    const base = {
      kind: 'compare' as const,
      target: fn === undefined ? target(String(raw.field), own) : this.#fn(fn, own),
      operator: String(raw.operator).toUpperCase(),
    };
    if (subquery !== undefined) {
      return { ...base, values: [], subquery: this.query(subquery, subquery.sObject ?? '') };
    }
    const texts = list<unknown>(raw.value as unknown[]).map(String);
    const types = list<unknown>(raw.literalType as unknown[]).map(String);
    const literals = texts.map((text, index) => literal(text, types[index] ?? types[0] ?? 'STRING'));
    return { ...base, values: literals, subquery: null };
  }
}

const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

function list<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function target(written: string, own: (string | null)[]): Target {
  const path = written.split('.');
  const [head = ''] = path;
  const prefixed = path.length > 1 && own.includes(head.toLowerCase());
  return { path: prefixed ? path.slice(1) : path, written, fn: null };
}

const KINDS: Record<string, Literal['kind']> = {
  STRING: 'string',
  INTEGER: 'number',
  DECIMAL: 'number',
  BOOLEAN: 'boolean',
  NULL: 'null',
  DATE: 'date',
  DATETIME: 'datetime',
  DATE_LITERAL: 'dateLiteral',
  DATE_N_LITERAL: 'dateLiteral',
  INTEGER_WITH_CURRENCY_PREFIX: 'number',
  DECIMAL_WITH_CURRENCY_PREFIX: 'number',
};

function literal(text: string, type: string): Literal {
  const kind = KINDS[type] ?? 'string';
  if (kind === 'string') return { kind, text: text.slice(1, -1) };
  if (type.endsWith('PREFIX')) return { kind, text: text.replace(/^[A-Za-z]{3}/, '') };
  return { kind, text };
}
