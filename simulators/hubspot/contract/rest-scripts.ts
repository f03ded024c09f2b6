import { Client } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum as Category } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js';
import { expect } from 'vitest';
import { redirectUri } from '../testing.ts';
import { newContact, raw, type Scene, type Script } from './scene.ts';

const app = { client_id: 'segbridge-hubspot', client_secret: 'simulated-hubspot-app-secret' };

async function succeed(scene: Scene, path: string, fields: Record<string, string>) {
  const answer = await scene.bench.form(path, fields);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function consentCode({ bench }: Scene): Promise<string> {
  const answer = await bench.form('/oauth/authorize', {
    ...{ client_id: app.client_id, redirect_uri: redirectUri, scope: 'oauth crm.lists.read', state: 's 1' },
    ...{ who: '147893286:60342733', decision: 'connect' },
  });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('s 1');
  return back.searchParams.get('code') ?? '';
}

async function oauth(scene: Scene) {
  const api = new Client({ basePath: scene.bench.url }).oauth;
  const code = await consentCode(scene);
  const tokens = await api.tokensApi.create(
    ...(['authorization_code', code, redirectUri, app.client_id, app.client_secret] as const),
  );
  expect((await api.accessTokensApi.get(tokens.accessToken)).userId).toBe(60342733);
  await api.refreshTokensApi.get(tokens.refreshToken);
  await api.refreshTokensApi.archive(tokens.refreshToken);
  for (const version of ['v3', '2026-03', '2026-09']) {
    const made = await succeed(scene, `/oauth/${version}/token`, {
      ...{
        grant_type: 'authorization_code',
        code: await consentCode(scene),
        redirect_uri: redirectUri,
        ...app,
      },
    });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(made.refresh_token), ...app };
    const again = await succeed(scene, `/oauth/${version}/token`, refresh);
    expect(again.refresh_token).toBe(made.refresh_token);
    const about = { ...app, token: String(again.access_token), token_type_hint: 'access_token' };
    expect((await succeed(scene, `/oauth/${version}/token/introspect`, about)).active).toBe(true);
    await succeed(scene, `/oauth/${version}/token/revoke`, about);
    expect((await succeed(scene, `/oauth/${version}/token/introspect`, about)).active).toBe(false);
  }
}

async function account(scene: Scene) {
  for (const version of ['v3', '2026-03', '2026-09']) {
    await raw(scene, 'GET', `/account-info/${version}/details`);
    await raw(scene, 'GET', `/account-info/${version}/api-usage/daily/private-apps`);
  }
  for (const base of ['/crm/v3/limits', '/crm/limits/2026-03']) {
    for (const what of ['records', 'custom-properties', 'custom-object-types'])
      await raw(scene, 'GET', `${base}/${what}`);
  }
}

async function associations(scene: Scene) {
  const { v4 } = scene.client.crm.associations;
  const id = await newContact(scene, 'linked@contract.example');
  const company = await scene.client.crm.companies.basicApi.create({
    properties: { name: 'L' },
    associations: [],
  });
  const spec = { associationCategory: Category.HubspotDefined, associationTypeId: 1 };
  await v4.basicApi.create('contacts', id, 'companies', company.id, [spec]);
  await v4.basicApi.createDefault('contacts', id, 'companies', company.id);
  const page = await v4.basicApi.getPage('contacts', id, 'companies', undefined, 500);
  expect(page.results[0]?.associationTypes.map((type) => type.typeId).sort()).toEqual([1, 279]);
  // The client calls `from` by another name.
  const pair = { _from: { id }, to: { id: company.id } };
  await v4.batchApi.getPage('contacts', 'companies', { inputs: [{ id }] });
  await v4.batchApi.archiveLabels('contacts', 'companies', { inputs: [{ ...pair, types: [spec] }] });
  await v4.basicApi.archive('contacts', id, 'companies', company.id);
  await v4.batchApi.create('contacts', 'companies', { inputs: [{ ...pair, types: [spec] }] });
  await v4.batchApi.createDefault('contacts', 'companies', { inputs: [pair] });
  await v4.batchApi.archive('contacts', 'companies', {
    inputs: [{ _from: { id }, to: [{ id: company.id }] }],
  });
  await v4.reportApi.request(60342733);
  const v3 = scene.client.crm.associations.batchApi;
  const link = { ...pair, type: 'contact_to_company' };
  await v3.create('contacts', 'companies', { inputs: [link] });
  await v3.read('contacts', 'companies', { inputs: [{ id }] });
  await v3.archive('contacts', 'companies', { inputs: [link] });
}

