import type { Actor } from '#lib/auth/actor.ts';
import { type CsvRows, csvFile } from '#lib/core/csv.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { SwitchPeopleQuery, SwitchPerson } from '../switch-schemas.ts';
import { describePeople, type Found, ofRest, openPeople, type Reading } from './switch-people.ts';
import { findPeopleIds } from './switch-repository.ts';
import { readRest } from './switch-rest.ts';
import type { Looked } from './switch-source.ts';

const pieceSize = 100;
const columns = [
  ...['name', 'email', 'hubspotId', 'salesforceId', 'group', 'reason', 'reasonProperty', 'reasonValue'],
  'since',
];

/** Everybody of one row of the preview as CSV, read 100 at a time. Fails as `listSwitchPeople`. */
export async function exportSwitchPeople(
  actor: Pick<Actor, 'workspaceId'>,
  of: Looked,
  query: Pick<SwitchPeopleQuery, 'group' | 'side'>,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const opened = await openPeople(actor, of, query);
  if (!opened.ok) return opened;
  const { reading, countedAt } = opened.value;
  return csvFile(columns, pieces(reading, countedAt?.toISOString() ?? ''));
}

async function* pieces(reading: Reading, countedAt: string): AsyncGenerator<Result<CsvRows>, void> {
  for await (const found of everybody(reading)) {
    if (!found.ok) return yield found;
    const people = await describePeople(reading, found.value);
    if (!people.ok) return yield people;
    yield ok(people.value.map((person, at) => cellsOf(person, found.value[at]?.group ?? '', countedAt)));
  }
}

/** First those who are stored, then the rest. */
async function* everybody(reading: Reading): AsyncGenerator<Result<Found[]>, void> {
  const { stored, groups, hubspot, rest } = reading;
  for (let after: string | null = null; ; ) {
    const found: Found[] = await findPeopleIds(db(), stored, groups, { after, take: pieceSize });
    yield ok(found);
    after = found.at(-1)?.id ?? null;
    if (found.length < pieceSize) break;
  }
  for (let after: string | null = '0'; rest && after !== null; ) {
    const page: Awaited<ReturnType<typeof readRest>> = await readRest(hubspot, stored, after);
    if (!page.ok) return yield page;
    yield ok(page.value.ids.map((id) => ofRest(id, rest)));
    after = page.value.after;
  }
}

function cellsOf({ reason, ...person }: SwitchPerson, group: string, countedAt: string): CsvRows[number] {
  const property = reason && 'property' in reason ? reason.property : null;
  const value = reason?.kind === 'is' ? reason.value : null;
  const since = reason && 'at' in reason ? reason.at : countedAt;
  return [
    ...[person.name, person.email, person.id, person.recordId, group],
    ...[reason?.kind ?? null, property, value, since],
  ];
}
