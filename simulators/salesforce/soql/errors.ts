import { type ApiError, apiError } from '../errors.ts';

interface Word {
  text: string;
  at: number;
}

/** Words, quoted strings and signs of a query with their places; quoted strings are one word each. */
export function words(soql: string): Word[] {
  const found: Word[] = [];
  const pattern = /'(?:[^'\\]|\\.)*'?|[A-Za-z_][\w.]*|\d[\w.:+-]*|[<>!]=|\S/g;
  for (const match of soql.matchAll(pattern)) found.push({ text: match[0], at: match.index });
  return found;
}

/** Place of the first word that is this name, or this name behind an alias; 0 when there is none. */
export function placeOf(soql: string, name: string): number {
  const wanted = name.toLowerCase();
  const all = words(soql);
  const exact = all.find((word) => word.text.toLowerCase() === wanted);
  if (exact !== undefined) return exact.at;
  const ending = all.find((word) => word.text.toLowerCase().endsWith(`.${wanted}`));
  return ending?.at ?? 0;
}

/** The message with the query, a caret under the place and the position, as the query endpoint words it. */
function withCaret(soql: string, at: number, message: string): string {
  const before = soql.slice(0, at);
  const row = before.split('\n').length;
  const column = at - (before.lastIndexOf('\n') + 1);
  const line = soql.split('\n')[row - 1] ?? '';
  return `\n${line}\n${' '.repeat(column)}^\nERROR at Row:${row}:Column:${column + 1}\n${message}`;
}

export const malformed = (message: string): ApiError => apiError(400, 'MALFORMED_QUERY', message);

export const malformedAt = (soql: string, at: number, message: string): ApiError =>
  malformed(withCaret(soql, at, message));

export function noSuchColumn(soql: string, entity: string, column: string, written = column): ApiError {
  const text =
    `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, be sure ` +
    `to append the '__c' after the custom field name. Please reference your WSDL or the describe call for ` +
    'the appropriate names.';
  return apiError(400, 'INVALID_FIELD', withCaret(soql, placeOf(soql, written), text));
}

export function noSuchRelation(soql: string, name: string, written: string): ApiError {
  const text =
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom ` +
    `relationship, be sure to append the '__r' after the custom relationship name. Please reference your ` +
    'WSDL or the describe call for the appropriate names.';
  return apiError(400, 'INVALID_FIELD', withCaret(soql, placeOf(soql, written), text));
}

export function noSuchChildRelation(soql: string, name: string, entity: string): ApiError {
  const text =
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a ` +
    `custom relationship, be sure to append the '__r' after the custom relationship name. Please reference ` +
    `your WSDL or the describe call for the appropriate names. (${entity})`;
  return apiError(400, 'INVALID_TYPE', withCaret(soql, placeOf(soql, name), text));
}

export function noSuchType(soql: string, name: string): ApiError {
  const text =
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to ` +
    `append the '__c' after the entity name. Please reference your WSDL or the describe call for the ` +
    'appropriate names.';
  return apiError(400, 'INVALID_TYPE', withCaret(soql, placeOf(soql, name), text));
}

export const fieldRefused = (soql: string, written: string, message: string): ApiError =>
  apiError(400, 'INVALID_FIELD', withCaret(soql, placeOf(soql, written), message));

export const operatorRefused = (soql: string, written: string, message: string): ApiError =>
  apiError(400, 'INVALID_QUERY_FILTER_OPERATOR', withCaret(soql, placeOf(soql, written), message));
