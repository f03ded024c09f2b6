import { moment, naiveTime } from './naive-time.ts';
import type { NaiveBranch, NaiveFilter, NaiveOperation, Person, Setting } from './naive-types.ts';

/**
 * A second evaluator of the filter language, for the tests alone: slow, plain, sharing nothing with the first one.
 * It knows a person as plain data and compares days as text.
 */
export function naiveMatch(person: Person, branch: NaiveBranch, setting: Setting): boolean {
  if (branch.filterBranchType === 'ASSOCIATION') {
    const wanted = branch.filters;
    const fits = (revenue: number | undefined) =>
      wanted.every((filter) =>
        naiveNumber(revenue === undefined ? undefined : String(revenue), filter.operation),
      );
    return person.companyRevenues.filter(fits).length > 0;
  }
  const answers: boolean[] = [];
  for (const filter of branch.filters) answers.push(naiveFilter(person, filter, setting));
  for (const inner of branch.filterBranches) answers.push(naiveMatch(person, inner, setting));
  const yes = answers.filter((answer) => answer).length;
  return branch.filterBranchType === 'OR' ? yes > 0 : yes === answers.length;
}

function naiveFilter(person: Person, filter: NaiveFilter, setting: Setting): boolean {
  if (filter.filterType === 'CONSTANT') return filter.shouldAccept;
  if (filter.filterType === 'IN_LIST') {
    const inside = person.lists.indexOf(filter.listId) >= 0;
    return filter.operator === 'IN_LIST' ? inside : !inside;
  }
  const { operation, property } = filter;
  const value = person.values[property];
  const empty: boolean = operation.includeObjectsWithNoValueSet;
  switch (operation.operationType) {
    case 'ALL_PROPERTY':
      return operation.operator === 'IS_KNOWN' || operation.operator === 'IS_NOT_BLANK' ? !!value : !value;
    case 'NUMBER':
    case 'NUMBER_RANGED':
      if (operation.operator.startsWith('HAS_')) break;
      return naiveNumber(value, operation);
  }
  if (operation.operator.startsWith('HAS_')) return naiveEver(person, property, operation);
  if (!value) return empty;
  if (operation.propertyParser === 'UPDATED_AT' || operation.operationType === 'ROLLING_PROPERTY_UPDATED') {
    const changed = person.past[property]?.[0]?.at;
    return changed === undefined ? empty : naiveTime(changed, operation, person, setting);
  }
  switch (operation.operationType) {
    case 'STRING':
      return naiveText(value, operation.operator, [String(operation.value)]);
    case 'MULTISTRING':
      return naiveText(value, operation.operator, operation.values);
    case 'COMPARATIVE_STRING': {
      const other = person.values[operation.comparisonPropertyName];
      if (!other) return empty;
      const same = value.localeCompare(other, 'en', { sensitivity: 'accent' }) === 0;
      return operation.operator === 'IS_EQUAL_TO' ? same : !same;
    }
    case 'BOOL':
      return operation.operator === 'IS_EQUAL_TO'
        ? value === `${operation.value}`
        : value !== `${operation.value}`;
    case 'ENUMERATION':
      return naiveOptions(value, operation.operator, operation.values);
    default:
      return naiveTime(moment(person, property, setting) ?? 0, operation, person, setting);
  }
}

function naiveText(value: string, operator: string, wanted: string[]): boolean {
  const text = value.toLowerCase();
  const list = wanted.map((each) => each.toLowerCase());
  const exactly = (phrase: string) => ` ${text} `.includes(` ${phrase} `);
  if (operator === 'IS_EQUAL_TO') return list.includes(text);
  if (operator === 'IS_NOT_EQUAL_TO') return !list.includes(text);
  if (operator === 'CONTAINS') return list.filter((each) => text.indexOf(each) >= 0).length > 0;
  if (operator === 'DOES_NOT_CONTAIN') return list.filter((each) => text.indexOf(each) >= 0).length === 0;
  if (operator === 'STARTS_WITH') return list.some((each) => text.slice(0, each.length) === each);
  if (operator === 'ENDS_WITH') return list.some((each) => text.slice(text.length - each.length) === each);
  if (operator === 'CONTAINS_EXACTLY') return list.some(exactly);
  if (operator === 'DOES_NOT_CONTAIN_EXACTLY') return !list.some(exactly);
  throw new Error(`The naive evaluator does not know ${operator}.`);
}

function naiveNumber(value: string | undefined, operation: NaiveOperation): boolean {
  if (!value) return operation.includeObjectsWithNoValueSet;
  const number = Number.parseFloat(value);
  const wanted = Number(operation.value);
  const inside = !(number < operation.lowerBound) && !(number > operation.upperBound);
  const answers: Record<string, boolean> = {
    IS_EQUAL_TO: number === wanted,
    IS_NOT_EQUAL_TO: number !== wanted,
    IS_GREATER_THAN: number > wanted,
    IS_GREATER_THAN_OR_EQUAL_TO: !(number < wanted),
    IS_LESS_THAN: number < wanted,
    IS_LESS_THAN_OR_EQUAL_TO: !(number > wanted),
    IS_BETWEEN: inside,
    IS_NOT_BETWEEN: !inside,
  };
  return answers[operation.operator] ?? false;
}

function naiveOptions(value: string, operator: string, wanted: string[]): boolean {
  const has = value.split(';');
  const common = [...new Set(wanted)].filter((each) => has.includes(each)).length;
  const distinct = new Set(wanted).size;
  const answers: Record<string, boolean> = {
    IS_ANY_OF: common > 0,
    IS_NONE_OF: common === 0,
    IS_EXACTLY: common === distinct && common === has.length,
    IS_NOT_EXACTLY: !(common === distinct && common === has.length),
    CONTAINS_ALL: common === distinct,
    DOES_NOT_CONTAIN_ALL: common !== distinct,
  };
  return answers[operator] ?? false;
}

function naiveEver(person: Person, property: string, operation: NaiveOperation): boolean {
  const had = (person.past[property] ?? []).map((each) => each.value).filter((value) => value !== '');
  if (had.length === 0) return operation.includeObjectsWithNoValueSet;
  const positive = operation.operator.replace('NEVER', 'EVER');
  const one = (value: string): boolean => {
    const lower = value.toLowerCase();
    const wanted = `${operation.value}`.toLowerCase();
    if (positive === 'HAS_EVER_BEEN_EQUAL_TO') {
      return operation.operationType === 'NUMBER' ? Number(value) === operation.value : lower === wanted;
    }
    if (positive === 'HAS_EVER_CONTAINED') return lower.includes(wanted);
    if (positive === 'HAS_EVER_BEEN_ANY_OF') return naiveOptions(value, 'IS_ANY_OF', operation.values);
    if (positive === 'HAS_EVER_BEEN_EXACTLY') return naiveOptions(value, 'IS_EXACTLY', operation.values);
    return naiveOptions(value, 'CONTAINS_ALL', operation.values);
  };
  const ever = had.map(one).includes(true);
  return positive === operation.operator ? ever : !ever;
}
