import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { type SwitchCounts, switchCountsSchema } from '../switch-schemas.ts';
import { countChoice, openChoices } from './switch-choices.ts';
import * as repository from './switch-repository.ts';

/** A change of the inclusion segment that was made, or a segment that may be chosen next; null is all contacts. */
export type Looked = { changeId: string } | { listId: string | null };

/** Whom a change concerns: where they are stored, between which segments, and how many they are. */
type Source = {
  stored: repository.People;
  gates: { from: string | null; to: string | null };
  counts: SwitchCounts | null;
  countedAt: Date | null;
};

/** Fails with `not_found`: no such change, or a segment whose members are not stored. Asks no CRM. */
export function openSource(workspaceId: string, of: Looked): Promise<Result<Source>> {
  return 'changeId' in of ? ofChange(workspaceId, of.changeId) : ofChoice(workspaceId, of.listId);
}

async function ofChange(workspaceId: string, changeId: string): Promise<Result<Source>> {
  const change = await repository.findChange(db(), workspaceId, changeId);
  if (!change) return fail({ code: 'not_found' });
  const [from, to] = await Promise.all([
    repository.findGate(db(), workspaceId, change.baseVersion),
    repository.findGate(db(), workspaceId, change.version),
  ]);
  const counts = switchCountsSchema.safeParse(change.count?.counts);
  return ok({
    stored: { changeId },
    gates: { from: from.listId, to: to.listId },
    counts: counts.data ?? null,
    countedAt: change.count?.countedAt ?? null,
  });
}

async function ofChoice(workspaceId: string, listId: string | null): Promise<Result<Source>> {
  const choices = await openChoices(workspaceId);
  const choice = choices.options.find((each) => each.listId === listId);
  if (!choice) return fail({ code: 'not_found' });
  const { counts, people } = await countChoice(choices, listId);
  const gates = { from: choices.from, to: listId };
  return ok({ stored: people, gates, counts, countedAt: choice.countedAt });
}
