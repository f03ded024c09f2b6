import { demoCompanies, demoCompany, demoPerson, salesforcePeople } from '../../demo/people.ts';
import { makeId } from '../ids.ts';
import { LEAD_STATUSES } from '../metadata/picklists.ts';
import type { SObject } from '../metadata/types.ts';
import { systemStamp } from '../records/dates.ts';
import type { Org } from '../records/org.ts';
import { seedUsers, type Users } from './users.ts';

export interface SeedOptions {
  seed: 'demo' | 'empty';
  sandbox: boolean;
  /** Leads and contacts together. */
  records: number;
}

const DAY = 24 * 60 * 60 * 1000;

type Values = Record<string, SObject[string]>;
type Put = (object: string, values: Values, at: number) => SObject;

function seedOrganization(org: Org, put: Put, now: number, sandbox: boolean): void {
  const instance = sandbox ? 'Ab' : 'gK';
  org.store.collection<string>('org').set('instance', instance);
  put(
    'Organization',
    {
      Id: makeId('00D', instance, sandbox ? 7_300_211 : 4_120_833),
      Name: sandbox ? 'Northwind Trading Sandbox' : 'Northwind Trading',
      IsSandbox: sandbox,
      OrganizationType: 'Enterprise Edition',
      InstanceName: sandbox ? 'DEU7S' : 'DEU42',
      DefaultLocaleSidKey: 'en_GB',
      LanguageLocaleKey: 'en_US',
      TimeZoneSidKey: 'Europe/Berlin',
    },
    now - 900 * DAY,
  );
}

function seedLeadStatuses(put: Put, at: number): void {
  for (const [index, label] of LEAD_STATUSES.entries()) {
    put(
      'LeadStatus',
      {
        MasterLabel: label,
        ApiName: label,
        SortOrder: index + 1,
        IsDefault: index === 0,
        IsConverted: label === 'Closed - Converted',
      },
      at,
    );
  }
}

const INDUSTRIES = [
  'Transportation',
  'Technology',
  'Food & Beverage',
  'Machinery',
  'Apparel',
  'Energy',
  'Healthcare',
  'Consulting',
  'Media',
  'Shipping',
];

function seedAccounts(put: Put, users: Users, now: number): SObject[] {
  return Array.from({ length: demoCompanies }, (_, index) => {
    const company = demoCompany(index);
    return put(
      'Account',
      {
        Name: company.name,
        Type: index % 3 === 0 ? 'Customer - Direct' : 'Prospect',
        Industry: INDUSTRIES[Math.floor(index / 20) % INDUSTRIES.length],
        Website: `https://www.${company.domain}`,
        AnnualRevenue: company.annualRevenue,
        NumberOfEmployees: company.employees,
        BillingCity: company.city,
        BillingCountry: company.country,
        OwnerId: users.owner(index),
      },
      now - (300 + (index % 90)) * DAY,
    );
  });
}

/** The same person as a lead or as a contact of their company's account. */
function seedPeople(put: Put, users: Users, accounts: SObject[], now: number, records: number): void {
  const seen = new Map<number, number>();
  for (const [place, index] of salesforcePeople(records).entries()) {
    const turn = seen.get(index) ?? 0;
    seen.set(index, turn + 1);
    const person = demoPerson(index);
    const isContact = turn === 0 ? place % 3 === 2 : place % 2 === 0;
    const shared: Values = {
      FirstName: person.firstName,
      LastName: person.lastName ?? person.firstName,
      Salutation: person.salutation,
      Email: person.email,
      Phone: person.phone,
      MobilePhone: person.mobilePhone,
      Title: person.jobTitle,
      LeadSource: person.leadSource,
      OwnerId: users.owner(person.ownerIndex ?? place),
    };
    if (person.emailOptOut) shared.HasOptedOutOfEmail = true;
    const at = now - person.createdDaysAgo * DAY;
    if (isContact) {
      const address = {
        MailingStreet: person.street,
        MailingCity: person.city,
        MailingPostalCode: person.zip,
        MailingCountry: person.country,
      };
      put('Contact', { ...shared, ...address, AccountId: accounts[person.companyIndex]?.Id }, at);
      continue;
    }
    put(
      'Lead',
      {
        ...shared,
        Company: person.company ?? demoCompany(person.companyIndex).name,
        Status: LEAD_STATUSES[place % 2],
        Street: person.street,
        City: person.city,
        PostalCode: person.zip,
        Country: person.country,
        Website: person.website,
        OwnerId: place % 60 === 7 ? users.queueId : shared.OwnerId,
        IsUnreadByOwner: place % 5 === 0,
      },
      at,
    );
  }
}

/** Fills an empty org: set-up data always, people and companies for the demo. */
export function seedOrg(org: Org, options: SeedOptions): void {
  const now = org.clock.now();
  const adminOf: { id: string | null } = { id: null };
  const put: Put = (object, values, at) => {
    const info = org.schema.get(object);
    const stamp = systemStamp(at);
    const row: SObject = { Id: typeof values.Id === 'string' ? values.Id : org.newId(info.def.keyPrefix) };
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined && value !== null) row[name] = value;
    }
    const by = adminOf.id ?? row.Id;
    Object.assign(row, {
      CreatedDate: stamp,
      CreatedById: by,
      LastModifiedDate: stamp,
      LastModifiedById: by,
    });
    row.SystemModstamp = stamp;
    org.table(object).put(row);
    return row;
  };
  org.store.batch(() => {
    seedOrganization(org, put, now, options.sandbox);
    const users = seedUsers(put, now - 800 * DAY, options.sandbox, (id) => {
      adminOf.id = id;
    });
    seedLeadStatuses(put, now - 800 * DAY);
    if (options.seed === 'empty' && options.records === 0) return;
    const accounts = seedAccounts(put, users, now);
    seedPeople(put, users, accounts, now, options.records);
    if (options.seed === 'demo') seedCampaigns(put, users, now);
  });
}

function seedCampaigns(put: Put, users: Users, now: number): void {
  for (const [index, name] of ['Spring trade show', 'Partner webinar series'].entries()) {
    const at = now - (120 - index * 40) * DAY;
    const campaign = put(
      'Campaign',
      { Name: name, Type: 'Conference', Status: 'Planned', IsActive: true, OwnerId: users.owner(0) },
      at,
    );
    for (const [place, label] of ['Sent', 'Responded'].entries()) {
      const status = {
        Label: label,
        SortOrder: place + 1,
        CampaignId: campaign.Id,
        IsDefault: place === 0,
        HasResponded: place === 1,
      };
      put('CampaignMemberStatus', status, at);
    }
  }
}
