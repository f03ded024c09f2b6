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
};

const addressesACall = 250;
const rowsACall = 200;
const idsACall = 2_000;
/** Describing Leads and Contacts, and reading the users. */
const fixedCalls = 3;

/** Scales a sample up to the whole segment, and counts the calls that batches of that size take. */
export function scaleForecast(counted: Counted, contacts: number): Omit<Forecast, 'creates'> {
  const factor = counted.people === 0 ? 0 : contacts / counted.people;
  const scaled = (count: number) => Math.round(count * factor);
  const calls = (count: number, each: number) => Math.ceil(scaled(count) / each);
  const creating =
    calls(counted.created - counted.createdWithoutOwner, rowsACall) +
    calls(counted.createdWithoutOwner, rowsACall);
  return {
    contacts,
    newRecords: scaled(counted.created),
    updates: scaled(counted.updated),
    salesforceCalls:
      fixedCalls +
      calls(counted.searched, addressesACall) +
      calls(counted.linked, idsACall) +
      // New records are read back once.
      creating * 2 +
      calls(counted.updatedInSalesforce, rowsACall),
  };
}
