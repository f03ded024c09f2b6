import { db } from '#lib/core/db.ts';
import { foldHistory, isConflictShown } from '../why-history.ts';
import type { HistoryEntry, WhyConflict, WhyLink } from '../why-schemas.ts';
import { numberRuns, type StoredConflict, type StoredOutcome, type StoredStay } from './why-repository.ts';
import { readChanges, readThrough, type Stored } from './why-stored.ts';
import type { Teller } from './why-values.ts';

const object = { LEAD: 'lead', CONTACT: 'contact' } as const;
const nothing = { outcome: null, run: null, about: null, criterion: null, conflict: null, more: null };

/** Everything that happened with a person: outcomes, joining and leaving, links. Newest first. */
export async function historyOf(
  stored: Stored,
  links: readonly WhyLink[],
  conflicts: readonly WhyConflict[],
  teller: Teller,
): Promise<HistoryEntry[]> {
  const { outcomes, stays, person } = stored;
  const numbers = await numberRuns(db(), person.workspaceId, [
    ...new Set(outcomes.map(({ runId }) => runId)),
  ]);
  return foldHistory([
    ...outcomes.map((row) => outcomeEntry(row, numbers.get(row.runId) ?? null, teller)),
    ...stays.flatMap((stay) => stayEntries(stay, teller)),
    ...links.flatMap(linkEntries),
    ...conflicts
      .filter((each) => !isConflictShown(each, stored.at))
      .map((conflict) => ({
        ...{ ...nothing, id: conflict.id, at: conflict.at, tag: 'CONFLICT' as const },
        conflict,
      })),
  ]);
}

function outcomeEntry(row: StoredOutcome, number: number | null, teller: Teller): HistoryEntry {
  const { reason, category, code, message, trigger, warnings } = row;
  const changes = readChanges(row).map((change) =>
    teller.isHidden(change.property) ? { ...change, old: null, new: null } : change,
  );
  const kind = row.object === null ? null : object[row.object];
  return {
    ...nothing,
    id: row.id,
    at: row.at.toISOString(),
    tag: row.result,
    outcome: { reason, category, code, message, changes, trigger, warnings, object: kind },
    run: number === null ? null : { id: row.runId, number },
  };
}

/** Of whom the choice of the segment met, the joining was not seen. */
function stayEntries(stay: StoredStay, teller: Teller): HistoryEntry[] {
  const about = (through: unknown) => {
    const read = readThrough(through);
    return (
      read && {
        label: teller.label(read.property),
        value: teller.value(read.property, read.value),
        isHidden: teller.isHidden(read.property),
      }
    );
  };
  const joined = { id: `joined-${stay.id}`, at: stay.since.toISOString(), tag: 'JOINED' as const };
  return [
    ...(stay.isBaseline ? [] : [{ ...nothing, ...joined, criterion: about(stay.through) }]),
    ...(stay.until
      ? [
          {
            ...{ ...nothing, id: `left-${stay.id}`, at: stay.until.toISOString(), tag: 'LEFT' as const },
            criterion: about(stay.leftThrough),
          },
        ]
      : []),
  ];
}

function linkEntries(link: WhyLink): HistoryEntry[] {
  const { recordId, createdAt, endedAt, endCause, origin } = link;
  return [
    {
      ...nothing,
      id: `linked-${recordId}-${createdAt}`,
      at: createdAt,
      tag: 'LINKED',
      about: `${origin}_${link.object}`,
    },
    ...(endedAt
      ? [
          {
            ...nothing,
            id: `ended-${recordId}-${endedAt}`,
            at: endedAt,
            tag: 'ENDED' as const,
            about: endCause,
          },
        ]
      : []),
  ];
}

export function conflictOf(row: StoredConflict, teller: Teller): WhyConflict {
  const isHidden = teller.isHidden(row.property);
  return {
    ...{ id: row.id, at: row.at.toISOString(), property: row.property, field: row.field, isHidden },
    label: teller.label(row.property),
    hubspotValue: isHidden ? null : teller.value(row.property, row.hubspotValue),
    salesforceValue: isHidden ? null : row.salesforceValue,
    hubspotAt: row.hubspotAt?.toISOString() ?? null,
    salesforceAt: row.salesforceAt?.toISOString() ?? null,
    winner: row.winner === 'HUBSPOT' ? 'hubspot' : 'salesforce',
    isDismissed: row.dismissedAt !== null,
  };
}
