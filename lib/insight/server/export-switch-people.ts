import { stringify } from 'csv-stringify/sync';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { SwitchPeopleQuery, SwitchPerson } from '../switch-schemas.ts';
import { describePeople, openPeople, type Reading } from './switch-people.ts';
import { findPeopleIds } from './switch-repository.ts';

const pieceSize = 100;
const columns = [
  ...['name', 'email', 'hubspotId', 'salesforceId', 'group', 'reason', 'reasonProperty', 'reasonValue'],
  'since',
];

/**
 * Everybody of one row of the preview as CSV (UTF-8 with a mark, as spreadsheets want it), read 100 at a time.
 * Fails as `listSwitchPeople` before the first row; a failure later breaks the file off.
 */
export async function exportSwitchPeople(
  actor: Pick<Actor, 'workspaceId'>,
  changeId: string,
  query: Pick<SwitchPeopleQuery, 'group' | 'side'>,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const opened = await openPeople(actor, changeId, query);
  if (!opened.ok) return opened;
  const { reading, countedAt } = opened.value;
  const first = await readPiece(reading, null);
  if (!first.ok) return first;
  const encoder = new TextEncoder();
  let next: Piece | null = first.value;
  return ok(
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csv([columns])}`)),
      async pull(controller) {
        if (next === null || next.people.length === 0) return controller.close();
        const since = countedAt?.toISOString() ?? '';
        controller.enqueue(encoder.encode(csv(next.people.map((person) => cellsOf(person, since)))));
        if (next.after === null) {
          next = null;
          return;
        }
        const piece = await readPiece(reading, next.after);
        if (!piece.ok) return controller.error(new Error(`The export broke off: ${piece.failure.code}.`));
        next = piece.value;
      },
    }),
  );
}

type Piece = { people: (SwitchPerson & { group: string })[]; after: string | null };

async function readPiece(reading: Reading, after: string | null): Promise<Result<Piece>> {
  const found = await findPeopleIds(db(), reading.changeId, reading.groups, { after, take: pieceSize });
  const people = await describePeople(reading, found);
  if (!people.ok) return people;
  const named = people.value.map((person, index) => ({ ...person, group: found[index]?.group ?? '' }));
  return ok({ people: named, after: found.length < pieceSize ? null : (found.at(-1)?.id ?? null) });
}

function cellsOf({ reason, ...person }: Piece['people'][number], countedAt: string): (string | null)[] {
  const property = reason && 'property' in reason ? reason.property : null;
  const value = reason?.kind === 'is' ? reason.value : null;
  const since = reason && 'at' in reason ? reason.at : countedAt;
  return [
    ...[person.name, person.email, person.id, person.recordId, person.group],
    ...[reason?.kind ?? null, property, value, since],
  ];
}

/** `escape_formulas`: no cell may be run as a formula by the spreadsheet that opens it. */
function csv(rows: (string | null)[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
