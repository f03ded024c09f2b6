import { beforeEach, describe, expect, it } from 'vitest';
import { conn, emptyOrgPerTest, t } from './testing.ts';

emptyOrgPerTest();

const rules = (value: object) => t.control('POST', 'config', { rules: value });
const lead = (more: object = {}) => ({
  LastName: 'Berg',
  Company: 'Holm',
  Email: 'berg@holm.example',
  ...more,
});

describe('validation rules', () => {
  it('refuse with the text of the admin, on create and update', async () => {
    await rules({
      validation: [
        {
          name: 'No',
          object: 'Lead',
          condition: "LastName = 'Bad' AND Phone = null",
          message: 'Give a phone.',
          field: 'Phone',
        },
        { name: 'Top', object: 'Lead', condition: "Company LIKE 'Bad%'", message: 'Not them.' },
      ],
    });
    const answer = await t.call('POST', 'sobjects/Lead', lead({ LastName: 'Bad', Company: 'Bad Ltd' }));
    expect([answer.status, answer.json]).toEqual([
      400,
      [
        { message: 'Give a phone.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['Phone'] },
        { message: 'Not them.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: [] },
      ],
    ]);
    const made = await conn.sobject('Lead').create(lead());
    await expect(conn.sobject('Lead').update({ Id: String(made.id), Company: 'Bad' })).rejects.toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    });
  });
});

describe('duplicate rules', () => {
  const HEADER = {
    'sforce-duplicate-rule-header': 'allowSave=true; includeRecordDetails=true; runAsCurrentUser=false',
  };
  beforeEach(() => conn.sobject('Lead').create(lead()));

  it.each([
    ['56.0', 'duplicateResut'],
    ['66.0', 'duplicateResult'],
  ])('in API %s the match list is called %s', async (version, key) => {
    const answer = await t.call('POST', `/services/data/v${version}/sobjects/Lead`, lead());
    expect(answer.status).toBe(400);
    expect(answer.json[0]).toMatchObject({
      errorCode: 'DUPLICATES_DETECTED',
      message: 'Use one of these records?',
      [key]: { allowSave: true, duplicateRule: 'Standard_Lead_Duplicate_Rule', matchResults: [{ size: 1 }] },
    });
  });

  it('that warn are passed with allowSave, from API 52', async () => {
    expect((await t.call('POST', 'sobjects/Lead', lead(), HEADER)).status).toBe(201);
    expect((await t.call('POST', '/services/data/v51.0/sobjects/Lead', lead(), HEADER)).status).toBe(400);
  });

  it('have no match list in Collections', async () => {
    const [result] = await conn.sobject('Lead').create([lead()]);
    expect(result?.errors[0]).toEqual({
      statusCode: 'DUPLICATES_DETECTED',
      message: 'Use one of these records?',
      fields: [],
    });
  });

  it('that block refuse in spite of allowSave, also at an update that makes the duplicate', async () => {
    await rules({
      duplicate: [{ name: 'R', object: 'Lead', matchOn: ['Email'], action: 'block', message: 'Known.' }],
    });
    expect((await t.call('POST', 'sobjects/Lead', lead({ LastName: 'X' }), HEADER)).json[0].message).toBe(
      'Known.',
    );
    const other = await conn.sobject('Lead').create(lead({ Email: 'other@holm.example' }));
    await conn.sobject('Lead').update({ Id: String(other.id), Title: 'CEO' });
    await expect(
      conn.sobject('Lead').update({ Id: String(other.id), Email: 'BERG@holm.example' }),
    ).rejects.toMatchObject({
      errorCode: 'DUPLICATES_DETECTED',
    });
  });

  it('may look into another object', async () => {
    await rules({
      duplicate: [
        { name: 'R', object: 'Contact', matchOn: ['Email'], matchObjects: ['Lead'], action: 'block' },
      ],
    });
    await expect(
      conn.sobject('Contact').create({ LastName: 'B', Email: 'berg@holm.example' }),
    ).rejects.toMatchObject({
      errorCode: 'DUPLICATES_DETECTED',
    });
  });
});

