import { at, demoCompanies, demoCompany } from './companies.ts';
import { otherPlaces, type Place, salesRegionPlaces } from './places.ts';

export { demoCompanies, demoCompany } from './companies.ts';

/**
 * The demo's people, by number. Both simulators build their data from here, so that they agree on who is who.
 *
 * 0 to 2,499 are HubSpot contacts of Northwind Trading; larger seeds go on from there. Numbers from
 * `salesforceOnlyStart` are people only Salesforce knows. One in five of the first kind is *sales ready*
 * (a late lifecycle stage and a country in EMEA or the US): exactly 500 of 2,500. Of these 100 are in Salesforce
 * (every 25th person), 10 of them twice, 12 have no e-mail address, 6 no last name and 2 no company.
 */
export interface DemoPerson {
  index: number;
  firstName: string;
  /** Absent for a few. */
  lastName?: string;
  /** In lower case; absent for a few. */
  email?: string;
  /** Absent for a few. */
  company?: string;
  companyIndex: number;
  country: string;
  countryCode: string;
  city: string;
  zip: string;
  street: string;
  phone: string;
  mobilePhone?: string;
  jobTitle: string;
  salutation?: string;
  lifecycleStage: LifecycleStage;
  leadStatus?: string;
  leadSource: string;
  language: string;
  website: string;
  /** Position in the list of users who can own records, or absent. */
  ownerIndex?: number;
  /** Days before the seed at which the person was created. */
  createdDaysAgo: number;
  emailOptOut: boolean;
}

export type LifecycleStage =
  | 'subscriber'
  | 'lead'
  | 'marketingqualifiedlead'
  | 'salesqualifiedlead'
  | 'opportunity'
  | 'customer'
  | 'evangelist'
  | 'other';

export const hubspotPeople = 2_500;
export const salesforceOnlyStart = 10_000_000;
/** How many records the demo's production org has: 400 shared people, 20 of them twice, and 480 of its own. */
const salesforceRecords = 900;
export const salesReadyStages: readonly LifecycleStage[] = [
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
];

/** Is this person in the demo's production org? 400 of the HubSpot people, 100 of them sales ready. */
export function inSalesforce(index: number): boolean {
  if (index >= salesforceOnlyStart) return true;
  return index < hubspotPeople && [0, 1, 8, 17].includes(index % 25);
}

/** Does this person's address occur twice in the demo's production org? 20 people, 10 of them sales ready. */
export function twiceInSalesforce(index: number): boolean {
  return index < hubspotPeople && (index % 250 === 0 || index % 250 === 1);
}

/** The people of an org with this many records, in order; one whose address occurs twice is named twice. */
export function salesforcePeople(records = salesforceRecords): number[] {
  const list: number[] = [];
  for (let index = 0; index < hubspotPeople && list.length < records; index += 1) {
    if (!inSalesforce(index)) continue;
    list.push(index);
    if (twiceInSalesforce(index) && list.length < records) list.push(index);
  }
  for (let index = salesforceOnlyStart; list.length < records; index += 1) list.push(index);
  return list;
}

/** Is this person in the segment "Sales-ready contacts, EMEA and US"? */
export function isSalesReady(index: number): boolean {
  return index < salesforceOnlyStart && index % 5 === 0;
}

/** Is this person without an e-mail address? Nobody who is in Salesforce. */
function withoutEmail(index: number): boolean {
  if (index >= salesforceOnlyStart) return false;
  return isSalesReady(index) ? index % 200 === 5 && index % 2_500 < 2_400 : index % 50 === 3;
}

function withoutLastName(index: number): boolean {
  return lacksSomething(index) && Math.floor(index / 300) % 3 !== 2;
}

function withoutCompany(index: number): boolean {
  return lacksSomething(index) && Math.floor(index / 300) % 3 === 2;
}

function lacksSomething(index: number): boolean {
  return index < salesforceOnlyStart && index % 300 === 10 && index % 2_500 < 2_400;
}

