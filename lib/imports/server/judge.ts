import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { compile, needs } from '#lib/segments/evaluate/evaluate.ts';
import { filterBranchSchema } from '#lib/segments/filter/model.ts';
import { findLinked, findUnjudged, type Judgement, storeJudgements } from './count-repository.ts';
import type { ImportRow } from './repository.ts';

/** Values that HubSpot's search takes in one filter. */
const addressesASearch = 100;

/** Asks HubSpot for everybody who is not judged yet: who is there already, and who is in the list. */
export async function judge(row: ImportRow, hubspot: HubSpotPort, timeZone: string): Promise<Result<null>> {
  const newcomers = await newcomersOf(row, hubspot, timeZone);
  if (!newcomers.ok) return newcomers;
  for (;;) {
    const people = await findUnjudged(db(), row.id, addressesASearch);
    if (people.length === 0) return ok(null);
    const found = await contactsOf(
      hubspot,
      people.flatMap(({ address }) => address ?? []),
    );
    if (!found.ok) return found;
    const contacts = [...found.value.values()];
    const members = await membersAmong(row, hubspot, contacts);
    if (!members.ok) return members;
    const linked = await findLinked(db(), row, contacts);
    const judged = people.map(({ recordId, address }): Judgement => {
      const contactId = found.value.get(address ?? '') ?? null;
      if (contactId === null) {
        return { recordId, group: 'create', inList: newcomers.value(address ?? ''), reason: null, contactId };
      }
      if (linked.has(contactId)) {
        return { recordId, group: 'skipped', inList: null, reason: 'other_record_used', contactId };
      }
      return { recordId, group: 'link', inList: members.value.has(contactId), reason: null, contactId };
    });
    await storeJudgements(db(), row.id, judged);
  }
}

/** Would a contact that has its address alone be in the list? As far as our own reading of the criteria tells. */
async function newcomersOf(
  { listId }: ImportRow,
  hubspot: HubSpotPort,
  timeZone: string,
): Promise<Result<(address: string) => boolean>> {
  if (listId === null) return ok(() => true);
  const answer = await hubspot.listWithFilters(listId);
  if (!answer.ok && answer.failure.kind === 'notFound') return fail({ code: 'inclusion_segment_gone' });
  if (!answer.ok) return fail(crmFailureToFailure('HUBSPOT', answer.failure));
  const { list, filterBranch } = answer.value;
  if (list.deletedAt !== null || list.processingType !== 'DYNAMIC')
    return fail({ code: 'inclusion_segment_gone' });
  const branch = filterBranchSchema.safeParse(filterBranch);
  if (!branch.success) return ok(() => false);
  const { properties, onlyHubSpot } = needs(branch.data);
  if (onlyHubSpot) return ok(() => false);
  const decide = compile(branch.data, { now: await now(), timeZone });
  const blank = Object.fromEntries(properties.map((name) => [name, null]));
  return ok((email) => decide({ values: { ...blank, email }, lists: new Set() }) === 'yes');
}

/** Contacts by their own address. Whom the search does not find, HubSpot names when they are to be created. */
async function contactsOf(hubspot: HubSpotPort, values: string[]): Promise<Result<Map<string, string>>> {
  const page = await hubspot.searchContacts({
    filterGroups: [{ filters: [{ propertyName: 'email', operator: 'IN', values }] }],
    properties: ['email'],
    limit: addressesASearch,
  });
  if (!page.ok) return fail(crmFailureToFailure('HUBSPOT', page.failure));
  return ok(
    new Map(page.value.contacts.map(({ id, values }) => [values.email?.trim().toLowerCase() ?? '', id])),
  );
}

async function membersAmong(
  { listId }: ImportRow,
  hubspot: HubSpotPort,
  contactIds: string[],
): Promise<Result<Set<string>>> {
  if (listId === null || contactIds.length === 0) return ok(new Set(contactIds));
  const lists = await hubspot.memberships(contactIds);
  if (!lists.ok) return fail(crmFailureToFailure('HUBSPOT', lists.failure));
  return ok(new Set(contactIds.filter((_, at) => lists.value[at]?.includes(listId))));
}
