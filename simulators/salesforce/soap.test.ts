import { describe, expect, it } from 'vitest';
import { advance, conn, emptyOrgPerTest, request, t } from './testing.ts';

emptyOrgPerTest();

const lead = {
  LastName: 'Berg',
  FirstName: 'Ida',
  Company: 'Holm',
  Email: 'ida@holm.example',
  Phone: '1',
  City: 'Oslo',
};
const convert = (leadId: string, more: object = {}) =>
  conn.soap.convertLead({ leadId, convertedStatus: 'Closed - Converted', ...more });
const make = async (object: string, values: object) => String((await conn.sobject(object).create(values)).id);
const read = (object: string, id: string) => conn.sobject(object).retrieve(id);

describe('convertLead', () => {
  it('makes account, contact and opportunity, and locks the lead', async () => {
    const id = await make('Lead', lead);
    const campaign = await make('Campaign', { Name: 'Fair' });
    const member = await make('CampaignMember', { CampaignId: campaign, LeadId: id });
    const result = await convert(id);
    expect(result).toMatchObject({ success: true, leadId: id });
    expect(await read('Contact', String(result.contactId))).toMatchObject({
      Name: 'Ida Berg',
      Email: 'ida@holm.example',
      MailingCity: 'Oslo',
      AccountId: result.accountId,
    });
    expect((await read('Account', String(result.accountId))).Name).toBe('Holm');
    expect((await read('Opportunity', String(result.opportunityId))).AccountId).toBe(result.accountId);
    expect(await read('Lead', id)).toMatchObject({
      IsConverted: true,
      Status: 'Closed - Converted',
      ConvertedContactId: result.contactId,
      ConvertedAccountId: result.accountId,
      ConvertedOpportunityId: result.opportunityId,
    });
    expect((await read('CampaignMember', member)).ContactId).toBe(result.contactId);
    await expect(conn.sobject('Lead').update({ Id: id, Title: 'x' })).rejects.toMatchObject({
      errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD',
      message: 'cannot reference converted lead',
    });
    expect(await convert(id)).toMatchObject({ success: false });
  });

  it('fills only the empty fields of an existing contact, without opportunity when told so', async () => {
    const id = await make('Lead', lead);
    const account = await make('Account', { Name: 'Other' });
    const contact = await make('Contact', { LastName: 'Berg', Phone: '99', AccountId: account });
    const result = await convert(id, {
      accountId: account,
      contactId: contact,
      doNotCreateOpportunity: true,
    });
    expect(result).toMatchObject({
      success: true,
      accountId: account,
      contactId: contact,
      opportunityId: null,
    });
    expect(await read('Contact', contact)).toMatchObject({
      Phone: '99',
      Email: 'ida@holm.example',
      FirstName: 'Ida',
    });
  });

  it('refuses a status that is none of conversion and leaves everything as it was', async () => {
    const id = await make('Lead', lead);
    const result = await convert(id, { convertedStatus: 'Open - Not Contacted' });
    expect(JSON.stringify(result)).toContain('INVALID_STATUS');
    expect((await read('Lead', id)).IsConverted).toBe(false);
    expect((await conn.query('SELECT count() FROM Account')).totalSize).toBe(0);
  });
});

describe('merge and undelete', () => {
  it('moves children, marks losers with the winner, updates the winner', async () => {
    const account = await make('Account', { Name: 'Holm' });
    const winner = await make('Contact', { LastName: 'Berg', AccountId: account });
    const loser = await make('Contact', { LastName: 'Bergh', Phone: '5' });
    const task = await make('Task', { Subject: 'Call', WhoId: loser });
    const before = (await read('Contact', winner)).SystemModstamp;
    await advance(5_000);
    const result = await conn.soap.merge({
      masterRecord: { type: 'Contact', Id: winner, Phone: '5' } as never,
      recordToMergeIds: [loser],
    } as never);
    expect(result).toMatchObject({ success: true, id: winner });
    const row = await read('Contact', winner);
    expect(row.Phone).toBe('5');
    expect(row.SystemModstamp > before).toBe(true);
    expect((await read('Task', task)).WhoId).toBe(winner);
    const all = await conn.query('SELECT Id, MasterRecordId FROM Contact WHERE IsDeleted = true', {
      scanAll: true,
    });
    expect(all.records).toMatchObject([{ Id: loser, MasterRecordId: winner }]);
  });

  it('takes a record out of the bin', async () => {
    const id = await make('Contact', { LastName: 'A' });
    await conn.sobject('Contact').destroy(id);
    const { accessToken } = await t.token();
    const envelope = `<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader xmlns="urn:partner.soap.sforce.com"><sessionId>${accessToken}</sessionId></SessionHeader></e:Header><e:Body><undelete xmlns="urn:partner.soap.sforce.com"><ids>${id}</ids></undelete></e:Body></e:Envelope>`;
    const answer = await request(`${t.url}/services/Soap/u/66.0`, 'POST', envelope, {
      'content-type': 'text/xml',
    });
    expect(answer.text).toContain('<success>true</success>');
    expect((await read('Contact', id)).LastName).toBe('A');
  });
});

describe('SOAP log-in and faults', () => {
  it('answers a fault for a bad session', async () => {
    const stranger = await t.connect();
    stranger.accessToken = 'nothing';
    await expect(stranger.soap.convertLead({ leadId: 'x', convertedStatus: 'y' })).rejects.toThrow(
      /INVALID_SESSION_ID/,
    );
  });

  it('offers the password log-in only when configured and before API 65', async () => {
    const login = async (version: string) => {
      const { Connection } = await import('jsforce');
      const own = new Connection({ loginUrl: t.url, version });
      return own.login('integration@northwind.example', 'secret');
    };
    await expect(login('60.0')).rejects.toThrow(/INVALID_LOGIN/);
    await t.control('POST', 'config', { passwordLogin: true });
    expect((await login('60.0')).id).toMatch(/^005/);
    await expect(login('65.0')).rejects.toThrow(/INVALID_LOGIN/);
  });
});