const JOB_TITLES = [
  ...[
    'Head of Purchasing',
    'Chief Executive Officer',
    'Marketing Manager',
    'Account Executive',
    'IT Director',
  ],
  ...['Operations Lead', 'Finance Controller', 'Product Owner', 'Sales Engineer', 'Customer Success Manager'],
  ...[
    'Logistics Coordinator',
    'Data Analyst',
    'Office Manager',
    'VP Sales',
    'Procurement Specialist',
    'Founder',
  ],
];
const LEAD_STATUSES = [
  'NEW',
  'OPEN',
  'IN_PROGRESS',
  'OPEN_DEAL',
  'ATTEMPTED_TO_CONTACT',
  'CONNECTED',
  'BAD_TIMING',
];
const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'];
const EARLY_STAGES: LifecycleStage[] = ['subscriber', 'lead', 'customer', 'evangelist', 'other'];
const STREETS = [
  'Harbour Road',
  'Mill Lane',
  'Station Street',
  'Market Square',
  'Park Avenue',
  'Bridge Street',
];

/** The person with this number: always the same. */
export function demoPerson(index: number): DemoPerson {
  const turn = Math.floor(index / 5);
  const place = placeOf(index);
  const firstName = at(place.first, turn * 3 + index);
  const lastName = at(place.last, turn * 7 + Math.floor(index / 40));
  const companyIndex = (index * 7) % demoCompanies;
  const company = demoCompany(companyIndex);
  const domain = company.domain;
  return {
    index,
    firstName,
    lastName: withoutLastName(index) ? undefined : lastName,
    email: withoutEmail(index) ? undefined : `${mailName(firstName, lastName, index)}@${domain}`,
    company: withoutCompany(index) ? undefined : company.name,
    companyIndex,
    country: place.country,
    countryCode: place.code,
    city: at(place.cities, turn),
    zip: String(10_000 + ((index * 37) % 89_999)),
    street: `${1 + (index % 180)} ${at(STREETS, index)}`,
    phone: `${place.dial} ${200 + (index % 700)} ${String(1_000_000 + index * 13).slice(-7)}`,
    mobilePhone: index % 3 === 0 ? `${place.dial} 7${String(10_000_000 + index * 17).slice(-8)}` : undefined,
    jobTitle: at(JOB_TITLES, index * 3 + turn),
    salutation: index % 4 === 0 ? at(SALUTATIONS, turn) : undefined,
    lifecycleStage: stageOf(index),
    leadStatus: index % 3 === 0 ? undefined : at(LEAD_STATUSES, turn),
    leadSource: at(LEAD_SOURCES, turn + index),
    language: place.language,
    website: `https://www.${domain}`,
    ownerIndex: index % 6 === 5 ? undefined : index % 3,
    createdDaysAgo: 1 + ((index * 31) % 900),
    emailOptOut: index % 40 === 7,
  };
}

function placeOf(index: number): Place {
  const turn = Math.floor(index / 5);
  if (index >= salesforceOnlyStart) return at([...salesRegionPlaces, ...otherPlaces], index);
  return index % 5 <= 1 ? at(salesRegionPlaces, turn) : at(index % 5 === 2 ? otherPlaces : ALL, turn);
}

const ALL = [...otherPlaces, ...salesRegionPlaces];

function stageOf(index: number): LifecycleStage {
  const turn = Math.floor(index / 5);
  const late = index >= salesforceOnlyStart ? index % 2 === 0 : index % 5 === 0 || index % 5 === 2;
  return late ? at(salesReadyStages, turn) : at(EARLY_STAGES, turn + index);
}

/** An address part in ASCII; the number keeps it unique. */
function mailName(firstName: string, lastName: string, index: number): string {
  const name = `${firstName}.${lastName}`;
  const plain = plainNames.get(name) ?? toAscii(name);
  plainNames.set(name, plain);
  return `${plain || 'person'}.${index}`;
}

const plainNames = new Map<string, string>();

function toAscii(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/[đĐ]/g, 'd')
    .replace(/æ/gi, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .replace(/[^a-zA-Z.]/g, '')
    .replace(/^\.+|\.+$/g, '')
    .replace(/\.{2,}/g, '.')
    .toLowerCase();
}
