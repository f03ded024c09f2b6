import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotProperty, SalesforceField, SalesforceObject } from '#lib/crm/ports.ts';
import { fieldChoice, type PropertyChoice, propertyChoice } from '../pair.ts';
import type { MappingFields } from '../schemas.ts';
import { listMappings } from './list-mappings.ts';

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
  const [properties, described, mappings] = await Promise.all([
    readProperties(workspaceId),
    readDescribed(workspaceId),
    listMappings(db(), workspaceId),
  ]);
  const mapped = new Set(
    mappings.flatMap(({ hubspotProperty, leadField, contactField }) => [
      `HubSpot.${hubspotProperty}`,
      `Lead.${leadField}`,
      `Contact.${contactField}`,
    ]),
  );
  return ok({
    properties: properties.ok ? shownProperties(properties.value, mapped) : null,
    fields: described.ok
      ? {
          lead: shownFields(described.value.lead, 'Lead', mapped),
          contact: shownFields(described.value.contact, 'Contact', mapped),
        }
      : null,
  });
}

/** What nobody would choose is left out, unless it is mapped: it must not look as if it had gone. */
function shownProperties(
  properties: readonly HubSpotProperty[],
  mapped: ReadonlySet<string>,
): PropertyChoice[] {
  const shown = properties.filter(({ hidden, name }) => !hidden || mapped.has(`HubSpot.${name}`));
  return byLabel(shown.map(propertyChoice));
}

function shownFields(
  fields: readonly SalesforceField[],
  object: SalesforceObject,
  mapped: ReadonlySet<string>,
) {
  const choices = fields.map(fieldChoice);
  return byLabel(choices.filter(({ kind, name }) => kind !== 'other' || mapped.has(`${object}.${name}`)));
}

function byLabel<T extends { label: string }>(choices: T[]): T[] {
  return choices.sort((a, b) => a.label.localeCompare(b.label));
}
