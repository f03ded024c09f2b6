import { describe, expect, it } from 'vitest';
import { benchPerTest } from './testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const scene = benchPerTest();
const { open, advance, create } = scene;

describe('records', () => {
  it('keep their time when a write changes nothing', async () => {
    await open();
    const id = await create({ email: 'same@x.example', city: 'Lund' });
    const before = (await scene.bench.call('GET', `${CONTACTS}/${id}`)).body.updatedAt;
    await advance(60_000);
    await scene.bench.call('PATCH', `${CONTACTS}/${id}`, {
      properties: { city: 'Lund', email: 'SAME@x.example' },
    });
    expect((await scene.bench.call('GET', `${CONTACTS}/${id}`)).body.updatedAt).toBe(before);
    await scene.bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { city: '' } });
    const after = await scene.bench.call(
      'GET',
      `${CONTACTS}/${id}?properties=city&propertiesWithHistory=city`,
    );
    expect(after.body.updatedAt).not.toBe(before);
    expect(after.body).toMatchObject({
      properties: { city: null },
      propertiesWithHistory: { city: [{ value: '' }, { value: 'Lund' }] },
    });
  });

  it('move the lifecycle stage only forward, and append to a multi-select with a leading semicolon', async () => {
    await open();
    const options = ['a', 'b'].map((value) => ({ label: value, value }));
    const property = { name: 'multi', label: 'Multi', type: 'enumeration', fieldType: 'checkbox', options };
    await scene.bench.control('POST', '/schema', { properties: [property] });
    const id = await create({ lifecyclestage: 'customer', multi: 'a' });
    await scene.bench.call('PATCH', `${CONTACTS}/${id}`, {
      properties: { lifecyclestage: 'lead', multi: ';b' },
    });
    const read = await scene.bench.call('GET', `${CONTACTS}/${id}?properties=lifecyclestage,multi,nothing`);
    expect(read.body.properties).toMatchObject({ lifecyclestage: 'customer', multi: 'a;b' });
    expect(read.body.properties).not.toHaveProperty('nothing');
  });

  it('create all or nothing in a batch, unless every input has a trace of its own', async () => {
    await open();
    const bad = { properties: { email: 'no address' } };
    const good = (email: string) => ({ properties: { email } });
    expect(
      (await scene.bench.call('POST', `${CONTACTS}/batch/create`, { inputs: [good('a@x.example'), bad] }))
        .status,
    ).toBe(400);
    expect((await scene.bench.call('GET', CONTACTS)).body.results).toEqual([]);
    const inputs = [good('a@x.example'), bad].map((input, index) => ({
      ...input,
      objectWriteTraceId: `t${index}`,
    }));
    const traced = await scene.bench.call('POST', `${CONTACTS}/batch/create`, { inputs });
    expect(traced.status).toBe(207);
    expect(traced.body).toMatchObject({
      numErrors: 1,
      errors: [{ context: { objectWriteTraceId: ['t1'] } }],
    });
  });

  it('that a reset seeded are found at once, whatever the delay', async () => {
    await open({ searchDelayMs: 60_000 });
    await scene.bench.control('POST', '/reset', { seed: 'demo', contacts: 30 });
    const { accessToken } = await scene.bench.control<{ accessToken: string }>('POST', '/tokens', {});
    const answer = await fetch(`${scene.bench.url}${CONTACTS}/search`, {
      ...{ method: 'POST', body: '{}' },
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ total: 30 });
  });

  it('are found by search only after the delay, in the form they had before', async () => {
    await open({ searchDelayMs: 60_000 });
    const id = await create({ email: 'late@x.example' });
    const total = async (value: string) => {
      const filters = [{ propertyName: 'email', operator: 'EQ', value }];
      return (await scene.bench.call('POST', `${CONTACTS}/search`, { filterGroups: [{ filters }] })).body
        .total;
    };
    expect(await total('late@x.example')).toBe(0);
    await advance(60_000);
    expect(await total('LATE@x.example')).toBe(1);
    await scene.bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { email: 'new@x.example' } });
    expect([await total('late@x.example'), await total('new@x.example')]).toEqual([1, 0]);
    await advance(60_000);
    expect([await total('late@x.example'), await total('new@x.example')]).toEqual([0, 1]);
  });
});

describe('an uninstall', () => {
  it('ends every token of the app in the account', async () => {
    await open();
    expect((await scene.bench.call('DELETE', '/appinstalls/v3/external-install')).status).toBe(204);
    expect((await scene.bench.call('GET', CONTACTS)).status).toBe(401);
    const fields = { client_id: 'segbridge-hubspot', client_secret: 'simulated-hubspot-app-secret' };
    const again = { grant_type: 'refresh_token', refresh_token: scene.bench.refreshToken, ...fields };
    expect((await scene.bench.form('/oauth/2026-03/token', again)).status).toBe(400);
  });
});

describe('rate limits', () => {
  it('are told in headers, and enforced when switched on, search apart', async () => {
    await open({ rateLimits: true, rateLimitTenSecondly: 3, rateLimitSearchPerSecond: 2, dailyApiLimit: 8 });
    const first = await scene.bench.call('GET', CONTACTS);
    expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('2');
    expect(first.headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('7');
    for (let count = 0; count < 2; count += 1) await scene.bench.call('GET', CONTACTS);
    const general = await scene.bench.call('GET', CONTACTS);
    expect([general.status, general.body.policyName]).toEqual([429, 'TEN_SECONDLY_ROLLING']);
    const search = () => scene.bench.call('POST', `${CONTACTS}/search`, {});
    expect((await search()).headers.get('x-hubspot-ratelimit-max')).toBeNull();
    await search();
    const refused = await search();
    expect([refused.status, refused.body.message, refused.body.policyName]).toEqual([
      ...[429, 'You have reached your secondly limit.', undefined],
    ]);
    await advance(11_000);
    expect((await scene.bench.call('GET', CONTACTS)).status).toBe(200);
    expect((await scene.bench.call('GET', CONTACTS)).body.policyName).toBe('DAILY');
  });
});
