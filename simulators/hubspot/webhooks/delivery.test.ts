import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Signature } from '@hubspot/api-client';
import { afterEach, describe, expect, it } from 'vitest';
import { benchPerTest } from '../testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const scene = benchPerTest();
const { open, advance, create } = scene;

let receiver: Server | undefined;

afterEach(() => {
  receiver?.closeAllConnections();
  receiver?.close();
  receiver = undefined;
});

describe('webhooks', () => {
  interface Delivery {
    headers: IncomingHttpHeaders;
    body: string;
  }

  const receive = async (answer: () => number) => {
    const got: Delivery[] = [];
    let arrived = () => {};
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        got.push({ headers: request.headers, body });
        response.writeHead(answer()).end();
        arrived();
      });
    });
    await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hooks?a=1`;
    const atLeast = async (count: number) => {
      while (got.length < count) await new Promise<void>((resolve) => (arrived = resolve));
    };
    return { url, got, atLeast };
  };

  it('deliver signed batches, and again after a failure', async () => {
    let status = 500;
    const { url, got, atLeast } = await receive(() => status);
    await open({ webhookUrl: url });
    const id = await create({ email: 'hook@x.example' });
    await atLeast(1);
    status = 200;
    await advance(86_400_000);
    await atLeast(2);
    const [first, second] = got.map(({ body }) => JSON.parse(body) as Record<string, unknown>[]);
    const creation = first?.find((event) => event.subscriptionType === 'contact.creation');
    expect(creation).toMatchObject({
      ...{ objectId: Number(id), portalId: 147893286, changeFlag: 'CREATED', attemptNumber: 0 },
      ...{ changeSource: 'INTEGRATION', sourceId: '16111050' },
    });
    expect(second?.[0]?.attemptNumber).toBe(1);
    const secret = 'simulated-hubspot-app-secret';
    const headers = got[0]?.headers ?? {};
    const timestamp = Number(headers['x-hubspot-request-timestamp']);
    const signed = { clientSecret: secret, requestBody: got[0]?.body ?? '', url, timestamp, signature: '' };
    expect(Signature.getSignature('POST', 'v3', signed)).toBe(headers['x-hubspot-signature-v3']);
  });

  it('wait over a restart', async () => {
    const folder = scene.newFolder();
    let status = 500;
    const { url, got, atLeast } = await receive(() => status);
    await open({ webhookUrl: url }, 'empty', folder);
    await create({ email: 'later@x.example' });
    await atLeast(1);
    await scene.bench.stop();
    status = 200;
    await open({ webhookUrl: url }, 'empty', folder);
    await advance(86_400_000);
    await atLeast(2);
    expect(got.at(-1)?.body).toContain('later@x.example');
  });

  it('are sent only as many at once as the app allows', async () => {
    let underWay = 0;
    let most = 0;
    const done: string[] = [];
    let arrived = () => {};
    receiver = createServer(async (request, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for await (const _ of request);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      done.push('');
      response.end();
      arrived();
    });
    await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    const targetUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hooks`;
    await open({ webhookDelayMs: 1_000 });
    const app = '/webhooks/v3/16111050';
    const throttling = { maxConcurrentRequests: 2 };
    expect((await scene.bench.call('PUT', `${app}/settings`, { targetUrl, throttling })).status).toBe(200);
    const subscription = { eventType: 'contact.creation', active: true };
    await scene.bench.call('POST', `${app}/subscriptions`, subscription);
    for (let first = 0; first < 500; first += 100) {
      const inputs = Array.from({ length: 100 }, (_, at) => ({
        properties: { email: `many${first + at}@x.example` },
      }));
      await scene.bench.call('POST', `${CONTACTS}/batch/create`, { inputs });
    }
    await advance(1_000);
    while (done.length < 5) await new Promise<void>((resolve) => (arrived = resolve));
    expect(most).toBe(2);
  });
});
