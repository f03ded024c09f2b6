import { ApiError } from '../http/errors.ts';
import { createList } from '../lists/define.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { createRecord, updateRecord } from '../objects/write.ts';
import type { Portal } from '../portal.ts';

interface ColumnMapping {
  columnObjectTypeId: string;
  columnName: string;
  propertyName: string | null;
  columnType?: string;
}

export interface ImportFile {
  fileName: string;
  fileFormat: string;
  fileImportPage: { hasHeader?: boolean; columnMappings: ColumnMapping[] };
}

export interface ImportRequest {
  name: string;
  importOperations?: Record<string, string>;
  createContactListFromImport?: boolean;
  files: ImportFile[];
}

interface ImportError {
  id: string;
  createdAt: number;
  errorType: string;
  errorMessage: string;
  objectTypeId: string;
  sourceData: { rowData: string[]; lineNumber: number; fileId: number; containsEncryptedProperties: boolean };
}

interface Row {
  lineNumber: number;
  data: string[];
  values: { mapping: ColumnMapping; value: string }[];
}

export interface ImportState {
  id: string;
  state: 'STARTED' | 'PROCESSING' | 'DONE' | 'FAILED' | 'CANCELED';
  createdAt: string;
  updatedAt: string;
  importName: string;
  importSource: string;
  importRequestJson: ImportRequest;
  mappedObjectTypeIds: string[];
  optOutImport: boolean;
  metadata: {
    counters: Record<string, number>;
    fileIds: string[];
    objectLists: { listId: string; objectType: string }[];
  };
  rows: Row[];
  errors: ImportError[];
  userId: number;
}

const STEP_MS = 300;

export const importsOf = (portal: Portal) => portal.collection<ImportState>('imports');

/** Takes up imports that a restart interrupted. */
export function resumeImports(portal: Portal) {
  for (const { id, state } of importsOf(portal).values()) {
    if (state === 'STARTED' || state === 'PROCESSING') runImport(portal, id);
  }
}

/** Carries an import out in the background; a canceled one stops before its rows are written. */
export function runImport(portal: Portal, id: string) {
  const { clock, store } = portal.world;
  const advance = (state: ImportState['state']) => {
    const current = importsOf(portal).get(id);
    if (!current || current.state === 'CANCELED') return undefined;
    const next = { ...current, state, updatedAt: clock.iso() };
    importsOf(portal).set(id, next);
    return next;
  };
  clock.after(STEP_MS, () => {
    if (!advance('PROCESSING')) return;
    clock.after(STEP_MS, () => {
      store.batch(() => {
        const state = advance('DONE');
        if (state) importsOf(portal).set(id, writeRows(portal, state));
      });
    });
  });
}

function writeRows(portal: Portal, state: ImportState): ImportState {
  const counters: Record<string, number> = { TOTAL_ROWS: state.rows.length };
  const count = (name: string) => {
    counters[name] = (counters[name] ?? 0) + 1;
  };
  const errors: ImportError[] = [];
  const written: string[] = [];
  for (const row of state.rows) {
    const byType = Map.groupBy(row.values, ({ mapping }) => mapping.columnObjectTypeId);
    for (const [typeId, values] of byType) {
      try {
        const outcome = writeRow(portal.objects(typeId), state, values);
        count(outcome.created ? 'CREATED_OBJECTS' : 'UPDATED_OBJECTS');
        if (typeId === '0-1') written.push(outcome.id);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        count('ERRORS');
        errors.push(toError(portal, state, row, typeId, error, errors.length));
      }
    }
  }
  const objectLists = state.importRequestJson.createContactListFromImport
    ? [listOf(portal, state, written)]
    : [];
  return { ...state, errors, rows: [], metadata: { ...state.metadata, counters, objectLists } };
}

function writeRow(store: ObjectStore, state: ImportState, values: Row['values']) {
  const source = { sourceType: 'IMPORT', sourceId: state.id, sourceLabel: state.importName };
  const operation = state.importRequestJson.importOperations?.[store.type.id] ?? 'UPSERT';
  const properties: Record<string, string> = {};
  let key: { name: string; value: string } | undefined;
  for (const { mapping, value } of values) {
    const isId = mapping.columnType === 'HUBSPOT_OBJECT_ID';
    const name = isId ? 'hs_object_id' : (mapping.propertyName ?? '');
    if (name === '') continue;
    if (isId || mapping.columnType === 'HUBSPOT_ALTERNATE_ID') key = { name, value };
    if (!isId && value !== '') properties[name] = value;
  }
  const byEmail =
    store.type.id === '0-1' && properties.email ? store.findBy('email', properties.email) : undefined;
  const known = key && store.isUnique(key.name) ? store.findBy(key.name, key.value) : byEmail;
  if (known && operation === 'CREATE')
    throw new ApiError(400, 'The record exists already', { category: 'CREATE_ONLY_IMPORT' });
  if (known) return { id: updateRecord(store, known, properties, source).record.id, created: false };
  if (operation === 'UPDATE')
    throw new ApiError(400, 'The record does not exist', { category: 'UPDATE_ONLY_IMPORT' });
  return { id: createRecord(store, properties, source).id, created: true };
}

const ERROR_TYPES: Record<string, string> = {
  ...{
    INVALID_EMAIL: 'INVALID_EMAIL',
    INVALID_OPTION: 'INVALID_ENUMERATION_OPTION',
    INVALID_LONG: 'COULD_NOT_PARSE_NUMBER',
  },
  ...{ INVALID_DATE: 'COULD_NOT_PARSE_DATE', PROPERTY_DOESNT_EXIST: 'PROPERTY_DEFINITION_NOT_FOUND' },
};

function toError(
  portal: Portal,
  state: ImportState,
  row: Row,
  objectTypeId: string,
  error: ApiError,
  index: number,
): ImportError {
  const code = error.fields.errors?.[0]?.code ?? '';
  const own = ['CREATE_ONLY_IMPORT', 'UPDATE_ONLY_IMPORT'].find((each) => each === error.fields.category);
  return {
    ...{ id: `${state.id}${index + 1}`, createdAt: portal.world.clock.now(), objectTypeId },
    ...{ errorType: own ?? ERROR_TYPES[code] ?? 'FAILED_VALIDATION', errorMessage: error.message },
    sourceData: {
      ...{ rowData: row.data, lineNumber: row.lineNumber, containsEncryptedProperties: false },
      fileId: Number(state.metadata.fileIds[0] ?? 0),
    },
  };
}

function listOf(portal: Portal, state: ImportState, ids: string[]) {
  const name = `${state.importName} ${state.id}`;
  const list = createList(
    portal,
    { name, objectTypeId: '0-1', processingType: 'MANUAL' },
    String(state.userId),
  );
  for (const id of ids) portal.lists.add(list, id);
  portal.lists.save(list);
  return { listId: list.listId, objectType: 'CONTACT' };
}
