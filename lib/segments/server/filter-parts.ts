import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort, RelatedObject } from '#lib/crm/ports.ts';
import { toProperty } from '../property-types.ts';
import type { FilterParts, Property } from '../schemas.ts';
import { openHubSpot } from './load-list.ts';
import { refreshOnOpening } from './refresh-on-opening.ts';
import { findWorkspace, listSegments } from './repository.ts';
import { segmentUses } from './segment-uses.ts';

/** Everything that filters are made of: contact properties, owners, segments, and the account's time zone. */
export async function filterParts(actor: Actor): Promise<Result<FilterParts>> {
  const { workspaceId } = actor;
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  const [properties, company, deal, owners, refreshed] = await Promise.all([
    hubspot.value.properties(),
    relatedProperties(hubspot.value, 'company'),
    relatedProperties(hubspot.value, 'deal'),
    hubspot.value.owners(),
    refreshOnOpening(workspaceId),
  ]);
  if (!properties.ok) return fail(crmFailureToFailure('HUBSPOT', properties.failure));
  if (!company.ok) return company;
  if (!deal.ok) return deal;
  if (!owners.ok) return fail(crmFailureToFailure('HUBSPOT', owners.failure));
  if (!refreshed.ok) return refreshed;
  const [rows, workspace, uses] = await Promise.all([
    listSegments(db(), workspaceId),
    findWorkspace(db(), workspaceId),
    segmentUses(workspaceId),
  ]);
  return ok({
    properties: properties.value.flatMap((property) => toProperty(property) ?? []),
    related: { company: company.value, deal: deal.value },
    owners: owners.value.map(({ id, name, active }) => ({ id, name, active })),
    segments: rows.map((row) => ({ listId: row.listId, name: row.name, isDeleted: row.deletedAt !== null })),
    timeZone: workspace.timeZone,
    inclusionListId: uses.selected.inclusion ?? null,
  });
}

/** Null where the app was not given the right to read them: the rest of the editor works without. */
async function relatedProperties(
  hubspot: HubSpotPort,
  object: RelatedObject,
): Promise<Result<Property[] | null>> {
  const answer = await hubspot.properties(object);
  if (answer.ok) return ok(answer.value.flatMap((property) => toProperty(property) ?? []));
  const { failure } = answer;
  if (failure.kind === 'rejected' && failure.category === 'permissions') return ok(null);
  return fail(crmFailureToFailure('HUBSPOT', failure));
}
