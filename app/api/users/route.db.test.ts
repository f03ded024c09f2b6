import { beforeEach, describe, expect, it } from 'vitest';
import { usersSchema } from '#lib/auth/schemas.ts';
import { recordSignIn } from '#lib/auth/server/record-sign-in.ts';
import { db } from '#lib/core/db.ts';
import { addUser, createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { DELETE, PATCH } from './[id]/route.ts';
import { PATCH as patchMe } from './me/route.ts';
import { GET } from './route.ts';

testDatabase();
let admin: TestWorkspace;
let viewer: TestWorkspace;

beforeEach(async () => {
  admin = await createWorkspace();
  viewer = await addUser(admin.workspaceId, 'viewer');
});

function request(method: string, cookie: string | null, body?: unknown): Request {
  return new Request('http://localhost:3000/api/users', {
    method,
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function answerOf(response: Response) {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const none = { params: Promise.resolve({}) };
const list = async (cookie: string | null) => answerOf(await GET(request('GET', cookie), none));
const setRole = async (id: string, body: unknown, cookie: string | null = admin.cookie) =>
  answerOf(await PATCH(request('PATCH', cookie, body), { params: Promise.resolve({ id }) }));
const remove = async (id: string, cookie: string | null = admin.cookie) =>
  answerOf(await DELETE(request('DELETE', cookie), { params: Promise.resolve({ id }) }));
const setMine = async (body: unknown, cookie: string | null = viewer.cookie) =>
  (await patchMe(request('PATCH', cookie, body), none)).status;

const rolesOf = (body: unknown) =>
  Object.fromEntries(usersSchema.parse(body).users.map(({ id, role }) => [id, role]));

describe('who may', () => {
  it('refuses without a session', async () => {
    expect((await list(null)).status).toBe(401);
    expect((await setRole(viewer.userId, { role: 'admin' }, null)).status).toBe(401);
    expect((await remove(viewer.userId, null)).status).toBe(401);
    expect(await setMine({ locale: 'da' }, null)).toBe(401);
  });

  it('knows nobody of another workspace', async () => {
    const other = await createWorkspace();
    expect(Object.keys(rolesOf((await list(other.cookie)).body))).toEqual([other.userId]);
    expect((await setRole(viewer.userId, { role: 'admin' }, other.cookie)).body.code).toBe('not_found');
    expect((await remove(viewer.userId, other.cookie)).body.code).toBe('not_found');
    expect(rolesOf((await list(admin.cookie)).body)[viewer.userId]).toBe('viewer');
  });

  it.each([{ role: 'admin', colour: 'red' }, { role: 'owner' }, {}])('refuses %o', async (body) => {
    expect((await setRole(viewer.userId, body)).body.code).toBe('bad_request');
  });

  it.each([{ locale: 'da', colour: 'red' }, { locale: 'de' }])('refuses %o of one’s own', async (body) => {
    expect(await setMine(body)).toBe(400);
  });

  it('lets viewers look, and choose their language, but change nobody', async () => {
    expect((await list(viewer.cookie)).body.canEdit).toBe(false);
    expect((await setRole(viewer.userId, { role: 'admin' }, viewer.cookie)).body.code).toBe('admin_only');
    expect((await remove(admin.userId, viewer.cookie)).body.code).toBe('admin_only');
    expect(await setMine({ locale: 'da' })).toBe(200);
    expect((await db().user.findUniqueOrThrow({ where: { id: viewer.userId } })).locale).toBe('da');
  });
});

describe('Users & Teams', () => {
  it('lists everybody by name, and who asks', async () => {
    const { users, canEdit } = usersSchema.parse((await list(admin.cookie)).body);
    expect(canEdit).toBe(true);
    expect(users.map(({ name, role, isYou }) => [name, role, isYou])).toEqual([
      ['Maya Lindqvist', 'admin', true],
      ['Noor Haddad', 'viewer', false],
    ]);
  });

  it('makes a viewer an admin, which holds at once and stands in the audit log', async () => {
    expect(rolesOf((await setRole(viewer.userId, { role: 'admin' })).body)[viewer.userId]).toBe('admin');
    expect((await setRole(admin.userId, { role: 'viewer' }, viewer.cookie)).status).toBe(200);
    expect((await setRole(viewer.userId, { role: 'viewer' })).body.code).toBe('admin_only');
    const entries = await db().auditEntry.findMany({
      where: { workspaceId: admin.workspaceId },
      orderBy: { at: 'asc' },
    });
    expect(entries).toMatchObject([
      {
        action: 'user.role',
        actorId: admin.userId,
        oldValue: { value: { name: 'Noor Haddad', role: 'viewer' } },
        newValue: { value: { name: 'Noor Haddad', role: 'admin' } },
      },
      { action: 'user.role', actorId: viewer.userId, newValue: { value: { role: 'viewer' } } },
    ]);
  });

  it('keeps the last admin, also when two go at once', async () => {
    expect((await setRole(admin.userId, { role: 'viewer' })).body.code).toBe('last_admin');
    expect((await remove(admin.userId)).body.code).toBe('last_admin');
    await setRole(viewer.userId, { role: 'admin' });
    const both = await Promise.all([
      setRole(admin.userId, { role: 'viewer' }, admin.cookie),
      setRole(viewer.userId, { role: 'viewer' }, viewer.cookie),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('ends the sessions of who is removed', async () => {
    const removed = usersSchema.parse((await remove(viewer.userId)).body);
    expect(removed.users.map(({ id }) => id)).toEqual([admin.userId]);
    expect((await list(viewer.cookie)).status).toBe(401);
  });
});

describe('at a log-in', () => {
  const identity = {
    id: '1:2',
    hubId: '1',
    hubDomain: 'northwind.example',
    hubspotUserId: '2',
    name: 'Noor Haddad-Berg',
    email: 'noor@northwind.example',
    timeZone: 'Europe/Berlin',
    uiDomain: 'app.hubspot.com',
  };

  it('HubSpot’s super admins become admins, and the log says that HubSpot did it', async () => {
    await recordSignIn(viewer.userId, { ...identity, superAdmin: true });
    const { users } = usersSchema.parse((await list(admin.cookie)).body);
    const noor = users.find(({ id }) => id === viewer.userId);
    expect(noor).toMatchObject({ name: 'Noor Haddad-Berg', role: 'admin', isSuperAdmin: true });
    expect(noor?.lastLoginAt).not.toBeNull();
    const entries = await db().auditEntry.findMany({ where: { workspaceId: admin.workspaceId } });
    expect(entries).toMatchObject([{ action: 'user.role', actorId: null, actor: 'HubSpot' }]);
  });

  it('others keep the role that an admin gave them, also when HubSpot does not answer', async () => {
    await setRole(viewer.userId, { role: 'admin' });
    await recordSignIn(viewer.userId, { ...identity, superAdmin: false });
    await recordSignIn(viewer.userId, { ...identity, superAdmin: null });
    const { users } = usersSchema.parse((await list(admin.cookie)).body);
    expect(users.find(({ id }) => id === viewer.userId)).toMatchObject({
      role: 'admin',
      isSuperAdmin: false,
    });
  });
});
