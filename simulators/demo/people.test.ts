import { describe, expect, it } from 'vitest';
import { countries } from './countries.ts';
import {
  demoCompanies,
  demoCompany,
  demoPerson,
  hubspotPeople,
  inSalesforce,
  isSalesReady,
  salesforceOnlyStart,
  salesforcePeople,
  salesReadyStages,
  twiceInSalesforce,
} from './people.ts';
import { places, salesRegionCountries } from './places.ts';

const people = Array.from({ length: hubspotPeople }, (_, index) => demoPerson(index));
const members = people.filter(
  (person) =>
    salesReadyStages.includes(person.lifecycleStage) && salesRegionCountries.includes(person.country),
);

describe('the demo people', () => {
  it('has 500 sales-ready people in EMEA and the US, by their properties as by their numbers', () => {
    expect(members).toHaveLength(500);
    expect(members.map((person) => person.index)).toEqual(
      people.filter((person) => isSalesReady(person.index)).map((person) => person.index),
    );
  });

  it('has exactly 100 of them in Salesforce, exactly 10 of these twice', () => {
    expect(members.filter((person) => inSalesforce(person.index))).toHaveLength(100);
    expect(members.filter((person) => twiceInSalesforce(person.index))).toHaveLength(10);
  });

  it('has members that cannot become a Salesforce record, none of them there already', () => {
    const noEmail = members.filter((person) => !person.email);
    const incomplete = members.filter((person) => person.email && !(person.lastName && person.company));
    expect([noEmail.length, incomplete.length]).toEqual([12, 8]);
    expect([...noEmail, ...incomplete].some((person) => inSalesforce(person.index))).toBe(false);
  });

  it('has 400 shared people, 20 of them twice, and 900 records in the org', () => {
    const records = salesforcePeople();
    const shared = new Set(records.filter((index) => index < salesforceOnlyStart));
    expect(records).toHaveLength(900);
    expect(shared.size).toBe(400);
    expect([...shared].filter(twiceInSalesforce)).toHaveLength(20);
    expect([...shared].every((index) => demoPerson(index).email)).toBe(true);
  });

  it('gives everybody an address of their own in a reserved domain', () => {
    const everyone = [...people, ...[...new Set(salesforcePeople())].slice(400).map(demoPerson)];
    const addresses = everyone.flatMap((person) => person.email ?? []);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.filter((address) => !/^[a-z.]+\.\d+@[a-z]+\.example$/.test(address))).toEqual([]);
  });

  it('has 200 companies with names and domains of their own, and everybody belongs to one', () => {
    const companies = Array.from({ length: demoCompanies }, (_, index) => demoCompany(index));
    expect(new Set(companies.map((company) => company.name)).size).toBe(200);
    expect(new Set(companies.map((company) => company.domain)).size).toBe(200);
    expect(new Set(people.map((person) => person.companyIndex)).size).toBe(200);
  });

  it('knows every country that it uses', () => {
    expect(places.map((place) => place.country).filter((country) => !countries.includes(country))).toEqual(
      [],
    );
    expect(new Set(countries).size).toBe(countries.length);
  });
});
