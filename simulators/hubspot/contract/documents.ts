import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Media {
  content?: Record<string, { schema?: object }>;
}

interface Operation extends Media {
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: Media;
  responses: Record<string, Media>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  requestBody: unknown;
  status: number;
  responseBody: unknown;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const FOLDER = new URL('.', import.meta.url);

/** The published documents: which operations there are, and whether a call keeps to them. */
export function loadContract() {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  // Times in milliseconds carry the format int32 in the derived documents: the formats of numbers say nothing.
  (addFormats as unknown as { default: typeof addFormats }).default?.(ajv);
  for (const format of ['int32', 'int64', 'double', 'float', 'binary']) ajv.addFormat(format, true);
  const operations = names.flatMap((name) => {
    const document = relax(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))) as Document;
    ajv.addSchema(document, name);
    return Object.entries(document.paths).flatMap(([path, methods]) =>
      METHODS.flatMap((method) => {
        const operation = methods[method];
        return operation ? [toOperation(ajv, name, path, method, operation)] : [];
      }),
    );
  });
  const fitting = (seen: Pick<Seen, 'method' | 'path'>) => mostLiteral(operations, seen);
  return {
    operations,
    /** The operations that a call belongs to. */
    named: (seen: Pick<Seen, 'method' | 'path'>) =>
      fitting(seen).map(({ name, document }) => `${document} ${name}`),
    /** What is wrong with a call. */
    check: (seen: Seen) => fitting(seen).flatMap((operation) => problemsOf(operation, seen)),
  };
}

interface Known {
  /** `METHOD /path` */
  name: string;
  document: string;
  pattern: RegExp;
  literal: number;
  required: string[];
  request?: ValidateFunction;
  responses: Map<string, ValidateFunction | undefined>;
}

function toOperation(ajv: Ajv, document: string, path: string, method: string, operation: Operation): Known {
  const pointer = `${document}#/paths/${path.replace(/~/g, '~0').replace(/\//g, '~1')}/${method}`;
  const compile = (at: string, media: Media | undefined, type = 'application~1json') =>
    media?.content?.[type.replace('~1', '/')]?.schema
      ? ajv.compile({ $ref: `${encodeURI(pointer)}/${at}/content/${type}/schema` })
      : undefined;
  const responses = Object.entries(operation.responses).map(
    ([status, media]) => [status, compile(`responses/${status}`, media)] as const,
  );
  const form = 'application~1x-www-form-urlencoded';
  return {
    ...{ name: `${method.toUpperCase()} ${path}`, document },
    pattern: new RegExp(`^${path.replace(/\/$/, '').replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
    literal: path.split('/').filter((part) => !part.startsWith('{')).length,
    required: (operation.parameters ?? [])
      .filter((each) => each.in === 'query' && each.required)
      .map((e) => e.name),
    request:
      compile('requestBody', operation.requestBody) ?? compile('requestBody', operation.requestBody, form),
    responses: new Map(responses),
  };
}

/** The most literal path wins, as in routing. */
function mostLiteral(operations: Known[], seen: Pick<Seen, 'method' | 'path'>): Known[] {
  const fitting = operations.filter(
    ({ name, pattern }) => name.startsWith(`${seen.method} `) && pattern.test(seen.path),
  );
  const most = Math.max(0, ...fitting.map(({ literal }) => literal));
  return fitting.filter(({ literal }) => literal === most);
}

function problemsOf(operation: Known, seen: Seen): string[] {
  const problems: string[] = [];
  const at = `${operation.document} ${operation.name} ${seen.status}`;
  const tell = (what: string, validate: ValidateFunction | undefined, value: unknown) => {
    if (!validate || validate(value)) return;
    for (const error of validate.errors ?? []) {
      problems.push(`${at} ${what}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    }
  };
  const published = operation.responses.has(String(seen.status));
  const success = seen.status < 300;
  const only = [...operation.responses.keys()].every((status) => status === 'default');
  if (success && !published && !only) problems.push(`${at}: a success code that is not published`);
  if (success) {
    tell('request', operation.request, seen.requestBody);
    for (const name of operation.required)
      if (!seen.query.has(name)) problems.push(`${at}: no query ${name}`);
    tell('response', operation.responses.get(String(seen.status)), seen.responseBody);
  } else {
    tell('error', operation.responses.get('default'), seen.responseBody);
  }
  return problems;
}

/**
 * The documents are derived from the client's models. Where these are known to differ from what is sent: ids of
 * associated objects are numbers, an absent label or setting is null, an empty value is null, as is the user of an
 * archived owner.
 */
function relax(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relax);
  if (typeof node !== 'object' || node === null) return node;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) result[key] = relax(value);
  const properties = result.properties as Record<string, Record<string, unknown>> | undefined;
  if (properties?.toObjectId && properties.associationTypes)
    properties.toObjectId = { type: ['number', 'string'] };
  for (const name of ['label', 'membershipTeamId', 'includeUnassigned', 'userId']) {
    const property = properties?.[name];
    if (property && typeof property.type === 'string') property.nullable = true;
  }
  if (properties?.properties?.additionalProperties && properties.createdAt) {
    properties.properties = { type: 'object', additionalProperties: { type: ['string', 'null'] } };
  }
  return result;
}
