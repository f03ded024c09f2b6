import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createClock } from '#simulators/core/clock.ts';
import { createConfig } from '#simulators/core/config.ts';
import { createRandom, type Random } from '#simulators/core/random.ts';
import { createRequestLog } from '#simulators/core/request-log.ts';
import { openStore } from '#simulators/core/store.ts';
import { accounts } from '../account/accounts.ts';
import { defaultConfig } from '../config.ts';
import type { CrmRecord, HistoryEntry } from '../objects/types.ts';
import { Portal } from '../portal.ts';
import { createProperty } from '../properties/define.ts';
import { matchesBranch } from './evaluate.ts';
import { operationRules } from './filter-types.ts';
import { type NaiveBranch, naiveMatch, type Person } from './naive-evaluator.ts';
import { parseRoot } from './parse.ts';

const RUNS = 5_000;
const PEOPLE = 30;
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-12T14:20:00Z');
const LISTS = ['900', '901'];
const WORDS = ['Sales Lead', 'lead', 'VP sales', 'Sales', 'Øst', 'øst', 'head of sales'];
const OPTIONS = ['a', 'b', 'c', 'd'];
const TYPES: Record<string, string> = {
  ...{
    jobtitle: 'string',
    city: 'string',
    rf_number: 'number',
    hs_marketable_status: 'bool',
    rf_multi: 'enumeration',
  },
  ...{ rf_date: 'date', closedate: 'datetime' },
};

function openPortal(): Portal {
  const [account] = accounts;
  if (!account) throw new Error('There is no account.');
  const store = openStore();
  const config = createConfig(store, { ...defaultConfig, searchDelayMs: 0, listDelayMs: 1_000_000 });
  const clock = createClock(NOW - Date.now());
  const portal = new Portal(
    { store, clock, config, log: createRequestLog(), url: () => 'http://localhost' },
    account,
  );
  const contacts = portal.objects('contacts');
  const common = { groupName: 'contactinformation', label: 'Random' };
  createProperty(contacts, { ...common, name: 'rf_number', type: 'number', fieldType: 'number' }, '0');
  createProperty(contacts, { ...common, name: 'rf_date', type: 'date', fieldType: 'date' }, '0');
  const options = OPTIONS.map((value) => ({ label: value, value }));
  createProperty(
    contacts,
    { ...common, name: 'rf_multi', type: 'enumeration', fieldType: 'checkbox', options },
    '0',
  );
  return portal;
}

function randomValue(random: Random, name: string): string {
  const ms = NOW + (random.int(240) - 120) * DAY + random.int(4) * 21_600_000;
  switch (TYPES[name]) {
    case 'number':
      return String(random.int(7) - 2);
    case 'bool':
      return random.pick(['true', 'false']);
    case 'enumeration':
      return OPTIONS.filter(() => random.next() < 0.5).join(';') || 'a';
    case 'date':
      return new Date(ms).toISOString().slice(0, 10);
    case 'datetime':
      return new Date(ms).toISOString();
    default:
      return random.pick(WORDS);
  }
}

/** A contact as the simulator keeps it, and the same person as plain data. */
function addPerson(portal: Portal, random: Random): Person {
  const store = portal.objects('contacts');
  const source = { sourceType: 'API' };
  const createdAt = NOW - random.int(100) * DAY;
  const record: CrmRecord = {
    id: store.newId(),
    properties: {},
    createdAt,
    updatedAt: NOW - DAY,
    source,
    history: {},
  };
  const person: Person = {
    id: record.id,
    values: {},
    past: {},
    types: TYPES,
    lists: [],
    companyRevenues: [],
  };
  for (const name of Object.keys(TYPES)) {
    const count = random.int(4);
    const entries: HistoryEntry[] = [];
    for (let index = 0; index < count; index += 1) {
      const cleared = random.next() < 0.2;
      const timestamp = NOW - index * 5 * DAY - random.int(5 * DAY) - 1;
      entries.push({ value: cleared ? '' : randomValue(random, name), timestamp, ...source });
    }
    if (entries.length === 0) continue;
    record.history = { ...record.history, [name]: entries };
    if (entries[0]?.value) record.properties[name] = entries[0].value;
    person.values[name] = entries[0]?.value || undefined;
    person.past[name] = entries.map(({ value, timestamp }) => ({ value, at: timestamp }));
  }
  store.save(record);
  person.lists = LISTS.filter(() => random.next() < 0.4);
  for (let count = random.int(3); count > 0; count -= 1) addCompany(portal, person, random);
  return person;
}

