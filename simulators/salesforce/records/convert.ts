import { noAccess, recordError } from '../errors.ts';
import { STAGES } from '../metadata/picklists.ts';
import type { SObject } from '../metadata/types.ts';
import type { WriteContext } from './context.ts';
import { systemStamp } from './dates.ts';
import { createRecord, existing } from './save.ts';

export interface ConvertRequest {
  leadId: string;
  convertedStatus: string | null;
  accountId: string | null;
  contactId: string | null;
  ownerId: string | null;
  opportunityName: string | null;
  doNotCreateOpportunity: boolean;
  overwriteLeadSource: boolean;
}

export interface ConvertResult {
  leadId: string;
  accountId: string;
  contactId: string;
  opportunityId: string | null;
}

/** Lead field → field of the contact. */
const TO_CONTACT: [string, string][] = [
  ...['FirstName', 'LastName', 'Salutation', 'Title', 'Email', 'Phone', 'MobilePhone', 'Fax'].map(
    (name): [string, string] => [name, name],
  ),
  ...['LeadSource', 'Description', 'HasOptedOutOfEmail', 'DoNotCall'].map((name): [string, string] => [
    name,
    name,
  ]),
  ...['Street', 'City', 'State', 'PostalCode', 'Country'].map((name): [string, string] => [
    name,
    `Mailing${name}`,
  ]),
];
const TO_ACCOUNT: [string, string][] = [
  ['Company', 'Name'],
  ...['Phone', 'Fax', 'Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees', 'Rating'].map(
    (name): [string, string] => [name, name],
  ),
  ...['Street', 'City', 'State', 'PostalCode', 'Country'].map((name): [string, string] => [
    name,
    `Billing${name}`,
  ]),
];

function mapped(lead: SObject, pairs: [string, string][]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [from, to] of pairs) if ((lead[from] ?? null) !== null) values[to] = lead[from];
  return values;
}

/** Last day of the calendar quarter, the default close date of the opportunity. */
function quarterEnd(now: number): string {
  const date = new Date(now);
  const month = date.getUTCMonth();
  return new Date(Date.UTC(date.getUTCFullYear(), month - (month % 3) + 3, 0)).toISOString().slice(0, 10);
}

