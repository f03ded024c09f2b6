import { db } from '#lib/core/db.ts';
import type { Proof } from '../schemas.ts';
import { countDoubles, countOutsiders, countWrittenAgain, findNextCheck } from './proofs-repository.ts';

export type Proven = {
  id: string;
  workspaceId: string;
  listId: string | null;
  finishedAt: Date | null;
  people: number;
  outcomes: number;
  /** Triggers that the run took up and has not closed. */
  open: number;
};

/** What the stored facts show of a run: checks of the sync's invariants, as far as they are possible yet. */
export async function prove(run: Proven): Promise<Proof[]> {
  const isOver = run.finishedAt !== null;
  const [outsiders, doubles, echo] = await Promise.all([
    countOutsiders(db(), run),
    countDoubles(db(), run.id),
    echoOf(run),
  ]);
  const missing = Math.abs(run.people - run.outcomes) + run.open;
  return [
    isOver ? proof('accountability', missing, run.outcomes) : open('accountability'),
    isOver || outsiders > 0 ? proof('gate', outsiders, run.outcomes) : open('gate'),
    isOver || doubles > 0 ? proof('duplicates', doubles, run.outcomes) : open('duplicates'),
    echo,
  ];
}

function proof(id: Proof['id'], broken: number, people: number, at: Date | null = null): Proof {
  const time = at?.toISOString() ?? null;
  return broken > 0
    ? { id, state: 'failed', people: broken, at: time }
    : { id, state: 'passed', people, at: time };
}

function open(id: Proof['id']): Proof {
  return { id, state: 'open', people: 0, at: null };
}

/** The next check of both sides finds nothing to write: our own writing did not come back as a change. */
async function echoOf(run: Proven): Promise<Proof> {
  if (!run.finishedAt) return open('echo');
  const checkedAt = await findNextCheck(db(), run.workspaceId, run.finishedAt);
  if (!checkedAt) return open('echo');
  return proof(
    'echo',
    await countWrittenAgain(db(), run, run.finishedAt, checkedAt),
    run.outcomes,
    checkedAt,
  );
}
