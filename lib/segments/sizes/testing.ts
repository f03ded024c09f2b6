import { type Clock, evaluate, type Person } from '../evaluate/evaluate.ts';
import { rootOf } from '../filter/examples.ts';
import type { Filter } from '../filter/model.ts';

/** The numbers of a segment by asking the evaluator anew for each of them. */
export function naiveSizes(groups: Filter[][], people: readonly Person[], clock: Clock) {
  const how = (test: (person: Person) => boolean) => people.filter(test).length;
  const meets = (filters: Filter[], each: Person) => evaluate(rootOf(filters), each, clock) === 'yes';
  const isIn = (each: Person) => groups.some((filters) => meets(filters, each));
  const missesOnly = (filters: Filter[], at: number, each: Person) => {
    const failed = filters.filter((one) => !meets([one], each));
    const only = filters[at];
    return (
      filters.length > 1 && !isIn(each) && failed.length === 1 && only !== undefined && !meets([only], each)
    );
  };
  return {
    of: people.length,
    total: how(isIn),
    misses: how((each) => groups.some((filters) => filters.some((_, at) => missesOnly(filters, at, each)))),
    groups: groups.map((filters) => ({
      size: how((each) => meets(filters, each)),
      filters: filters.map((one, at) => ({
        match: how((each) => meets([one], each)),
        missOnly: how((each) => missesOnly(filters, at, each)),
      })),
    })),
  };
}