function addCompany(portal: Portal, person: Person, random: Random) {
  const store = portal.objects('companies');
  const revenue = random.next() < 0.2 ? undefined : random.int(7) - 2;
  const properties: Record<string, string> = revenue === undefined ? {} : { annualrevenue: String(revenue) };
  const company = {
    id: store.newId(),
    properties,
    createdAt: NOW,
    updatedAt: NOW,
    source: { sourceType: 'API' },
  };
  store.save(company);
  portal.associations.set(['0-1', person.id], ['0-2', company.id], [279]);
  person.companyRevenues.push(revenue);
}

const days = fc.integer({ min: 0, max: 130 });
const around = fc.integer({ min: -130, max: 130 }).map((offset) => NOW + offset * DAY);
const texts = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom('le', 'SALES', 'of', 'x'));
const numbers = fc.integer({ min: -3, max: 6 });
const datePoint = around.map((ms) => {
  const at = new Date(ms);
  const day = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
  return { timeType: 'DATE', ...day, zoneId: 'Europe/Berlin', timezoneSource: 'PORTAL' };
});
const todayPoint = fc.integer({ min: -130, max: 130 }).map((offset) => ({
  ...{ timeType: 'INDEXED', indexReference: { referenceType: 'TODAY' }, offset: { days: offset } },
  ...{ zoneId: 'Europe/Berlin', timezoneSource: 'PORTAL' },
}));
const nowPoint = fc.integer({ min: -500, max: 500 }).map((hours) => ({
  ...{ timeType: 'INDEXED', indexReference: { referenceType: 'NOW' }, offset: { hours } },
  ...{ zoneId: 'Europe/Berlin', timezoneSource: 'PORTAL' },
}));
const point = fc.oneof(datePoint, todayPoint, nowPoint);
const endpoint = fc.constantFrom('INCLUSIVE', 'EXCLUSIVE');

/** Value fields of each operation, beside the operator. */
const fields: Record<string, fc.Arbitrary<object>> = {
  ALL_PROPERTY: fc.constant({}),
  STRING: fc.record({ value: texts }),
  MULTISTRING: fc.record({ values: fc.array(texts, { minLength: 1, maxLength: 3 }) }),
  NUMBER: fc.record({ value: numbers }),
  NUMBER_RANGED: fc.record({ lowerBound: numbers, upperBound: numbers }),
  BOOL: fc.record({ value: fc.boolean() }),
  ENUMERATION: fc.record({ values: fc.array(fc.constantFrom(...OPTIONS), { minLength: 1, maxLength: 3 }) }),
  DATETIME: fc.record({ timestamp: around, requiresTimeZoneConversion: fc.constant(false) }),
  DATE: around.map((ms) => {
    const at = new Date(ms);
    const month = at.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' }).toUpperCase();
    return { year: at.getUTCFullYear(), month, day: at.getUTCDate() };
  }),
  RANGED_DATE: fc.record({
    lowerBound: around,
    upperBound: around,
    requiresTimeZoneConversion: fc.constant(false),
  }),
  ROLLING_DATE_RANGE: fc.record({ numberOfDays: days, requiresTimeZoneConversion: fc.constant(true) }),
  ROLLING_PROPERTY_UPDATED: fc.record({ numberOfDays: days }),
  CALENDAR_DATE: fc.record({
    timeUnit: fc.constantFrom('DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'),
    timeUnitCount: fc.integer({ min: 1, max: 3 }),
  }),
  COMPARATIVE_DATE: fc.record({ comparisonPropertyName: fc.constantFrom('closedate', 'rf_date') }),
  COMPARATIVE_STRING: fc.record({ comparisonPropertyName: fc.constantFrom('city', 'jobtitle') }),
  TIME_POINT: fc.record({
    ...{ type: fc.constant('TIME_POINT'), timePoint: point, endpointBehavior: endpoint },
    propertyParser: fc.constantFrom('VALUE', 'UPDATED_AT'),
  }),
  TIME_RANGED: fc.record({
    ...{ type: fc.constant('TIME_RANGED'), lowerBoundTimePoint: point, upperBoundTimePoint: point },
    ...{ lowerBoundEndpointBehavior: endpoint, upperBoundEndpointBehavior: endpoint },
    propertyParser: fc.constantFrom('VALUE', 'UPDATED_AT'),
  }),
};

