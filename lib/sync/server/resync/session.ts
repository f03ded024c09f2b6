import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort, SalesforceObject, SalesforcePort } from '#lib/crm/ports.ts';
import { ensureDefaultMappings, ensureProperties, listMappings } from '#lib/mappings/server/index.ts';
import { type FieldTable, fieldTable } from '../../fields.ts';
import { type OwnerBook, ownerBook } from '../../owners.ts';
import type { Claims } from '../claims.ts';
import { findWorkspace, type RunRow } from '../repository.ts';
import { type Trouble, troubleOf } from '../trouble.ts';

/** What a job needs for as long as it works on a run: both CRMs, their definitions, its claims. */
export type Session = {
  run: RunRow;
  scope: { workspaceId: string; orgId: string };
  hubspot: HubSpotPort;
  salesforce: SalesforcePort;
  tables: Record<SalesforceObject, FieldTable>;
  owners: OwnerBook;
  /** HubSpot properties to read of every contact. */
  properties: string[];
  integrationUserId: string | null;
  claims: Claims;
  /** Consecutive calls without a useful answer, so far. */
  troubles: number;
};

/** Which properties are read besides the mapped ones. */
const always = ['email', 'firstname', 'lastname', 'hs_additional_emails'];

export type Definitions = Pick<Session, 'tables' | 'owners' | 'properties'>;

/**
 * Reads what both systems say of their fields and owners now, and joins it with the mappings. Properties
 * that the default mappings need and the HubSpot account lacks are made first.
 */
export async function readDefinitions(
  workspaceId: string,
  hubspot: HubSpotPort,
  salesforce: SalesforcePort,
  troubles: number,
): Promise<Result<Definitions, Trouble>> {
  const [properties, owners, lead, contact, users] = await Promise.all([
    hubspot.properties(),
    hubspot.owners(),
    salesforce.describe('Lead'),
    salesforce.describe('Contact'),
    salesforce.users(),
  ]);
  if (!properties.ok) return fail(troubleOf('hubspot', properties.failure, troubles));
  if (!owners.ok) return fail(troubleOf('hubspot', owners.failure, troubles));
  if (!lead.ok) return fail(troubleOf('salesforce', lead.failure, troubles));
  if (!contact.ok) return fail(troubleOf('salesforce', contact.failure, troubles));
  if (!users.ok) return fail(troubleOf('salesforce', users.failure, troubles));
  await inTransaction((tx) => ensureDefaultMappings(tx, workspaceId));
  const mappings = await listMappings(db(), workspaceId);
  const described = { Lead: lead.value, Contact: contact.value };
  const known = await ensureProperties(hubspot, workspaceId, mappings, {
    properties: properties.value,
    fields: described,
  });
  const { timeZone } = await findWorkspace(db(), workspaceId);
  const tableOf = (object: SalesforceObject) =>
    fieldTable(object, mappings, { properties: known, fields: described[object], timeZone });
  const tables = { Lead: tableOf('Lead'), Contact: tableOf('Contact') };
  return ok({
    tables,
    owners: ownerBook(owners.value, users.value),
    properties: [...new Set([...always, ...tables.Lead.properties, ...tables.Contact.properties])],
  });
}

/** Opens both CRMs for a run. */
export async function openSession(
  run: RunRow,
  claims: Claims,
  integrationUserId: string | null,
  troubles: number,
): Promise<Result<Session, Trouble>> {
  const { workspaceId, orgId } = run;
  const options = { signal: claims.lost };
  const hubspot = await hubspotFor(workspaceId, options);
  if (!hubspot.ok) return fail(troubleOf('hubspot', hubspot.failure, troubles));
  const salesforce = await salesforceFor(workspaceId, options);
  if (!salesforce.ok) return fail(troubleOf('salesforce', salesforce.failure, troubles));
  const definitions = await readDefinitions(workspaceId, hubspot.value, salesforce.value, troubles);
  if (!definitions.ok) return definitions;
  return ok({
    ...definitions.value,
    run,
    scope: { workspaceId, orgId },
    hubspot: hubspot.value,
    salesforce: salesforce.value,
    integrationUserId,
    claims,
    troubles,
  });
}
