import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClock } from './clock.ts';
import { createFaults, parseFaults } from './faults.ts';
import { collapseIds, createRequestLog } from './request-log.ts';
import { createSimulator, type RunningSimulator } from './server.ts';
import { openStore } from './store.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  folders.push(folder);
  return folder;
};
let running: RunningSimulator<{ speed: number }> | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('the store', () => {
  it('finds everything again without having been closed', () => {
    const folder = newFolder();
    const first = openStore(folder).collection<{ name: string }>('people');
    first.set('1', { name: 'Åsa' });
    first.set('2', { name: 'gone' });
    first.delete('2');
    const second = openStore(folder).collection<{ name: string }>('people');
    expect([...second.entries()]).toEqual([['1', { name: 'Åsa' }]]);
  });

  it('survives a torn last line and goes on from there', () => {
    const folder = newFolder();
    openStore(folder).collection<number>('n').set('a', 1);
    appendFileSync(join(folder, 'journal.ndjson'), '["n","b",2');
    openStore(folder).collection<number>('n').set('c', 3);
    expect([...openStore(folder).collection<number>('n').entries()]).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
  });

  it('keeps the state through compaction, clearing and batches', () => {
    const folder = newFolder();
    const store = openStore(folder);
    const numbers = store.collection<number>('n');
    store.batch(() => {
      for (let index = 0; index < 100; index += 1) numbers.set(String(index), index);
    });
    store.compact();
    numbers.delete('5');
    expect(openStore(folder).collection<number>('n').size).toBe(99);
    store.clear();
    expect(openStore(folder).collection<number>('n').size).toBe(0);
  });
});

describe('the clock', () => {
  it('runs what falls due on the way, in order and at its own moment', async () => {
    const clock = createClock(0);
    const start = clock.now();
    const seen: number[] = [];
    clock.after(60_000, () => {
      seen.push(Math.round((clock.now() - start) / 1_000));
      clock.after(30_000, () => void seen.push(Math.round((clock.now() - start) / 1_000)));
    });
    clock.after(100_000, () => void seen.push(100));
    clock.after(5_000, () => void seen.push(0)).cancel();
    await clock.advance(99_000);
    expect(seen).toEqual([60, 90]);
    await clock.advance(1_000);
    expect(seen).toEqual([60, 90, 100]);
    clock.stop();
  });
});

describe('faults and the request log', () => {
  it('meets by prefix or pattern, a given number of times', () => {
    const faults = createFaults();
    faults.replace(parseFaults([{ method: 'get', path: '/a/*/c', status: 500, times: 1 }]));
    expect(faults.take('POST', '/a/b/c')).toBeUndefined();
    expect(faults.take('GET', '/a/b/c')?.status).toBe(500);
    expect(faults.take('GET', '/a/b/c')).toBeUndefined();
    expect(() => parseFaults([{ path: '/a', stauts: 500 }])).toThrow('A fault has no "stauts".');
  });

  it('collapses ids of both vendors', () => {
    expect(collapseIds('/crm/objects/2026-03/0-1/123')).toBe('/crm/objects/2026-03/0-1/{id}');
    expect(collapseIds('/services/data/v67.0/sobjects/Lead/00Q5g00000AbCdEEAV')).toBe(
      '/services/data/v67.0/sobjects/Lead/{id}',
    );
    expect(collapseIds('/crm/v3/objects/contacts/a%40b.example')).toBe('/crm/v3/objects/contacts/{id}');
  });
});

it('the request log keeps no token', () => {
  const log = createRequestLog();
  const rest = { at: '', method: 'GET', status: 200, durationMs: 1 };
  log.add({
    ...rest,
    path: '/oauth/v1/access-tokens/secret1',
    query: '?hapikey=secret2&a=1&refresh_token=secret3',
  });
  expect(log.report().requests[0]?.query).toBe('?hapikey={hidden}&a=1&refresh_token={hidden}');
  expect(JSON.stringify(log.report())).not.toContain('secret1');
});

