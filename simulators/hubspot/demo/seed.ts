import type { Seed } from '#simulators/core/control.ts';
import {
  type DemoPerson,
  demoCompanies,
  demoCompany,
  demoPerson,
  hubspotPeople,
} from '#simulators/demo/people.ts';
import type { Activity } from '../lists/activities.ts';
import { createList } from '../lists/define.ts';
import type { CrmRecord, Source } from '../objects/types.ts';
import type { Portal } from '../portal.ts';
import type { World } from '../world.ts';
import { activeSegments, demoFormId, extraSegment, staticSegments } from './segments.ts';

const DAY_MS = 86_400_000;
const IMPORTED: Source = { sourceType: 'IMPORT', sourceId: '4711', sourceLabel: 'Contacts 2024' };
const BY_HAND: Source = { sourceType: 'CRM_UI' };
const SMALL_ACCOUNT = 40;

/** Fills fresh portals: the demo's people, companies and segments, or nothing. */
export function seedWorld(world: World, portals: Map<number, Portal>, seed: Seed) {
  world.store.batch(() => {
    const demoContacts = seed.seed === 'demo' ? hubspotPeople : 0;
    const contacts = seed.contacts ?? demoContacts;
    world.store.collection<number>('meta').set('contacts', contacts);
    if (seed.seed === 'empty' && seed.contacts === undefined) return;
    const [first, second] = [...portals.values()];
    if (first) seedPortal(first, contacts, seed.seed === 'demo', seed.segments ?? 0);
    if (second && seed.seed === 'demo') seedPortal(second, SMALL_ACCOUNT, false, 0);
  });
  for (const portal of portals.values()) portal.lists.resume();
}

function seedPortal(portal: Portal, contacts: number, withSegments: boolean, segments: number) {
  const now = portal.world.clock.now();
  const companyIds = Array.from({ length: demoCompanies }, (_, index) => addCompany(portal, index, now));
  const first = portal.objects('0-1').newIds(contacts);
  const ids: string[] = [];
  for (let index = 0; index < contacts; index += 1) {
    const person = demoPerson(index);
    const id = String(first + index);
    addContact(portal, id, person, now);
    ids.push(id);
    portal.associations.set(['0-1', id], ['0-2', companyIds[person.companyIndex] ?? ''], [279, 1]);
  }
  addActivities(portal, ids, now);
  const { userId } = portal.account.members[0] ?? { userId: 0 };
  if (withSegments) addSegments(portal, ids, now);
  makeRoom(portal, segments);
  const further = Array.from({ length: segments }, (_, index) =>
    createList(portal, extraSegment(index), String(userId)),
  );
  portal.lists.processor.complete(further);
}

/** A seed that asks for more segments than the plan allows brings a plan for them. */
function makeRoom(portal: Portal, segments: number) {
  const { config } = portal.world;
  const wanted = portal.lists.all().length + segments;
  if (wanted > config.current.planListLimit) config.change({ planListLimit: wanted });
}

function addCompany(portal: Portal, index: number, now: number): string {
  const store = portal.objects('0-2');
  const company = demoCompany(index);
  const at = now - (300 + (index % 500)) * DAY_MS;
  const record: CrmRecord = {
    id: store.newId(),
    properties: {
      ...{ name: company.name, domain: company.domain, industry: company.industry, country: company.country },
      ...{ city: company.city, website: `https://www.${company.domain}`, lifecyclestage: 'lead' },
      annualrevenue: String(company.annualRevenue),
      numberofemployees: String(company.employees),
    },
    ...{ createdAt: at, updatedAt: at, source: IMPORTED },
  };
  store.seed(record);
  return record.id;
}

function addContact(portal: Portal, id: string, person: DemoPerson, now: number) {
  const store = portal.objects('0-1');
  const createdAt = now - person.createdDaysAgo * DAY_MS - (person.index % 1_000) * 61_000;
  // Most were changed some time after they were made; never in the future.
  const updatedAt = Math.min(now - 60_000, createdAt + ((person.index * 17) % 200) * DAY_MS);
  const owners = portal.account.members;
  const owner = person.ownerIndex === undefined ? undefined : owners[person.ownerIndex % owners.length];
  const created = new Date(createdAt).toISOString();
  const properties: Record<string, string> = {};
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined) properties[name] = value;
  };
  for (const [name, key] of COPIED) put(name, person[key]);
  put(`hs_lifecyclestage_${person.lifecycleStage}_date`, created);
  put('hubspot_owner_id', owner?.ownerId);
  put('hubspot_owner_assigneddate', owner && created);
  put('hs_email_optout', person.emailOptOut ? 'true' : undefined);
  put('hs_analytics_source', 'OFFLINE');
  const source = person.index % 4 === 0 ? BY_HAND : IMPORTED;
  store.seed({ id, properties, createdAt, updatedAt, source });
}

const COPIED = [
  ['email', 'email'],
  ['firstname', 'firstName'],
  ['lastname', 'lastName'],
  ['salutation', 'salutation'],
  ['phone', 'phone'],
  ['mobilephone', 'mobilePhone'],
  ['company', 'company'],
  ['jobtitle', 'jobTitle'],
  ['website', 'website'],
  ['address', 'street'],
  ['city', 'city'],
  ['zip', 'zip'],
  ['country', 'country'],
  ['hs_language', 'language'],
  ['lifecyclestage', 'lifecycleStage'],
  ['hs_lead_status', 'leadStatus'],
] as const;

/** Every 30th person sent the demo request form. */
function addActivities(portal: Portal, ids: readonly string[], now: number) {
  const activities = portal.collection<Activity[]>('activities');
  for (let index = 4; index < ids.length; index += 30) {
    const at = now - (index % 300) * DAY_MS;
    activities.set(ids[index] ?? '', [{ filterType: 'FORM_SUBMISSION', id: demoFormId, at }]);
  }
}

function addSegments(portal: Portal, ids: readonly string[], now: number) {
  const [maya, oskar] = portal.account.members;
  const active = activeSegments.map((input, position) =>
    createList(portal, input, String((position % 3 === 2 ? oskar : maya)?.userId)),
  );
  portal.lists.processor.complete(active);
  for (const [position, { listId }] of active.entries())
    age(portal, listId, now - (position + 1) * 97 * 60_000);
  for (const [position, [name, every]] of staticSegments.entries()) {
    const input = { name, objectTypeId: '0-1', processingType: 'MANUAL' };
    const list = createList(portal, input, String(oskar?.userId));
    for (let index = position; index < ids.length; index += every) portal.lists.add(list, ids[index] ?? '');
    portal.lists.save(list);
    age(portal, list.listId, now - (position + 2) * 90 * DAY_MS);
  }
}

function age(portal: Portal, listId: string, at: number) {
  const list = portal.lists.get(listId);
  if (!list) return;
  const size = portal.lists.size(listId);
  const filters = list.filtersUpdatedAt === undefined ? {} : { filtersUpdatedAt: at };
  const histories = { editHistory: [at], sizeHistory: [{ timestamp: at, size }] };
  portal.lists.save({ ...list, ...filters, ...histories, createdAt: at, updatedAt: at });
}
