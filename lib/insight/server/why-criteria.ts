import { explain } from '#lib/segments/evaluate/evaluate.ts';
import type { Filter, FilterBranch } from '#lib/segments/filter/model.ts';
import { readPropertyFilter } from '#lib/segments/filter/operations.ts';
import { readRelated } from '#lib/segments/filter/related.ts';
import type { CriteriaGroup, Criterion, NowValue } from '../why-schemas.ts';
import type { LiveContact } from './why-live.ts';
import { type Teller, tellerOf } from './why-values.ts';

type Item = CriteriaGroup['items'][number];

/** The filter tree with what the contact holds now, group by group, in the editor's order. */
export function criteriaOf(live: LiveContact, at: Date, timeZone: string): CriteriaGroup[] | null {
  if (!live.criteria) return null;
  const { branch, person } = live.criteria;
  const groups = isUsual(branch) ? (branch.filterBranches ?? []) : [branch];
  const root: FilterBranch = isUsual(branch) ? branch : { ...branch, filterBranches: [branch] };
  const explained = explain(root, person, { now: at, timeZone });
  const teller = tellerOf(live.properties, live.owners);
  return groups.map((group, index) => {
    const { verdict = 'unknown', parts = [] } = explained[index] ?? {};
    const items = [
      ...(group.filters ?? []).map((json) => ({ json, isBranch: false })),
      ...(group.filterBranches ?? []).map((json) => ({ json, isBranch: true })),
    ].map(({ json, isBranch }, position): Item => {
      const now = isBranch ? relatedNow(json, live) : ownNow(json, live, teller);
      return { verdict: parts[position] ?? 'unknown', isBranch, json, now };
    });
    return { verdict, away: items.filter((item) => item.verdict === 'no').length, items };
  });
}

function isUsual({ filterBranchType, filters }: FilterBranch): boolean {
  return filterBranchType === 'OR' && (filters ?? []).length === 0;
}

/** A filter's JSON that is not a branch. */
function ownNow(json: Filter | FilterBranch, live: LiveContact, teller: Teller): NowValue[] {
  if (!('filterType' in json) || typeof json.filterType !== 'string') return [];
  const known = readPropertyFilter({ ...json, filterType: json.filterType });
  if (!known) return [];
  const { property } = known;
  const [newest, before] = live.history[property] ?? [];
  return [
    {
      property,
      label: teller.label(property),
      value: teller.value(property, live.contact.values[property] ?? null),
      isHidden: teller.isHidden(property),
      since: newest?.at.toISOString() ?? null,
      source: newest?.source ?? null,
      before: before ? teller.value(property, before.value) : null,
    },
  ];
}

/** Values of the first associated record, if there is one. */
function relatedNow(json: Filter | FilterBranch, live: LiveContact): NowValue[] {
  if (!('filterBranchType' in json) || typeof json.filterBranchType !== 'string') return [];
  const related = readRelated({ ...json, filterBranchType: json.filterBranchType });
  if (!related) return [];
  const teller = tellerOf(live.related[related.object] ?? [], live.owners);
  const [record] = live.criteria?.person.related?.[related.object] ?? [];
  return related.filters.flatMap((filter) => {
    const known = readPropertyFilter(filter);
    if (!known) return [];
    const { property } = known;
    return [
      {
        ...{ property, label: teller.label(property), isHidden: teller.isHidden(property) },
        value: teller.value(property, record?.values[property] ?? null),
        ...{ since: null, source: null, before: null },
      },
    ];
  });
}

/** The first criterion that isn't met of the group that needs the fewest. */
export function nearestCriterion(groups: readonly CriteriaGroup[] | null): Criterion | null {
  const nearest = groups
    ?.filter(({ away }) => away > 0)
    .toSorted((a, b) => a.away - b.away)
    .at(0);
  const now = nearest?.items.find((item) => item.verdict === 'no')?.now[0];
  if (!nearest || !now) return null;
  const { property, label, value, isHidden, since } = now;
  return { property, label, value, isHidden, since, more: nearest.away - 1 };
}
