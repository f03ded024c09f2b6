import { beforeEach, describe, expect, it } from 'vitest';
import { usersSchema } from '#lib/auth/schemas.ts';
import { recordSignIn } from '#lib/auth/server/record-sign-in.ts';
import { db } from '#lib/core/db.ts';
import { ask, send } from '#lib/testing/asking.ts';
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

const list = (who: TestWorkspace | null) => ask(GET, who);
const setRole = (id: string, body: unknown, who: TestWorkspace | null = admin) =>
  ask(PATCH, who, { method: 'PATCH', params: { id }, body });
const remove = (id: string, who: TestWorkspace | null = admin) =>
  ask(DELETE, who, { method: 'DELETE', params: { id } });
const setMine = async (body: unknown, who: TestWorkspace | null = viewer) =>
  (await send(patchMe, who, { method: 'PATCH', body })).status;

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
    expect(Object.keys(rolesOf((await list(other)).body))).toEqual([other.userId]);
    expect((await setRole(viewer.userId, { role: 'admin' }, other)).body.code).toBe('not_found');
    expect((await remove(viewer.userId, other)).body.code).toBe('not_found');
    expect(rolesOf((await list(admin)).body)[viewer.userId]).toBe('viewer');
  });

  it.each([{ role: 'admin', colour: 'red' }, { role: 'owner' }, {}])('refuses %o', async (body) => {
    expect((await setRole(viewer.userId, body)).body.code).toBe('bad_request');
  });

  it.each([{ locale: 'da', colour: 'red' }, { locale: 'de' }])('refuses %o of one’s own', async (body) => {
    expect(await setMine(body)).toBe(400);
  });

  it('lets viewers look, and choose their language, but change nobody', async () => {
    expect((await list(viewer)).body.canEdit).toBe(false);
    expect((await setRole(viewer.userId, { role: 'admin' }, viewer)).body.code).toBe('admin_only');
    expect((await remove(admin.userId, viewer)).body.code).toBe('admin_only');
    expect(await setMine({ locale: 'da' })).toBe(200);
    expect((await db().user.findUniqueOrThrow({ where: { id: viewer.userId } })).locale).toBe('da');
  });
});

describe('Users & Teams', () => {
  it('lists everybody by name, and who asks', async () => {
    const { users, canEdit } = usersSchema.parse((await list(admin)).body);
    expect(canEdit).toBe(true);
    expect(users.map(({ name, role, isYou }) => [name, role, isYou])).toEqual([
      ['Maya Lindqvist', 'admin', true],
      ['Noor Haddad', 'viewer', false],
    ]);
  });

  it('makes a viewer an admin, which holds at once and stands in the audit log', async () => {
    expect(rolesOf((await setRole(viewer.userId, { role: 'admin' })).body)[viewer.userId]).toBe('admin');
    expect((await setRole(admin.userId, { role: 'viewer' }, viewer)).status).toBe(200);
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
      setRole(admin.userId, { role: 'viewer' }, admin),
      setRole(viewer.userId, { role: 'viewer' }, viewer),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('ends the sessions of who is removed', async () => {
    const removed = usersSchema.parse((await remove(viewer.userId)).body);
    expect(removed.users.map(({ id }) => id)).toEqual([admin.userId]);
    expect((await list(viewer)).status).toBe(401);
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
    const { users } = usersSchema.parse((await list(admin)).body);
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
    const { users } = usersSchema.parse((await list(admin)).body);
    expect(users.find(({ id }) => id === viewer.userId)).toMatchObject({
      role: 'admin',
      isSuperAdmin: false,
    });
  });
});
