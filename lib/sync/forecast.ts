import type { Forecast } from './schemas.ts';

/** What a run would do with a sample of its people. */
export type Counted = {
  people: number;
  /** Addresses to look up. */
  searched: number;
  linked: number;
  created: number;
  createdWithoutOwner: number;
  updated: number;
  updatedInSalesforce: number;
  updatedInHubspot: number;
};

export const nobodyCounted: Counted = {
  people: 0,
  searched: 0,
  linked: 0,
  created: 0,
  createdWithoutOwner: 0,
  updated: 0,
  updatedInSalesforce: 0,
  updatedInHubspot: 0,
};

/** Of usual length. */
const addressesACall = 700;
const rowsACall = 200;
const idsACall = 2_000;
/** Describing Leads and Contacts, and reading the users, in one. */
const fixedCalls = 1;

const membersAPage = 250;
const contactsACall = 100;
/** Reading the criteria, properties and owners. */
const fixedHubspotCalls = 3;

const keys = Object.keys(nobodyCounted) as (keyof Counted)[];

/** Scales a sample up to so many people. */
export function scaleCounted(counted: Counted, people: number): Counted {
  const factor = counted.people === 0 ? 0 : people / counted.people;
  const scaled = { ...counted };
  for (const key of keys) scaled[key] = Math.round(counted[key] * factor);
  return { ...scaled, people };
}

export function addCounted(a: Counted, b: Counted): Counted {
  const sum = { ...a };
  for (const key of keys) sum[key] = a[key] + b[key];
  return sum;
}

/** The calls that a run takes which does this, in batches of the size that it really sends. */
export function callsOf(counted: Counted): { salesforce: number; hubspot: number } {
  if (counted.people === 0) return { salesforce: 0, hubspot: 0 };
  const calls = (count: number, each: number) => Math.ceil(count / each);
  const creating =
    calls(counted.created - counted.createdWithoutOwner, rowsACall) +
    calls(counted.createdWithoutOwner, rowsACall);
  return {
    salesforce:
      fixedCalls +
      calls(counted.searched, addressesACall) +
      calls(counted.linked, idsACall) +
      creating +
      // New records are read back together.
      calls(counted.created, idsACall) +
      calls(counted.updatedInSalesforce, rowsACall),
    hubspot:
      fixedHubspotCalls +
      calls(counted.people, membersAPage) +
      // Per part of a run: whether the segment is complete, then values and memberships.
      calls(counted.people, rowsACall) +
      2 * calls(counted.people, contactsACall) +
      calls(counted.updatedInHubspot, contactsACall),
  };
}

/** Scales a sample up to the whole segment, and counts the calls that batches of that size take. */
export function scaleForecast(counted: Counted, contacts: number): Omit<Forecast, 'creates'> {
  const scaled = scaleCounted(counted, contacts);
  return {
    contacts,
    newRecords: scaled.created,
    updates: scaled.updated,
    salesforceCalls: Math.max(callsOf(scaled).salesforce, fixedCalls),
  };
}
