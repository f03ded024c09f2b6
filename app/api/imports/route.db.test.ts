import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { POST as finish } from './[id]/finish/route.ts';
import { GET as exportPeople } from './[id]/people/export/route.ts';
import { GET as listPeople } from './[id]/people/route.ts';
import { POST as resume } from './[id]/resume/route.ts';
import { GET as getOne } from './[id]/route.ts';
import { POST as start } from './[id]/start/route.ts';
import { POST as stop } from './[id]/stop/route.ts';
import { GET as options } from './route.ts';
import { ask, call, inCampaign, other, post, testImports, viewer, workspace } from './testing.ts';

testImports();

describe('who may', () => {
  it('refuses everything without a session', async () => {
    const id = randomUUID();
    const answers = [
      await call(options, null),
      await ask({ objects: ['lead'], which: { kind: 'all' } }, null),
      await call(getOne, null, { id }),
      await call(listPeople, null, { id, query: '?group=create' }),
      await call(exportPeople, null, { id, query: '?group=create' }),
      await post(start, id, null),
      await post(stop, id, null),
      await post(resume, id, null),
      await post(finish, id, null),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [401, 'not_signed_in']),
    );
    expect(await db().import.count()).toBe(0);
  });

  it('shows another workspace nothing, and viewers everything without letting them do it', async () => {
    const made = await ask({ objects: ['lead'], which: { kind: 'all' } });
    const id = String(made.body.id);
    const elsewhere = [
      await call(getOne, other, { id }),
      await call(listPeople, other, { id, query: '?group=create' }),
      await call(exportPeople, other, { id, query: '?group=create' }),
      await post(start, id, other),
      await post(stop, id, other),
      await post(resume, id, other),
      await post(finish, id, other),
    ];
    expect(elsewhere.map(({ status }) => status)).toEqual(elsewhere.map(() => 404));
    expect(await call(getOne, viewer, { id })).toMatchObject({ status: 200, body: { canControl: false } });
    const refused = [
      await ask({ objects: ['lead'], which: { kind: 'all' } }, viewer),
      await post(start, id, viewer),
      await post(stop, id, viewer),
      await post(resume, id, viewer),
      await post(finish, id, viewer),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      refused.map(() => [403, 'admin_only']),
    );
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown key', { objects: ['lead'], which: { kind: 'all' }, colour: 'red' }],
    ['no object', { objects: [], which: { kind: 'all' } }],
    ['an object twice', { objects: ['lead', 'lead'], which: { kind: 'all' } }],
    ['a day that is none', { objects: ['lead'], which: { kind: 'createdSince', date: '2026-02-31' } }],
    ['SOQL for a campaign', { objects: ['lead'], which: { kind: 'campaign', campaignId: "x' OR '" } }],
  ])('refuses %s and counts nothing', async (_name, body) => {
    expect(await ask(body)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect(await db().import.count()).toBe(0);
  });

  it('refuses an unknown campaign, an unknown group, and a count without Salesforce', async () => {
    expect(await ask(inCampaign('701000000000001AAA'))).toMatchObject({ status: 404 });
    const { body } = await ask({ objects: ['lead'], which: { kind: 'all' } });
    const id = String(body.id);
    expect(await call(listPeople, workspace, { id, query: '?group=all' })).toMatchObject({ status: 400 });
    expect(await call(listPeople, workspace, { id, query: '?group=create&x=1' })).toMatchObject({
      status: 400,
    });
    expect(await ask({ objects: ['lead'], which: { kind: 'all' } }, other)).toMatchObject({
      status: 409,
      body: { code: 'salesforce_not_connected' },
    });
    expect(await post(start, id)).toMatchObject({ status: 409, body: { code: 'import_not_counted' } });
  });
});
