import type { HavingClause, Condition as ParsedCondition, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { ApiError } from '../errors.ts';
import type { Comparison, Condition } from './ast.ts';

type Sign = '(' | ')' | 'AND' | 'OR' | 'NOT' | 'CONDITION';

interface Link {
  left?: ParsedCondition | { openParen?: number } | null;
  right?: Link;
}

const CLAUSE_ENDS = new Set(['GROUP', 'ORDER', 'LIMIT', 'OFFSET', 'FOR', 'WITH', 'HAVING', 'UPDATE', 'ALL']);

/** The comparisons of a clause in the order they were written: the parser links them to the right. */
function comparisonsOf(clause: Link): ParsedCondition[] {
  const found: ParsedCondition[] = [];
  for (let link: Link | undefined = clause; link !== undefined; link = link.right) {
    if (link.left !== null && link.left !== undefined && 'operator' in link.left) found.push(link.left);
  }
  return found;
}

/**
 * Brackets and AND, OR, NOT of the clause that begins at this word. They are read from the text because the parser
 * loses a NOT when several are nested.
 */
export function readStructure(words: string[], start: number): Sign[] {
  const signs: Sign[] = [];
  let depth = 0;
  let next = start;
  const skipCondition = () => {
    let inner = 0;
    for (; next < words.length; next++) {
      const word = (words[next] ?? '').toUpperCase();
      const ends = word === 'AND' || word === 'OR' || word === ')' || CLAUSE_ENDS.has(word);
      if (inner === 0 && ends) return;
      if (word === '(') inner++;
      if (word === ')') inner--;
    }
  };
  while (next < words.length) {
    const word = (words[next] ?? '').toUpperCase();
    if (CLAUSE_ENDS.has(word) || (word === ')' && depth === 0)) break;
    if (word === 'AND' || word === 'OR' || word === 'NOT' || word === '(' || word === ')') {
      depth += word === '(' ? 1 : word === ')' ? -1 : 0;
      signs.push(word);
      next++;
    } else {
      signs.push('CONDITION');
      skipCondition();
    }
  }
  return signs;
}

/**
 * The tree of a WHERE or HAVING clause. AND mixed with OR on one level is refused, as the vendor does;
 * NOT binds only what follows it.
 */
export function buildConditions(
  clause: WhereClause | HavingClause,
  signs: Sign[],
  convert: (condition: ParsedCondition) => Comparison,
  refuse: (operator: string) => ApiError,
): Condition {
  const comparisons = comparisonsOf(clause as Link).values();
  let next = 0;

  const primary = (): Condition => {
    const sign = signs[next++];
    if (sign === 'NOT') return { kind: 'not', part: primary() };
    if (sign === '(') {
      const inner = sequence();
      next++;
      return inner;
    }
    const comparison = sign === 'CONDITION' ? comparisons.next().value : undefined;
    if (comparison === undefined) throw refuse(sign ?? '<EOF>');
    return convert(comparison);
  };
  const sequence = (): Condition => {
    const parts = [primary()];
    let joined: 'AND' | 'OR' | null = null;
    for (let sign = signs[next]; sign === 'AND' || sign === 'OR'; sign = signs[next]) {
      if (joined !== null && joined !== sign) throw refuse(sign);
      joined = sign;
      next++;
      parts.push(primary());
    }
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    return { kind: joined === 'OR' ? 'or' : 'and', parts };
  };
  return sequence();
}
