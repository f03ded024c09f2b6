import { describe, expect, it } from 'vitest';
import { conn, emptyOrgPerTest, t } from './testing.ts';

emptyOrgPerTest();

const FIELD_KEYS =
  'aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete caseSensitive compoundFieldName controllerName createable custom defaultValue defaultValueFormula defaultedOnCreate dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted externalId extraTypeInfo filterable filteredLookupInfo formulaTreatNullNumberAsZero groupable highScaleNumber htmlFormatted idLookup inlineHelpText label length mask maskType name nameField namePointing nillable permissionable picklistValues polymorphicForeignKey precision queryByDistance referenceTargetField referenceTo relationshipName relationshipOrder restrictedDelete restrictedPicklist scale searchPrefilterable soapType sortable type unique updateable writeRequiresMasterRead';

interface Field {
  name: string;
  [key: string]: unknown;
}
const fieldsOf = async (object: string): Promise<Map<string, Field>> => {
  const { json } = await t.call('GET', `sobjects/${object}/describe/`);
  return new Map(json.fields.map((field: Field) => [field.name, field]));
};

describe('describe', () => {
  it('lists objects with the recorded keys', async () => {
    const { json } = await t.call('GET', 'sobjects');
    expect(json).toMatchObject({ encoding: 'UTF-8', maxBatchSize: 200 });
    const lead = json.sobjects.find((each: { name: string }) => each.name === 'Lead');
    expect(lead).toMatchObject({
      keyPrefix: '00Q',
      label: 'Lead',
      labelPlural: 'Leads',
      queryable: true,
      mergeable: true,
    });
    expect(lead.urls.describe).toBe('/services/data/v66.0/sobjects/Lead/describe');
  });

  it('shows fields with the recorded keys in order', async () => {
    const fields = await fieldsOf('Contact');
    expect(Object.keys(fields.get('Email') ?? {}).join(' ')).toBe(FIELD_KEYS);
  });

  it.each([
    [
      'Lead',
      'LastName',
      { length: 80, nillable: false, createable: true, soapType: 'xsd:string', byteLength: 240 },
    ],
    ['Lead', 'Company', { length: 255, nillable: false, defaultedOnCreate: false }],
    ['Lead', 'Name', { createable: false, nameField: true, length: 121 }],
    ['Lead', 'Email', { type: 'email', idLookup: true, unique: false, length: 80 }],
    [
      'Lead',
      'Description',
      { filterable: false, sortable: false, extraTypeInfo: 'plaintextarea', length: 32000 },
    ],
    ['Lead', 'Status', { nillable: false, defaultedOnCreate: true }],
    [
      'Lead',
      'OwnerId',
      { referenceTo: ['Group', 'User'], relationshipName: 'Owner', polymorphicForeignKey: true },
    ],
    ['Lead', 'IsConverted', { createable: true, updateable: false }],
    ['Lead', 'EmailBouncedReason', { createable: false, updateable: true }],
    ['Lead', 'NumberOfEmployees', { type: 'int', digits: 8 }],
    ['Lead', 'SystemModstamp', { type: 'datetime', createable: false, updateable: false, nillable: false }],
    ['Contact', 'OwnerId', { referenceTo: ['User'], defaultedOnCreate: true }],
    ['Contact', 'MailingAddress', { type: 'address', soapType: 'urn:address', createable: false }],
    [
      'Contact',
      'DoNotCall',
      { type: 'boolean', nillable: false, defaultedOnCreate: true, defaultValue: false },
    ],
    ['Account', 'AnnualRevenue', { type: 'currency', precision: 18, scale: 0 }],
    ['User', 'Username', { unique: true, idLookup: true }],
  ])('%s.%s', async (object, name, expected) => {
    expect((await fieldsOf(object)).get(name)).toMatchObject(expected);
  });

  it('has neither Company nor Website on contacts', async () => {
    const fields = await fieldsOf('Contact');
    expect([fields.has('Company'), fields.has('Website')]).toEqual([false, false]);
  });

  it('marks exactly the required fields by the rule of three keys', async () => {
    const required = async (object: string) =>
      [...(await fieldsOf(object)).values()]
        .filter((field) => !field.nillable && field.createable && !field.defaultedOnCreate)
        .map((field) => field.name);
    expect(await required('Lead')).toEqual(['LastName', 'Company']);
    expect(await required('Contact')).toEqual(['LastName']);
    expect(await required('Account')).toEqual(['Name']);
  });

  it('lists children with their relationship names', async () => {
    const { childRelationships } = await conn.describe('Account');
    expect(childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' }),
    );
  });

  it('answers 304 until metadata or rights change', async () => {
    const first = await t.call('GET', 'sobjects/Lead/describe');
    const known = { 'if-modified-since': first.headers.get('last-modified') ?? '' };
    expect((await t.call('GET', 'sobjects/Lead/describe', undefined, known)).status).toBe(304);
    await t.control('POST', 'clock', { advanceMs: 2000 });
    await t.control('POST', 'schema', { fields: [{ object: 'Lead', name: 'New__c', type: 'string' }] });
    expect((await t.call('GET', 'sobjects/Lead/describe', undefined, known)).status).toBe(200);
  });

  it('answers 404 for an unknown object', async () => {
    const answer = await t.call('GET', 'sobjects/Nothing/describe');
    expect([answer.status, answer.text]).toEqual([
      404,
      '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]',
    ]);
  });

  it('knows the statuses of leads', async () => {
    const { records } = await conn.query('SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true');
    expect(records).toMatchObject([{ MasterLabel: 'Closed - Converted' }]);
  });
});