async function labels(scene: Scene) {
  const api = scene.client.crm.associations.v4.schema.definitionsApi;
  const body = { name: 'adviser', label: 'Adviser', inverseLabel: 'Advised' };
  const made = await api.create('contacts', 'companies', body);
  const typeId = made.results[0]?.typeId ?? 0;
  await api.getAll('contacts', 'companies');
  await api.update('contacts', 'companies', { associationTypeId: typeId, label: 'Advisor' });
  await api.remove('contacts', 'companies', typeId);
  const again = await raw<{ results: { typeId: number }[] }>(
    ...([scene, 'POST', '/crm/associations/v4/contacts/companies/labels', body] as const),
  );
  const own = again.results[0]?.typeId ?? 0;
  await raw(scene, 'GET', '/crm/associations/v4/contacts/companies/labels');
  const changed = { associationTypeId: own, label: 'A' };
  await raw(scene, 'PUT', '/crm/associations/v4/contacts/companies/labels', changed);
  for (const base of ['/crm/v4/associations', '/crm/associations/v4']) {
    const limits = `${base}/definitions/configurations`;
    const inputs = [{ typeId: own, category: 'USER_DEFINED', maxToObjectIds: 3 }];
    await raw(scene, 'POST', `${limits}/contacts/companies/batch/create`, { inputs });
    await raw(scene, 'POST', `${limits}/contacts/companies/batch/update`, { inputs });
    await raw(scene, 'GET', `${limits}/contacts/companies`);
    await raw(scene, 'GET', `${limits}/all`);
    const purge = { inputs: [{ typeId: own, category: 'USER_DEFINED' }] };
    await raw(scene, 'POST', `${limits}/contacts/companies/batch/purge`, purge);
  }
  await raw(scene, 'DELETE', `/crm/associations/v4/contacts/companies/labels/${own}`);
}

async function schemas(scene: Scene) {
  const api = scene.client.crm.schemas.coreApi;
  const made = await api.create({
    ...{
      name: 'machine',
      labels: { singular: 'Machine', plural: 'Machines' },
      requiredProperties: ['serial'],
    },
    ...{ primaryDisplayProperty: 'serial', associatedObjects: ['CONTACT'] },
    properties: [{ name: 'serial', label: 'Serial', type: 'string' as never, fieldType: 'text' }],
  });
  const record = await scene.client.crm.objects.basicApi.create('machine', {
    ...{ properties: { serial: '1' }, associations: [] },
  });
  await scene.client.crm.objects.basicApi.archive(made.objectTypeId ?? '', record.id);
  await api.getAll(false);
  await api.getById(made.objectTypeId ?? '');
  await api.update('machine', { description: 'Made in Malmö' });
  await raw(scene, 'POST', '/crm-object-schemas/v3/schemas/batch/read', {
    ...{ inputs: ['machine'], includeAssociationDefinitions: true, includeAuditMetadata: true },
    includePropertyDefinitions: true,
  });
  const link = await api.createAssociation('machine', {
    ...{ fromObjectTypeId: made.objectTypeId ?? '', toObjectTypeId: '0-2', name: 'machine_to_company' },
  });
  await api.archiveAssociation('machine', link.id);
  await api.archive('machine', false);
}

async function imports(scene: Scene) {
  const api = scene.client.crm.imports;
  const columnMappings = [
    ...[
      {
        columnObjectTypeId: '0-1',
        columnName: 'Mail',
        propertyName: 'email',
        columnType: 'HUBSPOT_ALTERNATE_ID',
      },
    ],
    { columnObjectTypeId: '0-1', columnName: 'First', propertyName: 'firstname' },
  ];
  const page = { hasHeader: true, columnMappings };
  const request = {
    ...{ name: 'Fair', importOperations: { '0-1': 'UPSERT' }, dateFormat: 'DAY_MONTH_YEAR' },
    files: [{ fileName: 'fair.csv', fileFormat: 'CSV', fileImportPage: page }],
  };
  const csv = 'Mail,First\nimported@contract.example,Ana\nno address,Bo\n';
  const file = { data: Buffer.from(csv), name: 'fair.csv' };
  const made = await api.coreApi.create(file, JSON.stringify(request));
  const canceled = await api.coreApi.create(file, JSON.stringify(request));
  await api.coreApi.cancel(Number(canceled.id));
  await scene.bench.control('POST', '/clock', { advanceMs: 1_000 });
  const done = await api.coreApi.getById(Number(made.id));
  expect(done).toMatchObject({ state: 'DONE', metadata: { counters: { CREATED_OBJECTS: 1, ERRORS: 1 } } });
  await api.coreApi.getPage(undefined, undefined, 10);
  const errors = await api.publicImportsApi.getErrors(Number(made.id), undefined, 10, true);
  expect(errors.results[0]?.errorType).toBe('INVALID_EMAIL');
}