describe('assignment rules', () => {
  it('set the owner unless the header says FALSE or names another rule', async () => {
    const users = (await conn.query<{ Id: string }>('SELECT Id FROM User WHERE IsActive = true ORDER BY Id'))
      .records;
    const [me, rule1, rule2] = users.map((user) => user.Id);
    await rules({
      assignment: [
        {
          id: '01QgK0000000001',
          object: 'Lead',
          entries: [{ condition: "Country = 'Norway'", ownerId: rule1 }],
        },
        { id: '01QgK0000000002', object: 'Lead', active: false, entries: [{ ownerId: rule2 }] },
      ],
    });
    const owner = async (header: Record<string, string>, values: object = {}) => {
      const made = await t.call(
        'POST',
        'sobjects/Lead',
        { LastName: 'x', Company: 'y', Country: 'Norway', ...values },
        header,
      );
      return (await t.call('GET', `sobjects/Lead/${made.json.id}`)).json.OwnerId;
    };
    expect(await owner({})).toBe(rule1);
    expect(await owner({}, { OwnerId: rule2 })).toBe(rule1);
    expect(await owner({ 'sforce-auto-assign': 'FALSE' })).toBe(me);
    expect(await owner({ 'sforce-auto-assign': 'FALSE' }, { OwnerId: rule2 })).toBe(rule2);
    expect(await owner({ 'sforce-auto-assign': '01QgK0000000002' })).toBe(rule2);
    expect(await owner({}, { Country: 'Italy' })).toBe(me);
  });
});

describe('locks and campaigns', () => {
  it('refuses writes to held rows and to records under them, as often as asked', async () => {
    const account = await conn.sobject('Account').create({ Name: 'Holm' });
    await rules({ locks: [{ id: account.id, times: 1 }] });
    const values = { LastName: 'A', AccountId: account.id };
    const refused = await t.call('POST', 'sobjects/Contact', values);
    expect(refused.json[0]).toMatchObject({
      errorCode: 'UNABLE_TO_LOCK_ROW',
      message: `unable to obtain exclusive access to this record or 1 records: ${account.id}`,
    });
    expect((await t.call('POST', 'sobjects/Contact', values)).status).toBe(201);
  });

  it('adds a person to a campaign once; the status tells who responded', async () => {
    const campaign = await conn.sobject('Campaign').create({ Name: 'Fair' });
    const person = await conn.sobject('Lead').create(lead());
    const member = { CampaignId: campaign.id, LeadId: person.id };
    const made = await conn.sobject('CampaignMember').create({ ...member, Status: 'Responded' });
    const read = await conn.sobject('CampaignMember').retrieve(String(made.id));
    expect(read).toMatchObject({ HasResponded: true, Status: 'Responded' });
    await expect(conn.sobject('CampaignMember').create(member)).rejects.toMatchObject({
      errorCode: 'DUPLICATE_VALUE',
      message: 'Already a campaign member.',
    });
    await expect(conn.sobject('CampaignMember').create({ CampaignId: campaign.id })).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
    });
    const other = await t.connect('ines.carvalho@northwind.example');
    await expect(other.sobject('Campaign').create({ Name: 'No' })).rejects.toMatchObject({
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    });
  });

  it('keeps stage, probability and closing of opportunities and tasks together', async () => {
    const made = await conn
      .sobject('Opportunity')
      .create({ Name: 'O', StageName: 'Closed Won', CloseDate: '2026-12-01' });
    expect(await conn.sobject('Opportunity').retrieve(String(made.id))).toMatchObject({
      IsWon: true,
      IsClosed: true,
      Probability: 100,
    });
    const task = await conn.sobject('Task').create({ Subject: 'Call', Status: 'Completed' });
    expect(await conn.sobject('Task').retrieve(String(task.id))).toMatchObject({
      IsClosed: true,
      Priority: 'Normal',
    });
  });
});
