import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import type { Values } from '#lib/crm/ports.ts';
import { isOldPlan } from '#lib/imports/rules.ts';
import { importChoiceSchema } from '#lib/imports/schemas.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { addressesOf } from '#lib/sync/server/index.ts';
import { type StoredRecord, tagOfStart } from '../switch-rules.ts';
import type { SwitchPerson } from '../switch-schemas.ts';
import * as repository from './switch-repository.ts';

/** What people who start would be in Salesforce, by contact id. */
export type StartTags = (contactId: string, values: Values) => SwitchPerson['tag'];

type Newcomer = { id: string; values: Values };

/**
 * What unlinked people would become at their first sync, as far as stored records tell: Salesforce is not asked.
 * A count of all leads and contacts of the last 24 hours also tells who is not there.
 */
export async function openStartTags(workspaceId: string, people: readonly Newcomer[]): Promise<StartTags> {
  if (people.length === 0) return () => 'decided_at_sync';
  const [org, at, settings] = await Promise.all([
    repository.findOrg(db(), workspaceId),
    now(),
    currentSettings(db(), workspaceId),
  ]);
  if (org === null) return () => 'decided_at_sync';
  const plan = await repository.findCountedImport(db(), workspaceId, org);
  const isFresh = plan?.countedAt && !isOldPlan(plan.countedAt, at);
  const ids = people.map(({ id }) => id);
  const addresses = [...new Set(people.flatMap(({ values }) => addressesOf(values)))];
  const [seen, counted] = await Promise.all([
    repository.findRecordsOfSkipped(db(), workspaceId, org, ids),
    isFresh ? repository.findCountedRecords(db(), plan.id, org, addresses) : [],
  ]);
  const isWhole = Boolean(isFresh) && isOfAll(plan?.choice);
  return (id, values) => {
    const own = addressesOf(values);
    const records: StoredRecord[] = [
      ...seen.filter(({ contactId }) => contactId === id),
      ...counted.filter(({ address }) => address !== null && own.includes(address)),
    ];
    const isKnown = isWhole && own.length > 0;
    return tagOfStart(records, isKnown ? settings.values.hubspotCreates : null);
  };
}

/** Every lead and every contact was looked at. */
function isOfAll(choice: unknown): boolean {
  const parsed = importChoiceSchema.safeParse(choice);
  return parsed.success && parsed.data.which.kind === 'all' && parsed.data.objects.length === 2;
}