async function webhooks(scene: Scene) {
  const api = new Client({ developerApiKey: 'simulated-developer-key', basePath: scene.bench.url }).webhooks;
  const appId = 16_111_050;
  await api.settingsApi.configure(appId, {
    ...{ targetUrl: 'https://app.example/hooks', throttling: { maxConcurrentRequests: 10 } },
  });
  await api.settingsApi.getAll(appId);
  const made = await api.subscriptionsApi.create(appId, {
    ...{ eventType: 'contact.propertyChange' as never, propertyName: 'email', active: false },
  });
  const id = Number(made.id);
  await api.subscriptionsApi.getAll(appId);
  await api.subscriptionsApi.getById(id, appId);
  await api.subscriptionsApi.update(id, appId, { active: false });
  await api.subscriptionsApi.updateBatch(appId, { inputs: [{ id, active: false }] });
  await api.subscriptionsApi.archive(id, appId);
  await api.settingsApi.clear(appId);
}

async function journal(scene: Scene) {
  const portalId = 147893286;
  const base = '/webhooks-journal/subscriptions/2026-03';
  const made = await raw<{ id: number }>(scene, 'POST', base, {
    ...{ subscriptionType: 'OBJECT', objectTypeId: '0-1', portalId, actions: ['CREATE'] },
  });
  await raw(scene, 'GET', base);
  await raw(scene, 'GET', `${base}/${made.id}`);
  const objectId = Number(await newContact(scene, 'journal@contract.example'));
  await newContact(scene, 'journal2@contract.example');
  const wanted = { objectId, objectTypeId: '0-1', portalId, properties: ['email'] };
  const taken = await raw<{ snapshotResponses: { snapshotStatusId: string }[] }>(
    ...([scene, 'POST', '/webhooks-journal/snapshots/2026-03/crm', { snapshotRequests: [wanted] }] as const),
  );
  for (const name of ['journal', 'journal-local']) {
    const at = `/webhooks-journal/${name}/2026-03`;
    const first = await raw<{ currentOffset: string; url: string }>(scene, 'GET', `${at}/earliest`);
    const lines = (await (await fetch(first.url)).json()) as { events: { objectId: number }[] };
    expect(lines.events[0]?.objectId).toBe(objectId);
    await raw(scene, 'GET', `${at}/latest`);
    await raw(scene, 'GET', `${at}/offset/${first.currentOffset}/next`);
    await raw(scene, 'GET', `${at}/batch/earliest/2`);
    await raw(scene, 'GET', `${at}/batch/latest/2`);
    await raw(scene, 'GET', `${at}/batch/${first.currentOffset}/next/5`);
    await raw(scene, 'POST', `${at}/batch/read`, { inputs: [first.currentOffset] });
    await raw(scene, 'GET', `${at}/status/${taken.snapshotResponses[0]?.snapshotStatusId}`);
  }
  await raw(scene, 'DELETE', `${base}/portals/${portalId}`);
  const another = await raw<{ id: number }>(scene, 'POST', base, {
    subscriptionType: 'LIST_MEMBERSHIP',
    portalId,
  });
  await raw(scene, 'DELETE', `${base}/${another.id}`);
}

export const restScripts: readonly (readonly [string, Script])[] = [
  ['OAuth', oauth],
  ['account and limits', account],
  ['associations', associations],
  ['association labels and limits', labels],
  ['object schemas', schemas],
  ['imports', imports],
  ['webhook subscriptions', webhooks],
  ['webhooks journal', journal],
];
