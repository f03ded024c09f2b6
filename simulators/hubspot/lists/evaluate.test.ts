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
import { naiveMatch } from './naive-evaluator.ts';
import type { NaiveBranch, Person } from './naive-types.ts';
import { parseRoot } from './parse.ts';
import { DAY, LISTS, NOW, OPTIONS, root, TYPES, WORDS } from './random-filters.ts';

const RUNS = 5_000;
const PEOPLE = 30;
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
