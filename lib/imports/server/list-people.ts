import type { Actor } from '#lib/auth/actor.ts';
import { type CsvRows, csvFile } from '#lib/core/csv.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import {
  type ImportPeople,
  type ImportPerson,
  type PeopleGroup,
  type PeopleQuery,
  peoplePageSize,
} from '../schemas.ts';
import { findPeople } from './people-repository.ts';
import { findImportOf } from './repository.ts';

type Reader = Pick<Actor, 'workspaceId'>;

/** The people of one group of an import, by name. Fails with `not_found`. */
export async function listImportPeople(
  { workspaceId }: Reader,
  id: string,
  { group, search, page }: PeopleQuery,
): Promise<Result<ImportPeople>> {
  const row = await findImportOf(db(), workspaceId, id);
  if (!row) return fail({ code: 'not_found' });
  const wanted = { importId: id, runId: row.runId, group, search };
  return ok(await findPeople(db(), wanted, { skip: (page - 1) * peoplePageSize, take: peoplePageSize }));
}

const pageRows = 1_000;
const columns = ['name', 'email', 'hubspotId', 'salesforceId', 'object', 'group', 'reason'];

/** A whole group as CSV, 1,000 at a time. Fails with `not_found`. */
export async function exportImportPeople(
  { workspaceId }: Reader,
  id: string,
  group: PeopleGroup,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const row = await findImportOf(db(), workspaceId, id);
  if (!row) return fail({ code: 'not_found' });
  return csvFile(columns, pieces({ importId: id, runId: row.runId, group, search: '' }));
}

async function* pieces(wanted: Parameters<typeof findPeople>[1]): AsyncGenerator<Result<CsvRows>, void> {
  for (let skip = 0; ; skip += pageRows) {
    const { people } = await findPeople(db(), wanted, { skip, take: pageRows });
    yield ok(people.map((person) => cells(person, wanted.group)));
    if (people.length < pageRows) return;
  }
}

function cells(person: ImportPerson, group: PeopleGroup): string[] {
  const { name, email, contactId, recordId, object, reason, category, code } = person;
  const why = [reason, category, code].filter(Boolean).join(' · ');
  return [name ?? '', email ?? '', contactId ?? '', recordId, object, group, why];
}
