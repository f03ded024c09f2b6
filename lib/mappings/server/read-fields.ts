import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';
import { fieldChoice, type PropertyChoice, propertyChoice } from '../pair.ts';
import type { MappingFields } from '../schemas.ts';

/** All properties of the HubSpot account. Fails as HubSpot does. */
export async function readProperties(workspaceId: string): Promise<Result<HubSpotProperty[]>> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const properties = await hubspot.value.properties();
  return properties.ok ? properties : fail(crmFailureToFailure('HUBSPOT', properties.failure));
}

export type Described = { lead: SalesforceField[]; contact: SalesforceField[] };

/** The fields of leads and contacts that the integration user may see. Fails as Salesforce does. */
export async function readDescribed(workspaceId: string): Promise<Result<Described>> {
  const refuse = (answer: CrmResult<unknown> & { ok: false }) =>
    fail(crmFailureToFailure('SALESFORCE', answer.failure));
  const salesforce = await salesforceFor(workspaceId);
  if (!salesforce.ok) return refuse(salesforce);
  const [lead, contact] = await Promise.all([
    salesforce.value.describe('Lead'),
    salesforce.value.describe('Contact'),
  ]);
  if (!lead.ok) return refuse(lead);
  if (!contact.ok) return refuse(contact);
  return ok({ lead: lead.value, contact: contact.value });
}

/** What both systems have to map. A CRM that does not answer leaves its part out. */
export async function readFields({
  workspaceId,
}: Pick<Actor, 'workspaceId'>): Promise<Result<MappingFields>> {
  const [properties, described] = await Promise.all([
    readProperties(workspaceId),
    readDescribed(workspaceId),
  ]);
  return ok({
    properties: properties.ok ? shownProperties(properties.value) : null,
    fields: described.ok
      ? { lead: shownFields(described.value.lead), contact: shownFields(described.value.contact) }
      : null,
  });
}

function shownProperties(properties: readonly HubSpotProperty[]): PropertyChoice[] {
  return byLabel(properties.filter(({ hidden }) => !hidden).map(propertyChoice));
}

function shownFields(fields: readonly SalesforceField[]) {
  return byLabel(fields.map(fieldChoice).filter(({ kind }) => kind !== 'other'));
}

function byLabel<T extends { label: string }>(choices: T[]): T[] {
  return choices.sort((a, b) => a.label.localeCompare(b.label));
}
