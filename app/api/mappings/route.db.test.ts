import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GET as connected } from '#app/api/connections/salesforce/callback/route.ts';
import { beginSalesforceConsent } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { defaultMappings } from '#lib/mappings/default-mappings.ts';
import { answerConsent, connectHubSpot } from '#lib/testing/connections.ts';
import { addUser, createWorkspace } from '#lib/testing/database.ts';
import { GET as fields } from './fields/route.ts';
import { POST as preview } from './preview/route.ts';
import { POST as createProperty } from './properties/route.ts';
import {
  add,
  call,
  change,
  list,
  mobile,
  putBack,
  remove,
  rowOf,
  simulators,
  testMappings,
  workspace,
} from './testing.ts';

testMappings();

describe('who may', () => {
  it('refuses without a session', async () => {
    const id = randomUUID();
    const answers = await Promise.all([
      list(null),
      add(mobile, null),
      change(id, { ...mobile, version: 0 }, null),
      remove(id, { version: 0 }, null),
      putBack(id, null),
      call(fields, 'GET', null),
      call(preview, 'POST', null, { ...mobile, mappingId: null }),
      call(createProperty, 'POST', null, { object: 'Lead', field: 'Rating' }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  });

  it('shows and changes only the asker’s own workspace', async () => {
    const other = await createWorkspace();
    const { id, version } = rowOf(await add(mobile), 'mobilephone');
    expect((await list(other)).body.mappings).toEqual([]);
    expect((await remove(id, { version }, other)).body.code).toBe('not_found');
    expect((await change(id, { ...mobile, version }, other)).body.code).toBe('not_found');
    await remove(id, { version });
    expect((await putBack(id, other)).body.code).toBe('not_found');
  });

  it.each([
    ['an unknown key', { ...mobile, colour: 'red' }],
    ['a rule that is none', { ...mobile, rule: 'SOMETIMES' }],
    ['no field at all', { ...mobile, leadField: null, contactField: null }],
  ])('refuses %s', async (_name, body) => {
    const answer = await add(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'bad_request']);
    const changed = await change(randomUUID(), { ...body, version: 0 });
    expect([changed.status, changed.body.code]).toEqual([400, 'bad_request']);
  });

  it('refuses unknown keys elsewhere', async () => {
    const answers = [
      await remove(randomUUID(), { version: 0, force: true }),
      await call(preview, 'POST', workspace, { ...mobile, mappingId: null }),
      await call(createProperty, 'POST', workspace, { object: 'Account', field: 'Name' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  it('lets viewers look, not change', async () => {
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect((await list(viewer)).body.canEdit).toBe(false);
    const { id } = rowOf(await list(), 'jobtitle');
    const answers = [
      await add(mobile, viewer),
      await change(id, { ...mobile, version: 0 }, viewer),
      await remove(id, { version: 0 }, viewer),
      await call(createProperty, 'POST', viewer, { object: 'Lead', field: 'MobilePhone' }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(Array(4).fill('admin_only'));
  });
});

it('default mappings are there as soon as Salesforce is connected', async () => {
  const other = await createWorkspace();
  await connectHubSpot(other, simulators.current.hubspot);
  const begun = await beginSalesforceConsent(other.actor, { sandbox: false, otherOrg: false });
  if (!begun.ok) throw new Error(begun.failure.code);
  const answer = new URLSearchParams(await answerConsent(begun.value.url));
  const request = new Request(`http://localhost:3000/api/connections/salesforce/callback?${answer}`, {
    headers: { cookie: other.cookie },
  });
  await connected(request, { params: Promise.resolve({}) });
  const count = await db().mapping.count({ where: { workspaceId: other.workspaceId } });
  expect(count).toBe(defaultMappings.length);
});

describe('adding', () => {
  it('makes one version and one audit entry, and writes nothing to a CRM', async () => {
    const answer = await add(mobile);
    expect(answer.status).toBe(200);
    expect(rowOf(answer, 'mobilephone')).toMatchObject({
      ...{ version: 1, isDefault: false, direction: 'BOTH', changedBy: workspace.actor.name, errors: 0 },
    });
    const where = { workspaceId: workspace.workspaceId };
    expect(await db().settingsVersion.findMany({ where })).toMatchObject([{ version: 1, key: 'mapping' }]);
    expect(await db().auditEntry.findMany({ where: { ...where, action: 'mapping.created' } })).toHaveLength(
      1,
    );
    for (const crm of [simulators.current.hubspot, simulators.current.salesforce]) {
      expect((await crm.requests()).writes).toEqual({ created: 0, changed: 0, deleted: 0 });
    }
  });

  it.each([
    ['types that don’t fit', { ...mobile, leadField: 'AnnualRevenue', contactField: null }, 'mapping_types'],
    ['a field that isn’t there', { ...mobile, leadField: 'Nothing__c' }, 'mapping_unknown_field'],
    ['a property that isn’t there', { ...mobile, hubspotProperty: 'nothing' }, 'mapping_unknown_field'],
    ['a HubSpot user', { ...mobile, hubspotProperty: 'hubspot_owner_id' }, 'mapping_unmappable'],
    ['a property that is mapped', { ...mobile, hubspotProperty: 'phone' }, 'mapping_taken'],
    ['a field that is mapped', { ...mobile, leadField: 'Phone', contactField: null }, 'mapping_taken'],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await add(body);
    expect(answer.body.code).toBe(code);
    expect((await list()).body.mappings).toHaveLength(defaultMappings.length);
  });

  it('refuses what neither side could ever take', async () => {
    const formula = { name: 'Score__c', type: 'text', length: 20, formula: '"A"' };
    await simulators.current.salesforce.schema({ fields: [{ ...formula, object: 'Lead', type: 'string' }] });
    const answer = await add({
      ...{ hubspotProperty: 'hs_object_source', leadField: 'Score__c', contactField: null, rule: 'TWO_WAY' },
    });
    expect(answer.body).toMatchObject({ code: 'mapping_nothing_passes' });
  });

  it('gives a field to one of two who want it at the same moment', async () => {
    const answers = await Promise.all([add(mobile), add(mobile)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('says what a CRM says that doesn’t answer', async () => {
    await simulators.current.salesforce.faults([{ path: '/services/data', status: 503 }]);
    expect((await add(mobile)).body.code).toBe('salesforce_unavailable');
    const known = await call(fields, 'GET', workspace);
    expect(known.body.fields).toBeNull();
    expect(known.body.properties.length).toBeGreaterThan(50);
  });
});
