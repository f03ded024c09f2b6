import { Hono } from 'hono';
import type { ControlHooks, Seed } from '#simulators/core/control.ts';
import { accounts } from './account/accounts.ts';
import type { ApiContext } from './api.ts';
import { restoreRecord } from './objects/write.ts';
import type { Portal } from './portal.ts';
import { createProperty, updateProperty } from './properties/define.ts';
import { setValidations, type ValidationRule } from './properties/validations.ts';

interface SchemaChange {
  account?: number | string;
  objectType?: string;
  groups?: { name: string; label: string }[];
  properties?: Record<string, unknown>[];
  archive?: string[];
  /** Rules of a property's values, in place of its former ones; enforced from 2026-09 on. */
  validations?: { property: string; rules: ValidationRule[] }[];
}

/** The simulator's side of `/__control`. */
export function controlHooks(context: ApiContext, reset: (seed: Seed) => void): ControlHooks {
  const portalOf = (account: string | number | undefined): Portal => {
    const wanted = account === undefined ? accounts[0]?.portalId : account;
    const found = accounts.find((each) => each.portalId === Number(wanted) || each.name === wanted);
    const portal = found && context.portals.get(found.portalId);
    if (!portal) throw new Error(`There is no account ${account}.`);
    return portal;
  };
  return {
    reset,
    tokens({ account, user, app: clientId }) {
      const portal = portalOf(account);
      const member = portal.account.members.find(
        (each) => user === undefined || each.email === user || each.userId === Number(user),
      );
      if (!member) throw new Error(`There is no user ${user} in this account.`);
      const app = context.apps().find((each) => clientId === undefined || each.clientId === clientId);
      if (!app) throw new Error(`There is no app ${clientId}.`);
      const grant = { clientId: app.clientId, appId: app.appId, portalId: portal.id, userId: member.userId };
      const scopes = [...app.scopes];
      const expiresIn = context.world.config.current.accessTokenSeconds;
      const owner = { portalId: portal.id, userId: member.userId, scopes, expiresIn };
      return { ...context.tokens.issue({ ...grant, scopes }), ...owner };
    },
    describe: () => ({
      apps: context.apps().map(({ appId, name, clientId, clientSecret, developerKey, redirectUris }) => ({
        ...{ appId, name, clientId, clientSecret, developerKey, redirectUris },
      })),
      accounts: accounts.map(({ portalId, name, timeZone, members }) => ({
        portalId,
        name,
        timeZone,
        members,
      })),
    }),
    schema: (change) => changeSchema(portalOf, change as SchemaChange),
    routes: extraRoutes(portalOf),
  };
}

function changeSchema(portalOf: (account: string | number | undefined) => Portal, change: SchemaChange) {
  const store = portalOf(change.account).objects(change.objectType ?? 'contacts');
  for (const group of change.groups ?? []) store.saveGroup({ ...group, displayOrder: -1, archived: false });
  for (const input of change.properties ?? []) {
    const known = store.property(String(input.name));
    if (known) updateProperty(store, known, input, '0');
    else createProperty(store, { groupName: [...store.groups.keys()][0], ...input }, '0');
  }
  for (const name of change.archive ?? []) {
    const known = store.property(name);
    if (known) store.saveProperty({ ...known, archived: true, archivedAt: store.portal.world.clock.iso() });
  }
  for (const { property, rules } of change.validations ?? []) setValidations(store, property, rules);
  return { properties: [...store.properties.keys()] };
}

/** What a person does in HubSpot and no API offers: restoring a record, behaving on a website. */
function extraRoutes(portalOf: (account: string | number | undefined) => Portal): Hono {
  const app = new Hono();
  app.post('/restore', async (c) => {
    const body = await c.req.json<{ account?: number; objectType?: string; id: string }>();
    const store = portalOf(body.account).objects(body.objectType ?? 'contacts');
    return c.json({ id: restoreRecord(store, body.id, { sourceType: 'CRM_UI' }).id });
  });
  app.post('/activities', async (c) => {
    const body = await c.req.json<{ account?: number; contactId: string; filterType: string; id: string }>();
    const portal = portalOf(body.account);
    const activities = portal.collection<object[]>('activities');
    const { account: _, contactId, ...activity } = body;
    const at = portal.world.clock.now();
    activities.set(contactId, [...(activities.get(contactId) ?? []), { at, ...activity }]);
    portal.lists.processor.recordChanged('0-1', contactId);
    return c.json({ ok: true });
  });
  return app;
}
