import { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContract, type Seen } from './contract/documents.ts';
import { startScript } from './contract/scripts.ts';
import { type Bench, startBench } from './testing.ts';

const contract = loadContract();
const seen: Seen[] = [];
const realFetch = globalThis.fetch;
let bench: Bench;

/** Listens to every call, of the published client as of our own, on its way to the real server. */
async function listening(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await realFetch(input, init);
  const url = new URL(input instanceof Request ? input.url : String(input));
  const text = await response.clone().text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  seen.push({
    ...{
      method: init?.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      status: response.status,
    },
    requestBody: readable(init?.body),
    responseBody: isJson ? JSON.parse(text) : undefined,
  });
  return response;
}

function readable(body: unknown): unknown {
  if (body instanceof URLSearchParams) return Object.fromEntries(body);
  if (typeof body !== 'string') return undefined;
  return body.startsWith('{') || body.startsWith('[')
    ? JSON.parse(body)
    : Object.fromEntries(new URLSearchParams(body));
}

beforeAll(async () => {
  globalThis.fetch = listening;
  bench = await startBench('empty');
});

afterAll(async () => {
  globalThis.fetch = realFetch;
  await bench.stop();
});

describe('every operation of every published document', () => {
  const client = () => new Client({ accessToken: bench.accessToken, basePath: bench.url });
  for (const [area, script] of startScript) {
    it(`can be driven: ${area}`, async () => {
      await script({ bench, client: client() });
    });
  }

  it('keeps to the documents in request, code and response', () => {
    const problems = seen.flatMap((each) => contract.check(each));
    expect([...new Set(problems)]).toEqual([]);
  });

  it('leaves none out', () => {
    // By the server's own log: the client sends its one multipart call past fetch.
    const { requests } = bench.sim.log.report();
    const driven = new Set(
      requests.filter(({ status }) => status < 300).flatMap((each) => contract.named(each)),
    );
    const missing = contract.operations
      .map(({ document, name }) => `${document} ${name}`)
      .filter((name) => !driven.has(name));
    expect(missing).toEqual([]);
  });

  it('answers with the JSON content type and one correlation id', async () => {
    const wrong = await bench.call('GET', '/crm/v3/objects/contacts/0');
    expect(wrong.headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(wrong.headers.get('x-hubspot-correlation-id')).toBe(wrong.body.correlationId);
  });
});