const propertyFilter = fc.constantFrom(...Object.keys(fields)).chain((operationType) => {
  const rule = operationRules[operationType];
  const on = rule?.on ?? (operationType.startsWith('TIME_') ? ['date', 'datetime'] : Object.values(TYPES));
  const names = Object.keys(TYPES).filter((name) => on.includes(TYPES[name] ?? ''));
  return fc
    .tuple(
      ...([fc.constantFrom(...names), fc.constantFrom(...(rule?.operators ?? []))] as const),
      ...([fields[operationType] ?? fc.constant({}), fc.boolean()] as const),
    )
    .map(([property, operator, values, includeObjectsWithNoValueSet]) => ({
      ...{ filterType: 'PROPERTY', property },
      operation: { operationType, operator, includeObjectsWithNoValueSet, ...values },
    }));
});
const listFilter = fc.record({
  ...{ filterType: fc.constant('IN_LIST'), listId: fc.constantFrom(...LISTS) },
  operator: fc.constantFrom('IN_LIST', 'NOT_IN_LIST'),
});
const constantFilter = fc.record({ filterType: fc.constant('CONSTANT'), shouldAccept: fc.boolean() });
const filter = fc.oneof(
  { weight: 20, arbitrary: propertyFilter },
  { weight: 1, arbitrary: listFilter },
  { weight: 1, arbitrary: constantFilter },
);
const association = fc
  .tuple(
    fc.constantFrom('IS_GREATER_THAN', 'IS_LESS_THAN', 'IS_EQUAL_TO', 'IS_NOT_EQUAL_TO'),
    numbers,
    fc.boolean(),
  )
  .map(([operator, value, includeObjectsWithNoValueSet]) => ({
    ...{ filterBranchType: 'ASSOCIATION', operator: 'IN_LIST', objectTypeId: '0-2', associationTypeId: 279 },
    ...{ associationCategory: 'HUBSPOT_DEFINED', filterBranches: [] },
    filters: [
      {
        ...{ filterType: 'PROPERTY', property: 'annualrevenue' },
        operation: { operationType: 'NUMBER', operator, value, includeObjectsWithNoValueSet },
      },
    ],
  }));
const and = fc.record({
  filterBranchType: fc.constant('AND'),
  filterBranches: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(association) },
  ),
  filters: fc.array(filter, { minLength: 1, maxLength: 3 }),
});
const root = fc.record({
  ...{ filterBranchType: fc.constant('OR'), filters: fc.constant([]) },
  filterBranches: fc.array(and, { minLength: 1, maxLength: 3 }),
});

it('agrees with a separately written evaluator on 5,000 random filters', () => {
  const seed = Date.now() % 2_147_483_647;
  console.log(`Random filters: seed ${seed}`);
  const portal = openPortal();
  const store = portal.objects('contacts');
  for (const listId of LISTS) {
    portal.lists.save({
      ...{
        listId,
        name: listId,
        objectTypeId: '0-1',
        processingType: 'MANUAL',
        processingStatus: 'COMPLETE',
      },
      ...{ listVersion: 1, createdAt: NOW, updatedAt: NOW, folderId: '0', legacyListId: '1' },
      ...{
        listPermissions: { teamsWithEditAccess: [], usersWithEditAccess: [] },
        editHistory: [],
        sizeHistory: [],
      },
      membershipSettings: { membershipTeamId: null, includeUnassigned: null },
    });
  }
  const random = createRandom(seed);
  const people = Array.from({ length: PEOPLE }, () => addPerson(portal, random));
  const zone = portal.account.timeZone;
  const inLists = new Map(people.map((person) => [person.id, person.lists]));
  const isMember = (listId: string, id: string) => inLists.get(id)?.includes(listId) ?? false;
  fc.assert(
    fc.property(root, fc.nat(PEOPLE - 1), (branch, first) => {
      const parsed = parseRoot(portal, '0-1', branch);
      for (let step = 0; step < 6; step += 1) {
        const person = people[(first + step * 5) % PEOPLE];
        const record = store.find(person?.id ?? '');
        if (!person || !record) throw new Error('A person is missing.');
        const ours = matchesBranch({ portal, now: NOW, zone, isMember }, store, record, parsed);
        expect(ours, JSON.stringify(person)).toBe(
          naiveMatch(person, parsed as unknown as NaiveBranch, { now: NOW, zone }),
        );
      }
    }),
    { numRuns: RUNS, seed },
  );
}, 120_000);