describe('the server', () => {
  const start = async (folder?: string) => {
    const routes = new Hono().post('/things', (c) => c.json({ ok: true }));
    let resets = 0;
    running = await createSimulator({
      ...{ name: 'test', port: 0, folder, defaults: { speed: 1 } },
      build: () => ({
        routes,
        control: {
          reset: () => {
            resets += 1;
          },
          tokens: () => ({ accessToken: 'a', refreshToken: 'r' }),
          describe: () => ({ resets }),
          schema: () => ({}),
        },
      }),
    });
    return running.url();
  };
  const post = (address: string, body?: unknown) =>
    fetch(address, { method: 'POST', body: body === undefined ? undefined : JSON.stringify(body) });

  it('applies faults, counts requests and can cut the connection before or after the work', async () => {
    const url = await start();
    await post(`${url}/__control/faults`, [
      { path: '/things', status: 502, body: '<h1>Bad gateway</h1>', times: 1 },
      { path: '/things', dropAfterCommit: true, times: 1 },
    ]);
    const broken = await post(`${url}/things`);
    expect([broken.status, broken.headers.get('content-type')]).toEqual([502, 'text/html;charset=utf-8']);
    await expect(post(`${url}/things`)).rejects.toThrow();
    expect(await (await post(`${url}/things`)).json()).toEqual({ ok: true });
    const report = (await (await fetch(`${url}/__control/requests`)).json()) as { counts: object };
    expect(report.counts).toEqual({ 'POST /things': 3 });
  });

  it('holds a request until the list of faults is replaced', async () => {
    const url = await start();
    await post(`${url}/__control/faults`, [{ path: '/things', held: true, times: 1 }]);
    const order: string[] = [];
    const held = post(`${url}/things`).then(async (answer) => {
      order.push('held');
      return answer.json();
    });
    await vi.waitFor(async () => {
      expect(await (await fetch(`${url}/__control/faults`)).json()).toEqual([]);
    });
    await post(`${url}/things`);
    order.push('other');
    await post(`${url}/__control/faults`, []);
    expect(await held).toEqual({ ok: true });
    expect(order).toEqual(['other', 'held']);
  });

  it('takes an empty list of faults and replaces the former one', async () => {
    const url = await start();
    const faults = async () => (await fetch(`${url}/__control/faults`)).json();
    await post(`${url}/__control/faults`, [{ path: '/things', status: 500 }]);
    await post(`${url}/__control/faults`, [{ path: '/other', status: 502 }]);
    expect(await faults()).toEqual([{ path: '/other', status: 502 }]);
    expect((await post(`${url}/__control/faults`, [])).status).toBe(200);
    expect(await faults()).toEqual([]);
    const ended = await fetch(`${url}/__control/faults`, { method: 'DELETE' });
    expect([ended.status, await ended.json()]).toEqual([200, []]);
  });

  it('takes every common setting and every number of a reset, whatever the CRM', async () => {
    const url = await start();
    const settings = {
      ...{ searchDelayMs: 1, listDelayMs: 2, commitDelayMs: 3, rateLimits: true, dailyApiLimit: 4 },
      ...{ webhookUrl: 'http://localhost:1/', planListLimit: 5, rules: { locks: [] }, profiles: { A: {} } },
    };
    expect((await post(`${url}/__control/config`, settings)).status).toBe(200);
    expect(await (await fetch(`${url}/__control/config`)).json()).toMatchObject(settings);
    await post(`${url}/__control/config`, { planListLimit: null });
    expect(await (await fetch(`${url}/__control/config`)).json()).toMatchObject({ planListLimit: 0 });
    const numbers = { seed: 'empty', contacts: 1, segments: 2, records: 3 };
    expect((await post(`${url}/__control/reset`, numbers)).status).toBe(200);
    expect((await post(`${url}/__control/reset`, { recods: 3 })).status).toBe(400);
  });

  it('has an icon that is no part of the request log', async () => {
    const url = await start();
    const icon = await fetch(`${url}/favicon.ico`);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await (await fetch(`${url}/__control/requests`)).json()).toMatchObject({ total: 0 });
  });

  it('keeps its settings over a restart and refuses unknown ones', async () => {
    const folder = newFolder();
    const url = await start(folder);
    expect((await post(`${url}/__control/config`, { speed: 2 })).status).toBe(200);
    expect((await post(`${url}/__control/config`, { sped: 2 })).status).toBe(400);
    await running?.stop();
    const again = await start(folder);
    expect(await (await fetch(`${again}/__control/config`)).json()).toMatchObject({ speed: 2 });
  });
});
