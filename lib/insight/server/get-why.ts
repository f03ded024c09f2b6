import { crmUrls } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { readSeen } from '#lib/sync/server/index.ts';
import { obstaclesOf, verdictOf, type WhyFacts } from '../why-rules.ts';
import type { CriteriaGroup, FieldRow, Why, WhyLink } from '../why-schemas.ts';
import { stepsOf } from '../why-steps.ts';
import { workspaceTimeZone } from './mapping-repository.ts';
import { criteriaOf, nearestCriterion } from './why-criteria.ts';
import { fieldsOf } from './why-fields.ts';
import { conflictOf, historyOf } from './why-history.ts';
import {
  type HubSpotAnswer,
  type LiveContact,
  readContact,
  readRecord,
  type SalesforceAnswer,
} from './why-live.ts';
import { findSeenFields, type StoredLink } from './why-repository.ts';
import { readStored, type Stored, storedFacts } from './why-stored.ts';
import { tellerOf } from './why-values.ts';

type Reading = {
  actor: Actor;
  stored: Stored;
  timeZone: string;
  hubspot: HubSpotAnswer;
  salesforce: SalesforceAnswer;
  /** The newest end of a link that was merged away, if that brought us here. */
  mergedFrom: Why['mergedFrom'];
};

/**
 * Why a contact syncs or not. `stored` tells what was known without asking HubSpot or Salesforce; `now` asks
 * both, and where one does not answer says so. A contact that was merged answers for its survivor. Fails with
 * `not_found` if neither we nor HubSpot know it.
 */
export async function getWhy(actor: Actor, contactId: string, read: 'now' | 'stored'): Promise<Result<Why>> {
  const { workspaceId } = actor;
  const timeZone = await workspaceTimeZone(db(), workspaceId);
  const stored = await readStored(workspaceId, contactId);
  const silent = { kind: 'silent' as const, failure: null };
  if (read === 'stored') {
    if (!isKnown(stored)) return fail({ code: 'not_found' });
    return ok(
      await whyOf({ actor, stored, timeZone, hubspot: silent, salesforce: silent, mergedFrom: null }),
    );
  }
  const hubspot = await readContact(actor, stored);
  if (hubspot.kind === 'unknown' && !isKnown(stored)) return fail({ code: 'not_found' });
  if (hubspot.kind === 'silent' && !isKnown(stored)) return fail({ code: 'hubspot_unavailable' });
  const isMerged = hubspot.kind === 'read' && hubspot.live.contact.id !== contactId;
  const now = isMerged ? await readStored(workspaceId, hubspot.live.contact.id) : stored;
  const mappings = hubspot.kind === 'read' ? hubspot.live.mappings : [];
  const salesforce = await readRecord(workspaceId, livingLink(now), mappings);
  const at = stored.links[0]?.endedAt?.toISOString() ?? null;
  const mergedFrom = isMerged ? { id: contactId, at } : null;
  return ok(await whyOf({ actor, stored: now, timeZone, hubspot, salesforce, mergedFrom }));
}

function isKnown({ links, outcomes, stays, trigger }: Stored): boolean {
  return links.length + outcomes.length + stays.length > 0 || trigger !== null;
}

function livingLink({ links }: Stored): StoredLink | null {
  return links.find(({ endedAt }) => endedAt === null) ?? null;
}

async function whyOf(reading: Reading): Promise<Why> {
  const { actor, stored, hubspot, salesforce, timeZone } = reading;
  const live = hubspot.kind === 'read' ? hubspot.live : null;
  const teller = tellerOf(live?.properties ?? [], live?.owners ?? []);
  const criteria = live ? criteriaOf(live, stored.at, timeZone) : null;
  const fields = live ? await readFields(reading, live) : null;
  const facts = factsOf(reading, criteria, fields);
  const links = await linksOf(stored);
  const conflicts = stored.conflicts.map((row) => conflictOf(row, teller));
  const verdict = verdictOf(facts);
  const { listId } = stored.gate;
  const isMember = listId === null ? null : facts.standing === 'member';
  const differing = fields?.filter(({ next }) => next === 'hubspot' || next === 'salesforce') ?? [];
  return {
    ...identityOf(reading, live),
    mergedFrom: reading.mergedFrom,
    isFresh: live !== null && salesforce.kind !== 'silent',
    checkedAt: stored.at.toISOString(),
    sides: { hubspot: sideOf(hubspot), salesforce: recordSideOf(salesforce) },
    verdict,
    obstacles: obstaclesOf(facts).filter(({ kind }) => kind !== verdict.kind),
    steps: stepsOf(facts),
    list:
      listId === null
        ? null
        : {
            ...{ listId, isMember, canEdit: actor.role === 'admin' },
            name: live?.segment?.name ?? stored.segment?.name ?? listId,
          },
    criteria,
    disagrees: live !== null && disagree(criteria, isMember),
    thenSync: isMember === false ? differing.map(({ label }) => label) : [],
    nextCheckAt: stored.nextCheckAt?.toISOString() ?? null,
    link: links.find(({ endedAt }) => endedAt === null) ?? null,
    formerLinks: links.filter(({ endedAt }) => endedAt !== null),
    severalRecords: facts.outcome?.severalRecords ?? false,
    fields,
    conflicts,
    history: await historyOf(stored, links, conflicts, teller),
    keepingDays: stored.settings.keepingDays,
    hubspotUrl: (await crmUrls(actor.workspaceId, { contactId: stored.person.contactId })).hubspot,
    canEdit: actor.role === 'admin',
  };
}

