import { chunk } from '#lib/core/chunk.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type {
  SalesforceImportPort,
  SalesforceObject,
  SalesforcePort,
  SalesforceRecord,
} from '#lib/crm/ports.ts';
import { instantOf } from '#lib/segments/server/index.ts';
import type { ImportChoice } from '../schemas.ts';
import type { NewPerson } from './count-repository.ts';

type Salesforce = SalesforcePort & SalesforceImportPort;

const fields = ['FirstName', 'LastName', 'Email'];
const idsACall = 2_000;
const objectOf = { lead: 'Lead', contact: 'Contact' } as const;

/** What was chosen, page by page. A member of a campaign that Salesforce does not return can't be read. */
export async function* readChosen(
  salesforce: Salesforce,
  { objects, which }: ImportChoice,
  timeZone: string,
): AsyncGenerator<CrmResult<NewPerson[]>, void> {
  const wanted = objects.map((object) => objectOf[object]);
  if (which.kind === 'campaign') return yield* readCampaign(salesforce, which.campaignId, wanted);
  for (const object of wanted) {
    const pages =
      which.kind === 'all'
        ? salesforce.scanRecords(object, fields)
        : salesforce.scanCreatedSince(object, fields, startOf(which.date, timeZone));
    for await (const page of pages) {
      if (!page.ok) return yield page;
      yield { ok: true, value: page.value.map(personOf) };
    }
  }
}

/** The first moment of a day of the HubSpot account. */
function startOf(date: string, timeZone: string): Date {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(instantOf({ year, month, day }, timeZone));
}

async function* readCampaign(
  salesforce: Salesforce,
  campaignId: string,
  wanted: readonly SalesforceObject[],
): AsyncGenerator<CrmResult<NewPerson[]>, void> {
  const members = await salesforce.campaignMembers(campaignId);
  if (!members.ok) return yield members;
  for (const object of wanted) {
    const ids = members.value.flatMap((member) => (member.object === object ? [member.id] : []));
    for (const piece of chunk(ids, idsACall)) {
      const records = await salesforce.readRecords(object, piece, fields);
      if (!records.ok) return yield records;
      const people = piece.flatMap((id, at) => {
        const record = records.value[at];
        if (!record) return [unreadable(id, object)];
        return record.isConverted ? [] : [personOf(record)];
      });
      yield { ok: true, value: people };
    }
  }
}

function personOf({ id, object, values, lastModifiedAt }: SalesforceRecord): NewPerson {
  const email = values.Email?.trim() || null;
  return {
    recordId: id,
    object: object === 'Lead' ? 'LEAD' : 'CONTACT',
    name: [values.FirstName, values.LastName].filter(Boolean).join(' ') || null,
    email,
    address: email?.toLowerCase() ?? null,
    modifiedAt: lastModifiedAt,
    group: null,
    reason: null,
  };
}

function unreadable(recordId: string, object: SalesforceObject): NewPerson {
  return {
    recordId,
    object: object === 'Lead' ? 'LEAD' : 'CONTACT',
    ...{ name: null, email: null, address: null, modifiedAt: new Date(0) },
    group: 'skipped',
    reason: 'not_readable',
  };
}
