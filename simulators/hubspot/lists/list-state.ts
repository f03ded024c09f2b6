import type { Branch } from './filter-types.ts';

export interface ListState {
  listId: string;
  name: string;
  objectTypeId: string;
  processingType: 'MANUAL' | 'DYNAMIC' | 'SNAPSHOT';
  processingStatus: 'COMPLETE' | 'PROCESSING';
  listVersion: number;
  /** Milliseconds since the epoch, like all times here. */
  createdAt: number;
  updatedAt: number;
  filtersUpdatedAt?: number;
  createdById?: string;
  updatedById?: string;
  deletedAt?: number;
  filterBranch?: Branch;
  folderId: string;
  legacyListId: string;
  listPermissions: { teamsWithEditAccess: number[]; usersWithEditAccess: number[] };
  membershipSettings: { membershipTeamId: number | null; includeUnassigned: boolean | null };
  customProperties?: Record<string, string>;
  lastAddedAt?: number;
  lastRemovedAt?: number;
  editHistory: number[];
  sizeHistory: { timestamp: number; size: number }[];
  conversion?: Conversion;
  convertedAt?: number;
}

export type Conversion =
  | { conversionType: 'CONVERSION_DATE'; year: number; month: number; day: number }
  | { conversionType: 'INACTIVITY'; timeUnit: 'DAY' | 'WEEK' | 'MONTH'; offset: number };

const iso = (ms: number) => new Date(ms).toISOString();

/** A list as get, create and update answer it. */
export function presentList(list: ListState, size: number, withFilters: boolean) {
  return {
    ...presentBare(list),
    size,
    listPermissions: list.listPermissions,
    membershipSettings: list.membershipSettings,
    ...(withFilters && list.filterBranch ? { filterBranch: list.filterBranch } : {}),
  };
}

function presentBare(list: ListState) {
  return {
    ...{
      listId: list.listId,
      listVersion: list.listVersion,
      name: list.name,
      objectTypeId: list.objectTypeId,
    },
    ...{ processingType: list.processingType, processingStatus: list.processingStatus },
    ...{ createdAt: iso(list.createdAt), updatedAt: iso(list.updatedAt) },
    ...(list.filtersUpdatedAt === undefined ? {} : { filtersUpdatedAt: iso(list.filtersUpdatedAt) }),
    ...(list.createdById === undefined ? {} : { createdById: list.createdById }),
    ...(list.updatedById === undefined ? {} : { updatedById: list.updatedById }),
    ...(list.deletedAt === undefined ? {} : { deletedAt: iso(list.deletedAt) }),
  };
}

/** A list as search answers it: no size and no filters, but additional properties as text. */
export function presentFound(list: ListState, additional: Record<string, string | undefined>) {
  const known = Object.entries(additional).filter(([, value]) => value !== undefined && value !== '');
  return { ...presentBare(list), additionalProperties: Object.fromEntries(known) };
}

const SIZES_KEPT = 200;
const SAME_POINT_MS = 60_000;

/** Adds a point to the list's size history; changes within a minute are one point. */
export function noteSize(list: ListState, timestamp: number, size: number) {
  const last = list.sizeHistory.at(-1);
  const kept =
    last && timestamp - last.timestamp < SAME_POINT_MS ? list.sizeHistory.slice(0, -1) : list.sizeHistory;
  list.sizeHistory = [...kept.slice(1 - SIZES_KEPT), { timestamp, size }];
}
