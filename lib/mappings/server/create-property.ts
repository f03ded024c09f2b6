import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { ownGroup, propertyFor } from '../own-properties.ts';
import { fieldChoice, type PropertyChoice, propertyChoice } from '../pair.ts';
import type { NewPropertyRequest } from '../schemas.ts';
import { readDescribed } from './read-fields.ts';

/**
 * Makes a HubSpot property of the kind, label and options of a Salesforce field, in a group of our own. Fails
 * with `mapping_unknown_field`, `mapping_unmappable`, or as a CRM does.
 */
export async function createProperty(
  actor: Actor,
  request: NewPropertyRequest,
): Promise<Result<PropertyChoice>> {
  const { workspaceId } = actor;
  const described = await readDescribed(workspaceId);
  if (!described.ok) return described;
  const fields = request.object === 'Lead' ? described.value.lead : described.value.contact;
  const field = fields.find(({ name }) => name === request.field);
  const name = `${request.object}.${request.field}`;
  if (!field) return fail({ code: 'mapping_unknown_field', values: { name } });
  if (fieldChoice(field).kind === 'other') return fail({ code: 'mapping_unmappable', values: { name } });
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const known = await hubspot.value.properties();
  if (!known.ok) return fail(crmFailureToFailure('HUBSPOT', known.failure));
  const group = await hubspot.value.createPropertyGroup(ownGroup);
  const isThere = !group.ok && group.failure.kind === 'rejected' && group.failure.category === 'duplicates';
  if (!group.ok && !isThere) return fail(crmFailureToFailure('HUBSPOT', group.failure));
  const made = await hubspot.value.createProperty(propertyFor(field, known.value));
  if (!made.ok) return fail(crmFailureToFailure('HUBSPOT', made.failure));
  await recordAudit(db(), {
    workspaceId,
    actorId: actor.userId,
    actor: actor.name,
    action: 'mapping.propertyCreated',
    app: 'hubspot',
    newValue: { name: made.value.name, label: made.value.label },
    at: await now(),
  });
  return ok(propertyChoice(made.value));
}