/** Converts a lead into account, contact and (unless refused) opportunity, all or nothing. */
export function convertLead(ctx: WriteContext, request: ConvertRequest): ConvertResult {
  const { org } = ctx;
  const leads = org.schema.get('Lead');
  const lead = existing(ctx, leads, request.leadId);
  if (lead.IsConverted === true) {
    throw recordError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
  if (!ctx.access.may(leads, 'edit')) throw noAccess();
  const status = [...org.table('LeadStatus').scan()].find(
    (row) => row.MasterLabel === request.convertedStatus,
  );
  if (status?.IsConverted !== true) {
    const text = `invalid convertedStatus: ${request.convertedStatus ?? ''}`;
    throw recordError('INVALID_STATUS', text);
  }
  // Records made by a conversion are not stopped by duplicate rules that only warn.
  const inner: WriteContext = { ...ctx, options: { ...ctx.options, allowSave: true, autoAssign: false } };
  return org.transaction(() => {
    const ownerId = request.ownerId ?? ownerOf(lead, ctx.userId);
    const contactRow =
      request.contactId === null ? null : existing(ctx, org.schema.get('Contact'), request.contactId);
    const accountId = accountFor(inner, lead, request, contactRow, ownerId);
    const contactId = contactFor(inner, lead, request, contactRow, accountId, ownerId);
    const opportunityId = request.doNotCreateOpportunity
      ? null
      : opportunityFor(inner, lead, request, accountId, ownerId);
    const result = { leadId: lead.Id, accountId, contactId, opportunityId };
    closeLead(ctx, lead, String(status.MasterLabel), result);
    moveChildren(ctx, lead, result);
    org.wrote('changed');
    return result;
  });
}

const ownerOf = (lead: SObject, userId: string) =>
  typeof lead.OwnerId === 'string' && lead.OwnerId.startsWith('005') ? lead.OwnerId : userId;

function accountFor(
  ctx: WriteContext,
  lead: SObject,
  request: ConvertRequest,
  contact: SObject | null,
  ownerId: string,
): string {
  const accounts = ctx.org.schema.get('Account');
  if (request.accountId !== null) {
    const account = existing(ctx, accounts, request.accountId);
    if (contact !== null && (contact.AccountId ?? account.Id) !== account.Id) {
      throw recordError('INVALID_CROSS_REFERENCE_KEY', 'The contact does not belong to the given account');
    }
    return account.Id;
  }
  if (contact !== null && typeof contact.AccountId === 'string') return contact.AccountId;
  const values = { ...mapped(lead, TO_ACCOUNT), OwnerId: ownerId };
  return createRecord(ctx, accounts, { values, source: 'text' }).Id;
}

function contactFor(
  ctx: WriteContext,
  lead: SObject,
  request: ConvertRequest,
  contact: SObject | null,
  accountId: string,
  ownerId: string,
): string {
  const contacts = ctx.org.schema.get('Contact');
  const values = mapped(lead, TO_CONTACT);
  if (contact === null) {
    return createRecord(ctx, contacts, {
      values: { ...values, AccountId: accountId, OwnerId: ownerId },
      source: 'text',
    }).Id;
  }
  const now = systemStamp(ctx.org.clock.now());
  const next: SObject = { ...contact, AccountId: accountId, LastModifiedDate: now, SystemModstamp: now };
  next.LastModifiedById = ctx.userId;
  for (const [name, value] of Object.entries(values)) {
    const overwrite = name === 'LeadSource' && request.overwriteLeadSource;
    if ((next[name] ?? null) === null || overwrite) next[name] = value as SObject[string];
  }
  ctx.org.put('Contact', next);
  ctx.org.wrote('changed');
  return contact.Id;
}

function opportunityFor(
  ctx: WriteContext,
  lead: SObject,
  request: ConvertRequest,
  accountId: string,
  ownerId: string,
): string {
  const values = {
    Name: request.opportunityName ?? `${String(lead.Company)}-`,
    AccountId: accountId,
    StageName: STAGES[1]?.[0],
    CloseDate: quarterEnd(ctx.org.clock.now()),
    OwnerId: ownerId,
    LeadSource: lead.LeadSource ?? null,
  };
  return createRecord(ctx, ctx.org.schema.get('Opportunity'), { values, source: 'text' }).Id;
}

function closeLead(ctx: WriteContext, lead: SObject, status: string, result: ConvertResult): void {
  const now = systemStamp(ctx.org.clock.now());
  const row: SObject = {
    ...lead,
    Status: status,
    IsConverted: true,
    IsUnreadByOwner: false,
    ConvertedDate: now.slice(0, 10),
    ConvertedAccountId: result.accountId,
    ConvertedContactId: result.contactId,
    LastModifiedDate: now,
    LastModifiedById: ctx.userId,
    SystemModstamp: now,
  };
  if (result.opportunityId !== null) row.ConvertedOpportunityId = result.opportunityId;
  ctx.org.put('Lead', row);
}

/** Campaign memberships keep the lead and gain the contact; tasks move to the contact. */
function moveChildren(ctx: WriteContext, lead: SObject, result: ConvertResult): void {
  const now = systemStamp(ctx.org.clock.now());
  for (const member of ctx.org.table('CampaignMember').rowsBy('LeadId', lead.Id)) {
    ctx.org.put('CampaignMember', { ...member, ContactId: result.contactId, SystemModstamp: now });
  }
  for (const task of ctx.org.table('Task').rowsBy('WhoId', lead.Id)) {
    ctx.org.put('Task', { ...task, WhoId: result.contactId, SystemModstamp: now });
  }
}
