import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort, HubSpotProperty } from '#lib/crm/ports.ts';
import { needs } from '#lib/segments/evaluate/evaluate.ts';
import { type FilterBranch, readBranch } from '#lib/segments/filter/model.ts';
import { propertyMet, propertyMissed } from '../switch-rules.ts';
import type { SwitchReason } from '../switch-schemas.ts';
import * as repository from './switch-repository.ts';

export const nameProperties = ['firstname', 'lastname', 'email'];

/** What is needed to say why people are in a group, read once for many of them. */
export type Reasons = {
  /** Properties that the contacts have to be read with. */
  properties: string[];
  criterion: (contact: HubSpotContact, group: string) => SwitchReason | null;
};

/**
 * Reads both segments' criteria as they are now. A segment that cannot be read any more leaves its reasons
 * out. Fails as HubSpot does.
 */
export async function openReasons(
  hubspot: HubSpotPort,
  workspaceId: string,
  gates: { from: string | null; to: string | null },
): Promise<Result<Reasons>> {
  const [from, to, properties, workspace, at] = await Promise.all([
    criteriaOf(hubspot, gates.from),
    criteriaOf(hubspot, gates.to),
    hubspot.properties(),
    repository.findWorkspace(db(), workspaceId),
    now(),
  ]);
  if (!properties.ok) return fail(crmFailureToFailure('HUBSPOT', properties.failure));
  const wanted = [from, to].flatMap((branch) => (branch ? needs(branch).properties : []));
  const blanks = Object.fromEntries(wanted.map((name) => [name, null]));
  const clock = { now: at, timeZone: workspace.timeZone };
  const byName = new Map(properties.value.map((property) => [property.name, property]));
  return ok({
    properties: [...new Set([...nameProperties, 'hs_additional_emails', ...wanted])],
    criterion: (contact, group) => {
      const person = { values: { ...blanks, ...contact.values }, lists: null };
      if (group === 'start' && gates.to === null) return { kind: 'everybody' };
      const property =
        group === 'start'
          ? to && propertyMet(to, from, person, clock)
          : to && propertyMissed(to, person, clock);
      return property ? reasonOf(byName.get(property), property, contact.values[property] ?? null) : null;
    },
  });
}

async function criteriaOf(hubspot: HubSpotPort, listId: string | null): Promise<FilterBranch | null> {
  if (listId === null) return null;
  const answer = await hubspot.listWithFilters(listId);
  return answer.ok ? readBranch(answer.value.filterBranch) : null;
}

function reasonOf(property: HubSpotProperty | undefined, name: string, value: string | null): SwitchReason {
  const label = property?.label ?? name;
  if (value === null || value === '') return { kind: 'blank', property: label };
  const words = value
    .split(';')
    .map((part) => property?.options.find((each) => each.value === part)?.label ?? part);
  return { kind: 'is', property: label, value: words.filter(Boolean).join(', ') };
}
