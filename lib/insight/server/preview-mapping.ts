import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { PropertyHistory } from '#lib/crm/ports.ts';
import type { Effect, MappingPreview, PreviewRequest } from '#lib/mappings/schemas.ts';
import { listMappings } from '#lib/mappings/server/index.ts';
import { fieldTable, ownerBook, planSync, type Shadow, unpackShadow } from '#lib/sync/server/index.ts';
import { countEffects, telling } from '../mapping-effects.ts';
import { readSample, type Sample, type SamplePair } from './mapping-sample.ts';

/** HubSpot tells the history of this many contacts in one call. */
const historyBatch = 50;
const previewId = 'preview';
/** The owner has a rule of its own, which no preview is about. */
const nobody = ownerBook([], []);

type Rule = keyof MappingPreview['counts'];
type Planned = { effect: Effect; isContested: boolean };
type Remembered = Pick<PreviewRequest, 'leadField' | 'contactField'> & {
  id: string;
  hubspotProperty: string;
};

/**
 * What a mapping would do to people as they are now, by each rule, decided as a sync decides it. Writes
 * nothing. Fails as a CRM does.
 */
export async function previewMapping(actor: Actor, request: PreviewRequest): Promise<Result<MappingPreview>> {
  const sample = await readSample(actor.workspaceId, request);
  if (!sample.ok) return sample;
  const mappings = request.mappingId === null ? [] : await listMappings(db(), actor.workspaceId);
  const edited = mappings.find(({ id }) => id === request.mappingId) ?? null;
  const { pairs, property, linked, hubspot } = sample.value;
  const plan = (pair: SamplePair, rule: Rule, history: PropertyHistory | null) =>
    planned(sample.value, request, { pair, rule, history, edited });

  const contested = pairs.filter((pair) => plan(pair, 'TWO_WAY', null).isContested).slice(0, historyBatch);
  const ids = contested.map(({ contact }) => contact.id);
  const histories = ids.length > 0 ? await hubspot.readHistory(ids, [property.name]) : ok([]);
  if (!histories.ok) return fail(crmFailureToFailure('HUBSPOT', histories.failure));
  const historyOf = new Map(ids.map((id, at) => [id, histories.value[at] ?? null]));

  const people = pairs.map((pair) => {
    const effect = (rule: Rule) => plan(pair, rule, historyOf.get(pair.contact.id) ?? null).effect;
    return {
      contactId: pair.contact.id,
      name: nameOf(pair),
      hubspot: pair.contact.values[property.name] ?? null,
      salesforce: pair.record.values[fieldName(request, pair) ?? ''] ?? null,
      after: {
        PREFER_SALESFORCE: effect('PREFER_SALESFORCE'),
        ALWAYS_SALESFORCE: effect('ALWAYS_SALESFORCE'),
        TWO_WAY: effect('TWO_WAY'),
        DONT_SYNC: effect('DONT_SYNC'),
      },
    };
  });
  return ok({ people: telling(people), sampled: people.length, linked, counts: countEffects(people) });
}

function fieldName({ leadField, contactField }: Omit<Remembered, 'id'>, { record }: SamplePair) {
  return record.object === 'Lead' ? leadField : contactField;
}

function nameOf({ contact: { id, values } }: SamplePair): string {
  return [values.firstname, values.lastname].filter(Boolean).join(' ') || values.email || id;
}

function planned(
  { property, fields, timeZone, direction }: Sample,
  request: PreviewRequest,
  asked: { pair: SamplePair; rule: Rule; history: PropertyHistory | null; edited: Remembered | null },
): Planned {
  const { pair, rule, history, edited } = asked;
  const { contact, record } = pair;
  const row = { ...request, id: previewId, rule, direction };
  const definitions = { properties: [property], fields: fields[record.object], timeZone };
  const at = history?.[property.name]?.[0]?.at;
  const plan = planSync(
    fieldTable(record.object, [row], definitions),
    {
      contact: { [property.name]: null, ...contact.values },
      record: record.values,
      shadow: agreement(request, pair, edited),
      intended: null,
      matchedByAdditional: false,
      changedAt: { hubspot: contact.updatedAt, salesforce: record.lastModifiedAt },
      ...(at ? { propertyChangedAt: { [property.name]: at } } : {}),
      lastModifiedByUs: false,
    },
    nobody,
    contact.updatedAt.toISOString(),
  );
  const [change] = plan.changes;
  const effect: Effect = change
    ? { to: change.to, value: change.new, isRefused: change.failure !== undefined }
    : { to: null, value: null, isRefused: false };
  return { effect, isContested: plan.contested.length > 0 };
}

/** What both sides agreed on by the mapping that is edited, where it still is about the same two fields. */
function agreement(request: PreviewRequest, pair: SamplePair, edited: Remembered | null): Shadow {
  if (!edited || !pair.link || edited.hubspotProperty !== request.hubspotProperty) return {};
  if (fieldName(edited, pair) !== fieldName(request, pair)) return {};
  const kept = unpackShadow(pair.link.shadow)[edited.id];
  return kept ? { [previewId]: kept } : {};
}
