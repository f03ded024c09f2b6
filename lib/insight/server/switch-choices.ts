import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { switchCounts } from '#lib/sync/server/index.ts';
import type { SwitchCounts } from '../switch-schemas.ts';
import * as repository from './switch-repository.ts';

/** A segment that may be chosen next and whose members are stored; null is all contacts. */
type Choice = { listId: string | null; countedAt: Date; isProcessing: boolean };

export type Choices = {
  workspaceId: string;
  orgId: string | null;
  /** The segment in use. */
  from: string | null;
  /** Who is in that is stored, so that others can be compared with it. */
  isKnown: boolean;
  contacts: number | null;
  /** Percent of the linked people above which writing stops. */
  share: number;
  options: Choice[];
};

/** What can be told of a change of the inclusion segment before it is made, by what is stored. Asks no CRM. */
export async function openChoices(workspaceId: string): Promise<Choices> {
  const [{ values }, watches, workspace, orgId, at] = await Promise.all([
    currentSettings(db(), workspaceId),
    repository.findWatches(db(), workspaceId),
    repository.findWorkspace(db(), workspaceId),
    repository.findOrg(db(), workspaceId),
    now(),
  ]);
  const from = values.inclusionListId;
  const isKnown = from === null || watches.some((each) => each.listId === from && each.baselineAt);
  const stored = watches.flatMap(({ listId, state, fullReadAt }) => {
    const isProcessing = state === 'PROCESSING';
    return fullReadAt || isProcessing ? [{ listId, countedAt: fullReadAt ?? at, isProcessing }] : [];
  });
  const everybody = { listId: null, countedAt: at, isProcessing: false };
  const options = isKnown ? [everybody, ...stored].filter(({ listId }) => listId !== from) : [];
  const { contactCount: contacts } = workspace;
  return { workspaceId, orgId, from, isKnown, contacts, share: values.breakerShare, options };
}

/** How many would start and stop. `members`: of the segment, as they were just read instead of stored. */
export async function countChoice(
  { workspaceId, orgId, from, contacts }: Choices,
  to: string | null,
  members?: readonly string[],
): Promise<{ people: repository.People; counts: SwitchCounts }> {
  const people = { workspaceId, orgId, from, to, ...(members ? { members } : {}) };
  const groups = await repository.countGroups(db(), people);
  return { people, counts: switchCounts({ groups, from, to, contacts, frozenBefore: 0 }) };
}
