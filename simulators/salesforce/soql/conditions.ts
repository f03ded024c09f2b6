import type { HavingClause, Condition as ParsedCondition, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { ApiError } from '../errors.ts';
import type { Comparison, Condition } from './ast.ts';

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

interface Link {
  left?: (ParsedCondition & { openParen?: number; closeParen?: number }) | { openParen?: number } | null;
  operator?: string;
  right?: Link;
}

/** Undoes the parser's right-linked list with bracket counts: the plain sequence that was written. */
function flatten(clause: Link, convert: (condition: ParsedCondition) => Comparison): Token[] {
  const tokens: Token[] = [];
  for (let link: Link | undefined = clause; link !== undefined; link = link.right) {
    const left: Record<string, unknown> = { ...link.left };
    for (let i = 0; i < Number(left.openParen ?? 0); i++) tokens.push('(');
    const isCondition = left.operator !== undefined;
    if (isCondition) tokens.push(convert(link.left as ParsedCondition));
    for (let i = 0; i < Number(left.closeParen ?? 0); i++) tokens.push(')');
    if (link.operator === 'AND' || link.operator === 'OR' || link.operator === 'NOT')
      tokens.push(link.operator);
  }
  return tokens;
}

/**
 * The tree of a WHERE or HAVING clause. AND mixed with OR on one level is refused, as the vendor does;
 * NOT binds only what follows it.
 */
export function buildConditions(
  clause: WhereClause | HavingClause,
  convert: (condition: ParsedCondition) => Comparison,
  mixed: (operator: string) => ApiError,
): Condition {
  const tokens = flatten(clause as Link, convert);
  let next = 0;

  const primary = (): Condition => {
    const token = tokens[next++];
    if (token === 'NOT') return { kind: 'not', part: primary() };
    if (token === '(') {
      const inner = sequence();
      next++;
      return inner;
    }
    if (token === undefined || typeof token === 'string') throw mixed(String(token));
    return token;
  };
  const sequence = (): Condition => {
    const parts = [primary()];
    let joined: 'AND' | 'OR' | null = null;
    for (let token = tokens[next]; token === 'AND' || token === 'OR'; token = tokens[next]) {
      if (joined !== null && joined !== token) throw mixed(token);
      joined = token;
      next++;
      parts.push(primary());
    }
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    return { kind: joined === 'OR' ? 'or' : 'and', parts };
  };
  return sequence();
}
