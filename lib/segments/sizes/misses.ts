import type { Verdict } from '../evaluate/verdict.ts';
import type { PlannedGroup } from './plan.ts';

/** Filters of a group that a person put there. */
export function visibleCount({ filters }: PlannedGroup): number {
  return filters.filter(({ isExclusion }) => !isExclusion).length;
}

export type Miss = { item: number; isCertain: boolean };

/**
 * The one filter of a group that keeps a contact out, given what each filter says; null if there are several,
 * or none. In a group of one filter that would be everybody else, so it does not count.
 */
export function missedFilter(group: PlannedGroup, verdicts: readonly Verdict[]): Miss | null {
  if (visibleCount(group) < 2) return null;
  let failed = -1;
  let open = -1;
  let opens = 0;
  for (let index = 0; index < verdicts.length; index++) {
    if (verdicts[index] === 'no') {
      if (failed >= 0) return null;
      failed = index;
    } else if (verdicts[index] === 'unknown') {
      open = index;
      opens++;
    }
  }
  const item = failed >= 0 ? failed : open;
  if (item < 0 || group.filters[item]?.isExclusion) return null;
  return { item, isCertain: failed >= 0 && opens === 0 };
}