function identityOf({ stored }: Reading, live: LiveContact | null) {
  // Of a contact that is gone the newest outcome knows no name.
  const last = stored.outcomes.find(({ name, email }) => name ?? email);
  const id = stored.person.contactId;
  if (!live) return { id, name: last?.name ?? null, email: last?.email ?? null, company: null, owner: null };
  const { values } = live.contact;
  const teller = tellerOf(live.properties, live.owners);
  const owner = values.hubspot_owner_id ?? null;
  return {
    id,
    name: [values.firstname, values.lastname].filter(Boolean).join(' ') || null,
    email: values.email || null,
    company: teller.value('company', values.company ?? null),
    owner: owner && (live.owners.find((each) => each.id === owner)?.name ?? null),
  };
}

/** The stored facts, with what both systems say just now where they answered. */
function factsOf(
  { stored, hubspot, salesforce }: Reading,
  criteria: CriteriaGroup[] | null,
  fields: FieldRow[] | null,
): WhyFacts {
  const facts = storedFacts(stored);
  const [newest] = stored.links;
  if (hubspot.kind === 'unknown') {
    const deletedBySalesforce = newest?.endCause === 'deleted_in_salesforce';
    return { ...facts, contact: facts.contact === 'erased' ? 'erased' : 'gone', deletedBySalesforce };
  }
  if (hubspot.kind === 'silent') return facts;
  const { live } = hubspot;
  const { gate } = stored;
  const passes = (listId: string | null) => listId === null || live.lists.has(listId);
  const isInForce = gate.alsoListId === undefined || passes(gate.alsoListId);
  const labels = new Map(live.properties.map(({ name, label }) => [name, label]));
  const met = (criteria ?? []).flatMap(({ verdict }, index) => (verdict === 'yes' ? [index + 1] : []));
  const label = (name: string) =>
    labels.get(name) ?? fields?.find(({ field }) => field === name)?.label ?? name;
  const isMember = passes(gate.listId);
  // What was told when the person left goes before what is so now.
  const then =
    facts.stay?.until && facts.criterion ? { ...facts.criterion, ...thenWords(facts.criterion, live) } : null;
  return {
    ...facts,
    contact: 'known',
    list: gate.listId === null ? 'none' : (live.segment?.state ?? facts.list),
    hasEmail: Boolean(live.contact.values.email),
    standing: !isMember ? 'outside' : isInForce ? 'member' : 'waits',
    groups: met.join(', '),
    criterion: isMember ? null : (then ?? nearestCriterion(criteria)),
    cause: facts.cause && { ...facts.cause, label: facts.cause.label && label(facts.cause.label) },
    differing:
      salesforce.kind === 'read'
        ? (fields ?? []).filter(({ next }) => next === 'hubspot' || next === 'salesforce').length
        : 0,
  };
}

function thenWords(criterion: NonNullable<WhyFacts['criterion']>, live: LiveContact) {
  const teller = tellerOf(live.properties, live.owners);
  const { property, value } = criterion;
  return {
    label: teller.label(property),
    value: teller.value(property, value),
    isHidden: teller.isHidden(property),
  };
}

async function readFields({ stored, salesforce, timeZone }: Reading, live: LiveContact): Promise<FieldRow[]> {
  const link = livingLink(stored);
  const record = salesforce.kind === 'read' ? salesforce.live : null;
  const { person } = stored;
  const seen = link ? await findSeenFields(db(), { ...person, recordId: link.recordId }) : null;
  const seenFields = await readSeen(db(), person.workspaceId, seen ?? {});
  const integrationUserId = stored.connections.salesforce?.userId ?? null;
  return fieldsOf({ live, record, link, seenFields, timeZone, integrationUserId, at: stored.at });
}

async function linksOf({ links, person }: Stored): Promise<WhyLink[]> {
  return Promise.all(
    links.map(async (link): Promise<WhyLink> => {
      const { recordId, object, origin, endCause, mergedInto, importOnly } = link;
      return {
        ...{ recordId, origin, endCause, mergedInto, importOnly },
        object: object === 'LEAD' ? 'lead' : 'contact',
        createdAt: link.createdAt.toISOString(),
        endedAt: link.endedAt?.toISOString() ?? null,
        url: (await crmUrls(person.workspaceId, { recordId, object })).salesforce,
      };
    }),
  );
}

function disagree(criteria: CriteriaGroup[] | null, isMember: boolean | null): boolean {
  if (criteria === null || isMember === null || criteria.length === 0) return false;
  const isMet = criteria.some(({ verdict }) => verdict === 'yes');
  const isUndecided = criteria.some(({ verdict }) => verdict === 'unknown');
  return isMember ? !isMet && !isUndecided : isMet;
}

function sideOf(answer: HubSpotAnswer): Why['sides']['hubspot'] {
  return answer.kind === 'unknown' ? 'gone' : answer.kind;
}

function recordSideOf(answer: SalesforceAnswer): Why['sides']['salesforce'] {
  if (answer.kind !== 'read') return answer.kind;
  return answer.live.record ? 'read' : 'gone';
}