describe('custom schema', () => {
  it('adds objects and fields, changes and removes fields', async () => {
    await t.control('POST', 'schema', {
      objects: [
        {
          name: 'Visit__c',
          label: 'Visit',
          fields: [
            {
              name: 'Contact__c',
              type: 'reference',
              referenceTo: ['Contact'],
              childRelationshipName: 'Visits',
            },
          ],
        },
      ],
      fields: [
        {
          object: 'Contact',
          name: 'Tier__c',
          type: 'picklist',
          values: ['Gold', 'Silver'],
          restricted: true,
          helpText: 'How dear',
        },
      ],
    });
    const contact = await conn.sobject('Contact').create({ LastName: 'A', Tier__c: 'Gold' });
    const visit = await conn.sobject('Visit__c').create({ Name: 'First', Contact__c: contact.id });
    expect(visit.id).toMatch(/^a00/);
    expect((await conn.query('SELECT Contact__r.Tier__c FROM Visit__c')).records[0]).toMatchObject({
      Contact__r: { Tier__c: 'Gold' },
    });
    const children = await conn.query('SELECT Id, (SELECT Name FROM Visits__r) FROM Contact');
    expect(children.records[0]).toMatchObject({ Visits__r: { totalSize: 1 } });
    await t.control('POST', 'schema', {
      changes: [{ object: 'Contact', field: 'Tier__c', changes: { label: 'Level', length: 40 } }],
    });
    expect((await fieldsOf('Contact')).get('Tier__c')).toMatchObject({
      label: 'Level',
      inlineHelpText: 'How dear',
      custom: true,
    });
    await t.control('POST', 'schema', { remove: [{ object: 'Contact', field: 'Tier__c' }] });
    expect((await fieldsOf('Contact')).has('Tier__c')).toBe(false);
    await expect(conn.query('SELECT Tier__c FROM Contact')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
  });
});

describe('rights of a profile', () => {
  const profile = (rights: object) =>
    t.control('POST', 'config', { profiles: { 'Integration User': rights } });
  const integration = () => t.connect('integration@northwind.example');

  it('removes hidden fields from describe, reads, queries and writes', async () => {
    await profile({ fields: { 'Contact.Phone': 'hidden', 'Contact.MailingAddress': 'hidden' } });
    const own = await integration();
    const fields = (await own.describe('Contact')).fields.map((field) => field.name);
    expect(fields).not.toContain('Phone');
    expect(fields).not.toContain('MailingCity');
    expect(fields).toContain('Email');
    await expect(own.query('SELECT Phone FROM Contact')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    await expect(own.sobject('Contact').create({ LastName: 'A', Phone: '1' })).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Phone' on sobject of type Contact",
    });
    const made = await conn.sobject('Contact').create({ LastName: 'A', Phone: '1' });
    expect(Object.keys(await own.sobject('Contact').retrieve(String(made.id)))).not.toContain('Phone');
  });

  it('shows read-only fields and refuses to write them', async () => {
    await profile({ fields: { 'Contact.Phone': 'readOnly' } });
    const own = await integration();
    const phone = (await own.describe('Contact')).fields.find((field) => field.name === 'Phone');
    expect(phone).toMatchObject({ createable: false, updateable: false });
    await expect(own.sobject('Contact').create({ LastName: 'A', Phone: '1' })).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    });
  });

  it('hides objects without read right, refuses writes without the others, always without 401', async () => {
    await profile({
      objects: { Lead: { read: false }, Contact: { create: false, edit: false, delete: false } },
    });
    const own = await integration();
    const { accessToken } = await t.token('integration@northwind.example');
    const headers = { authorization: `Bearer ${accessToken}` };
    const listed = (await own.describeGlobal()).sobjects;
    expect(listed.map((each) => each.name)).not.toContain('Lead');
    expect(listed.find((each) => each.name === 'Contact')).toMatchObject({
      createable: false,
      deletable: false,
    });
    expect((await t.call('GET', 'sobjects/Lead/describe', undefined, headers)).status).toBe(404);
    expect((await t.call('GET', 'query?q=SELECT+Id+FROM+Lead', undefined, headers)).json[0].errorCode).toBe(
      'INVALID_TYPE',
    );
    const made = await conn.sobject('Contact').create({ LastName: 'A' });
    for (const [method, path] of [
      ['POST', 'sobjects/Contact'],
      ['PATCH', `sobjects/Contact/${made.id}`],
      ['DELETE', `sobjects/Contact/${made.id}`],
    ] as const) {
      const answer = await t.call(method, path, method === 'DELETE' ? undefined : { LastName: 'B' }, headers);
      expect([answer.status, answer.json[0].errorCode]).toEqual([403, 'INSUFFICIENT_ACCESS_OR_READONLY']);
    }
  });

  it('refuses a profile without the API', async () => {
    await profile({ apiEnabled: false });
    await expect((await integration()).query('SELECT Id FROM Contact')).rejects.toMatchObject({
      errorCode: 'API_DISABLED_FOR_ORG',
    });
  });
});
