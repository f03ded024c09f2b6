import { parse } from 'csv-parse/sync';
import { invalid, missingField, resourceNotFound } from '../http/errors.ts';
import { type Answer, type Call, intParam, ok, type Route } from '../http/router.ts';
import { nextLink } from '../objects/read.ts';
import type { ImportFile, ImportRequest, ImportState } from './run.ts';
import { importsOf, runImport } from './run.ts';

const BASE = '/crm/v3/imports';
const SCOPES = ['crm.import'];
const OPERATIONS = ['UPSERT', 'CREATE', 'UPDATE'];

function present(state: ImportState) {
  const { rows: _, errors: __, userId: ___, ...rest } = state;
  return rest;
}

async function start(call: Call): Promise<Answer> {
  const form = await readForm(call);
  const text = form.get('importRequest');
  if (typeof text !== 'string') throw missingField('importRequest');
  const request = parseRequest(text);
  const uploads = form.getAll('files').filter((part) => typeof part !== 'string');
  const rows = await Promise.all(
    request.files.map(async (file) => {
      const upload = uploads.find((each) => each.name === file.fileName) ?? uploads[0];
      if (!upload) throw invalid(`The file ${file.fileName} is missing`);
      return parseRows(file, await upload.text());
    }),
  );
  const id = String(call.portal.nextNumber('imports', 51_000_001));
  const at = call.portal.world.clock.iso();
  const types = request.files.flatMap((file) =>
    file.fileImportPage.columnMappings.map((m) => m.columnObjectTypeId),
  );
  const state: ImportState = {
    ...{ id, state: 'STARTED', createdAt: at, updatedAt: at, importName: request.name, importSource: 'API' },
    ...{ importRequestJson: request, mappedObjectTypeIds: [...new Set(types)], optOutImport: false },
    metadata: { counters: {}, fileIds: request.files.map((_, index) => `${id}${index}`), objectLists: [] },
    ...{ rows: rows.flat(), errors: [], userId: call.session.userId },
  };
  importsOf(call.portal).set(id, state);
  runImport(call.portal, id);
  return ok(present(state));
}

async function readForm(call: Call): Promise<FormData> {
  try {
    return await call.request.formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw invalid('A multipart/form-data body with the parts files and importRequest is expected');
  }
}

function parseRequest(text: string): ImportRequest {
  let request: ImportRequest;
  try {
    request = JSON.parse(text) as ImportRequest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid('importRequest is no valid JSON');
  }
  if (typeof request.name !== 'string') throw missingField('name');
  if (!Array.isArray(request.files) || request.files.length === 0) throw missingField('files');
  for (const file of request.files) {
    if (file.fileFormat !== 'CSV') throw invalid('This simulator reads CSV files only');
    if (!Array.isArray(file.fileImportPage?.columnMappings)) throw missingField('columnMappings');
  }
  const wrong = Object.values(request.importOperations ?? {}).find((each) => !OPERATIONS.includes(each));
  if (wrong) throw invalid(`importOperations must be one of [${OPERATIONS.join(', ')}]`);
  return request;
}

function parseRows(file: ImportFile, text: string): ImportState['rows'] {
  const records: string[][] = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  const [header = [], ...rest] = records;
  const { hasHeader = true, columnMappings } = file.fileImportPage;
  const body = hasHeader ? rest : records;
  const columns = columnMappings.map((mapping, index) => ({
    mapping,
    at: hasHeader ? header.indexOf(mapping.columnName) : index,
  }));
  return body.map((data, index) => ({
    lineNumber: index + (hasHeader ? 2 : 1),
    data,
    values: columns.flatMap(({ mapping, at }) => (at >= 0 ? [{ mapping, value: data[at] ?? '' }] : [])),
  }));
}

function find(call: Call): ImportState {
  const state = importsOf(call.portal).get(call.params.importId ?? '');
  if (!state) throw resourceNotFound();
  return state;
}

function page<T extends { id: string }>(call: Call, all: T[], fallback: number) {
  const limit = intParam(call.query, 'limit', { fallback, max: 100 });
  const after = Number(call.query.get('after') ?? 0);
  const later = all.filter((each) => Number(each.id) > after);
  const results = later.slice(0, limit);
  const last = results.at(-1)?.id ?? '';
  const paging =
    later.length > limit ? { paging: { next: { after: last, link: nextLink(call, last) } } } : {};
  return { results, ...paging };
}

function list(call: Call): Answer {
  const { results, ...paging } = page(call, [...importsOf(call.portal).values()], 10);
  return ok({ results: results.map(present), ...paging });
}

function errors(call: Call): Answer {
  const withMessage = call.query.get('includeErrorMessage') === 'true';
  const { results, ...paging } = page(call, find(call).errors, 10);
  const shown = results.map(({ errorMessage, ...rest }) => (withMessage ? { ...rest, errorMessage } : rest));
  return ok({ results: shown, ...paging });
}

function cancel(call: Call): Answer {
  const state = find(call);
  const startedAt = call.portal.world.clock.iso();
  if (state.state !== 'STARTED' && state.state !== 'PROCESSING') {
    throw invalid(`The import ${state.id} cannot be canceled: it is ${state.state}`);
  }
  importsOf(call.portal).set(state.id, { ...state, state: 'CANCELED', updatedAt: startedAt });
  return ok({ status: 'COMPLETE', startedAt, completedAt: startedAt });
}

export const importRoutes: readonly Route[] = [
  { method: 'POST', path: BASE, scopes: SCOPES, handler: start },
  { method: 'GET', path: BASE, scopes: SCOPES, handler: list },
  { method: 'GET', path: `${BASE}/{importId}`, scopes: SCOPES, handler: (call) => ok(present(find(call))) },
  { method: 'POST', path: `${BASE}/{importId}/cancel`, scopes: SCOPES, handler: cancel },
  { method: 'GET', path: `${BASE}/{importId}/errors`, scopes: SCOPES, handler: errors },
];
