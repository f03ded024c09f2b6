import { apiError } from '../errors.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import { parseDateTime, stamp, stampToMs } from '../records/dates.ts';
import type { Org } from '../records/org.ts';
import { deletedLog } from '../records/remove.ts';
import { objectOf } from './input.ts';
import { type ApiRequest, type Handler, type Route, route } from './types.ts';

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
const UPDATED_DAYS = 30;
const DELETED_DAYS = 15;
/** The log of deletions is purged in steps of two hours. */
const PURGE_STEP = 120 * MINUTE;
const MAX_IDS = 600_000;

interface Span {
  info: ObjectInfo;
  start: number;
  end: number;
  latest: number;
}

const refused = (message: string) => apiError(400, 'INVALID_REPLICATION_DATE', message);

function moment(request: ApiRequest, name: string): number {
  const text = request.query.get(name);
  if (text === null || text === '') {
    throw apiError(400, 'MISSING_ARGUMENT', `Required parameter ${name} is missing`);
  }
  // A raw `+` of the offset arrives as a blank.
  const parsed = parseDateTime(text.replace(/ (?=\d\d:?\d\d$)/, '+'));
  if (parsed === null) throw apiError(400, 'INVALID_REPLICATION_DATE', `invalid date: ${text}`);
  return Math.floor(stampToMs(parsed) / MINUTE) * MINUTE;
}

/** `latestDateCovered`: the end asked for, at most now, and not beyond a transaction that is still open. */
function latestCovered(org: Org, object: string, end: number): number {
  const now = Math.floor(org.clock.now() / MINUTE) * MINUTE;
  const open = org.oldestOpenTransaction(object);
  const limit = open === null ? now : Math.min(now, Math.floor(open / MINUTE) * MINUTE);
  return Math.min(end, limit);
}

function span(request: ApiRequest, object: string, days: number): Span {
  const info = objectOf(request, object);
  if (!info.def.replicateable) {
    throw apiError(400, 'INVALID_TYPE', `object type '${info.def.name}' is not replicateable`);
  }
  const start = moment(request, 'start');
  const end = moment(request, 'end');
  const now = request.org.clock.now();
  if (end - start < MINUTE) throw refused('startDate must be at least one minute before endDate');
  if (start > now) throw refused('startDate cannot be in the future');
  if (start < now - days * DAY - MINUTE) throw refused(`startDate cannot be more than ${days} days ago`);
  return { info, start, end, latest: latestCovered(request.org, info.def.name, end) };
}

const updated: Handler = (request, { object = '' }) => {
  const { info, start, end, latest } = span(request, object, UPDATED_DAYS);
  const from = stamp(start);
  const to = stamp(end);
  const field = info.byName.has('systemmodstamp') ? 'SystemModstamp' : 'LastModifiedDate';
  const ids: string[] = [];
  for (const row of request.org.table(info.def.name).scan()) {
    const at = row[field];
    if (row.IsDeleted === true || typeof at !== 'string' || at < from || at >= to) continue;
    ids.push(row.Id);
  }
  if (ids.length > MAX_IDS) throw apiError(400, 'EXCEEDED_ID_LIMIT', 'Too many ids; use a smaller time span');
  return { status: 200, body: { ids, latestDateCovered: stamp(latest) } };
};

const deleted: Handler = (request, { object = '' }) => {
  const { info, start, end, latest } = span(request, object, DELETED_DAYS);
  const now = request.org.clock.now();
  const earliest = Math.floor((now - DELETED_DAYS * DAY) / PURGE_STEP) * PURGE_STEP;
  const from = stamp(Math.max(start, earliest));
  const to = stamp(end);
  const table = request.org.table(info.def.name);
  const deletedRecords = [...deletedLog(request.org, info.def.name).values()]
    .filter((entry) => entry.deletedDate >= from && entry.deletedDate < to)
    .filter((entry) => {
      const row = table.visible(entry.id);
      return row === undefined || row.IsDeleted === true;
    });
  return {
    status: 200,
    body: {
      deletedRecords,
      earliestDateAvailable: stamp(earliest),
      latestDateCovered: stamp(latest),
    },
  };
};

/** What was changed or deleted in a span of time. */
export const replicationRoutes: Route[] = [
  route('GET', 'sobjects/:object/updated', updated),
  route('GET', 'sobjects/:object/deleted', deleted),
];
