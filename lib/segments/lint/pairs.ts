import { type Accepted, acceptedBy, excludeEachOther, isWithin } from './accepted.ts';
import { filterAt, found, type LintContext, type LintItem, number } from './facts.ts';
import type { Lint } from './schemas.ts';

type Compared = { item: LintItem; accepted: Accepted | null; text: string };

function compared(context: LintContext): Compared[][] {
  return context.groups.map((group) =>
    group.map((item) => ({
      item,
      accepted: acceptedBy(item, context.facts),
      text: canonical(item.json),
    })),
  );
}

/** JSON with its keys in order, so that equal filters are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function isSame(a: Compared, b: Compared): boolean {
  if (a.text === b.text) return true;
  const [one, other] = [a.accepted, b.accepted];
  return one !== null && other !== null && isWithin(one, other) && isWithin(other, one);
}

/** Whether whoever passes `inner` passes `outer` too. */
function implies(inner: Compared, outer: Compared): boolean {
  if (inner.text === outer.text) return true;
  return inner.accepted !== null && outer.accepted !== null && isWithin(inner.accepted, outer.accepted);
}

/** 5, 15 and 17: two filters of one group. */
export function pairs(context: LintContext): Lint[] {
  return compared(context).flatMap((group) =>
    group.flatMap((later, index) => group.slice(0, index).flatMap((earlier) => pairOf(earlier, later))),
  );
}

function pairOf(earlier: Compared, later: Compared): Lint[] {
  const about = [earlier.item.json, later.item.json];
  const { path } = later.item;
  const remove = ({ item }: Compared) => ({ kind: 'remove' as const, path: item.path });
  if (isSame(earlier, later)) return [found(17, 'twice', path, {}, remove(later), about)];
  const [a, b] = [earlier.accepted, later.accepted];
  if (!a || !b) return [];
  const named = (first: Compared, second: Compared) => ({
    filter: filterAt(first.item.path),
    other: filterAt(second.item.path),
  });
  if (excludeEachOther(a, b)) {
    const paths = [earlier.item.path, path];
    return [found(5, 'excludeEachOther', path, named(earlier, later), { kind: 'show', paths }, about)];
  }
  const implied = isWithin(b, a) ? [earlier, later] : isWithin(a, b) ? [later, earlier] : null;
  const [outer, inner] = implied ?? [];
  if (!outer || !inner) return [];
  return [found(15, 'impliedBy', outer.item.path, named(outer, inner), remove(outer), about)];
}

/** 16: everyone in a group is in another group too. */
export function containedGroups(context: LintContext): Lint[] {
  const groups = compared(context);
  const isInside = (inner: Compared[], outer: Compared[]) =>
    inner.length > 0 && outer.length > 0 && outer.every((wide) => inner.some((each) => implies(each, wide)));
  return groups.flatMap((inner, index) => {
    const outerIndex = groups.findIndex((outer, at) => {
      // Of two equal groups the later one is superfluous.
      return at !== index && isInside(inner, outer) && (at < index || !isInside(outer, inner));
    });
    if (outerIndex < 0) return [];
    const values = { group: number(index + 1), other: number(outerIndex + 1) };
    const path = { group: index, item: null };
    const about = inner.map(({ text }) => text);
    return [found(16, 'groupContained', path, values, { kind: 'remove', path }, about)];
  });
}
