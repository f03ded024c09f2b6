import { type ApiError, invalid } from '../http/errors.ts';
import type { RefineBy } from './filter-types.ts';

export type Json = Record<string, unknown>;

const PRUNING = [
  'ABSOLUTE_COMPARATIVE',
  'ABSOLUTE_RANGED',
  'RELATIVE_COMPARATIVE',
  'RELATIVE_RANGED',
  'ALL_HISTORY',
];
const COALESCING = ['NUM_OCCURRENCES', 'SET_OCCURRENCES'];

/** The 400 for filters that are not of the language. */
export function refuse(message: string): ApiError {
  return invalid(`Invalid filter branch: ${message}`, { subCategory: 'ListError.INVALID_FILTER_BRANCH' });
}

/** One refinement at most for each filter. */
export function parseRefineBy(input: Json): { pruningRefineBy?: RefineBy; coalescingRefineBy?: RefineBy } {
  const { pruningRefineBy: pruning, coalescingRefineBy: coalescing } = input;
  if (pruning && coalescing) throw refuse('a filter can have one refine-by at most');
  if (pruning) checkRefineBy(asObject(pruning, 'pruningRefineBy'), PRUNING);
  if (coalescing) checkRefineBy(asObject(coalescing, 'coalescingRefineBy'), COALESCING);
  return {
    ...(pruning ? { pruningRefineBy: pruning as RefineBy } : {}),
    ...(coalescing ? { coalescingRefineBy: coalescing as RefineBy } : {}),
  };
}

function checkRefineBy(refineBy: Json, allowed: string[]) {
  if (!allowed.includes(String(refineBy.type))) {
    throw refuse(`refine-by type ${refineBy.type} is not one of [${allowed.join(', ')}]`);
  }
}

export function asObject(value: unknown, name: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw refuse(`${name} must be an object`);
}

export function asList(value: unknown, name: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refuse(`${name} must be a list`);
  return value;
}
