import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { SearchFilter } from '#lib/crm/ports.ts';
import { listMappings } from '#lib/mappings/server/index.ts';
import type { LintFacts } from '../lint/facts.ts';
import { lint } from '../lint/lint.ts';
import type { Lint, LintRequest } from '../lint/schemas.ts';
import { toProperty } from '../property-types.ts';
import { isActive, segmentState } from '../rules.ts';
import { fillIn, planSearches } from '../sizes/by-search.ts';
import { breakerPercent, effectSearches } from '../sizes/effect.ts';
import type { Sizes } from '../sizes/schemas.ts';
import { type CountJob, countSearches, openCount } from './counting.ts';
import { flappingSince } from './flapping.ts';
import { countLinked, findFlapping, findLeftThrough } from './lint-repository.ts';
import { referencesFrom } from './list-references.ts';
import { loadList } from './load-list.ts';
import { listSegments } from './repository.ts';
import { segmentUses } from './segment-uses.ts';

/**
 * What is wrong with unsaved filters, or worth knowing of them. The sizes are those that `countSizes` told;
 * what it leaves out and search can say is counted here. Fails as HubSpot does.
 */
export async function lintFilters(
  actor: Actor,
  request: LintRequest,
  { breakerShare }: { breakerShare: number },
): Promise<Result<{ lints: Lint[] }>> {
  const { workspaceId } = actor;
  const { filterBranch, listId } = request;
  const opened = await openCount(workspaceId, filterBranch);
  if (!opened.ok) return opened;
  const job = opened.value;
  const [owners, rows, uses, mappings] = await Promise.all([
    job.hubspot.owners(),
    listSegments(db(), workspaceId),
    segmentUses(workspaceId),
    listMappings(db(), workspaceId),
  ]);
  if (!owners.ok) return fail(crmFailureToFailure('HUBSPOT', owners.failure));
  const references = await referencesFrom(job, listId, rows);
  if (!references.ok) return references;
  const counted = await countMore(job, request.sizes);
  if (!counted.ok) return counted;
  const isInclusion = listId !== null && uses.selected.inclusion === listId;
  const past = listId === null ? {} : await factsOfThePast(job, listId, isInclusion, breakerShare);
  const facts: LintFacts = {
    ...past,
    listId,
    properties: new Map(job.properties.map((property) => [property.name, lintProperty(property)])),
    ownerIds: new Set(owners.value.map(({ id }) => id)),
    segments: new Map(
      rows.map((row) => {
        const state = segmentState(row, job.clock.now);
        return [row.listId, { listId: row.listId, kind: isActive(row) ? 'active' : 'static', state }];
      }),
    ),
    references: references.value,
    mappings,
    clock: job.clock,
    isInclusion,
    ...counted.value,
  };
  return ok({ lints: lint(filterBranch, facts) });
}

/** What the stored stays tell, and what saving would do where search alone can say it. */
async function factsOfThePast(
  job: CountJob,
  listId: string,
  isInclusion: boolean,
  breakerShare: number,
): Promise<Pick<LintFacts, 'churn' | 'breaker'>> {
  const { workspaceId } = job;
  const span = await flappingSince(workspaceId, listId);
  const ids = (await findFlapping(db(), span)).map(({ contactId }) => contactId);
  const property = ids.length > 0 ? await findLeftThrough(db(), span, ids) : null;
  const churn = { count: ids.length, property };
  const percent = isInclusion ? await breakerOf(job, listId, breakerShare) : null;
  return percent === null ? { churn } : { churn, breaker: { percent } };
}

async function breakerOf(job: CountJob, listId: string, share: number): Promise<number | null> {
  const loaded = await loadList(job.hubspot, job.workspaceId, listId);
  const saved = loaded.ok ? loaded.value.filterBranch : null;
  const searches = saved && effectSearches(saved, job.filterBranch, job.known, job.clock);
  if (!searches) return null;
  const totals = await countSearches(job, [searches.before, searches.both]);
  // The review tells the failure; a finding that cannot be made is left out.
  if (!totals.ok) return null;
  const count = (search: SearchFilter[][]) => totals.value.get(JSON.stringify(search)) ?? 0;
  const stop = count(searches.before) - count(searches.both);
  return breakerPercent(stop, await countLinked(db(), job.workspaceId), share);
}

/** Internal types have no editor; for lints they are text without options. */
function lintProperty(property: CountJob['properties'][number]) {
  return toProperty(property) ?? { name: property.name, type: 'text' as const, options: [] };
}

async function countMore(
  job: CountJob,
  sizes: Sizes | null,
): Promise<Result<Pick<LintFacts, 'sizes' | 'withoutObject'>>> {
  const plan = sizes && planSearches(job.filterBranch, job.known, job.clock);
  const isCounted = sizes?.withoutEmail !== null && sizes?.leavingSoon !== null;
  const extras = plan && !isCounted ? plan.extras : [];
  const objects = withoutObjectSearches(job);
  const totals = await countSearches(job, [...extras, ...objects.map(({ search }) => search)]);
  if (!totals.ok) return totals;
  const count = (search: SearchFilter[][]) => totals.value.get(JSON.stringify(search)) ?? null;
  const withoutObject = Object.fromEntries(
    objects.map(({ object, search }) => [object, count(search) ?? undefined]),
  );
  return ok({ sizes: sizes && plan ? fillIn(sizes, plan.read(count, sizes.of)) : sizes, withoutObject });
}

const countsOf = [
  { object: 'company', typeId: '0-2', property: 'associatedcompanyid' },
  { object: 'deal', typeId: '0-3', property: 'num_associated_deals' },
] as const;

/** Search finds contacts without a company or deal by a property that HubSpot fills itself. */
function withoutObjectSearches({ filterBranch, known }: CountJob) {
  const nested = (filterBranch.filterBranches ?? []).flatMap((group) => group.filterBranches ?? []);
  return countsOf
    .filter(({ typeId, property }) => {
      return known(property) && nested.some(({ objectTypeId }) => objectTypeId === typeId);
    })
    .map(({ object, property }) => ({
      object,
      search: [[{ propertyName: property, operator: 'NOT_HAS_PROPERTY' }]],
    }));
}
