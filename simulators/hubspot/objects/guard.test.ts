import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, callWith, startBench, tokenWith } from '../testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench('empty');
});
afterAll(() => bench.stop());

describe('from 2026-09 on a write is refused', () => {
  it('by the rules that an admin set on a property, which earlier versions pass over', async () => {
    const rules = [
      { ruleType: 'ALPHANUMERIC', ruleArguments: ['NUMERIC_ONLY'] },
      { ruleType: 'MAX_LENGTH', ruleArguments: ['5'] },
    ];
    await bench.control('POST', '/schema', { validations: [{ property: 'zip', rules }] });
    const body = (email: string, zip: string) => ({ properties: { email, zip } });
    const refused = await bench.call('POST', '/crm/objects/2026-09/contacts', body('v1@x.example', 'AB-123'));
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      errors: [{ code: 'ALPHANUMERIC_VALIDATION_FAILED' }, { code: 'MAX_LENGTH_VALIDATION_FAILED' }],
    });
    const inputs = [body('v2@x.example', '12345'), body('v3@x.example', '123456')];
    const batch = await bench.call('POST', '/crm/objects/2026-09/contacts/batch/create', { inputs });
    expect(batch.status).toBe(400);
    const earlier = await bench.call('POST', '/crm/objects/2026-03/contacts', body('v4@x.example', 'AB-123'));
    expect(earlier.status).toBe(201);
    const known = await bench.control<{ error: string }>('POST', '/schema', {
      validations: [{ property: 'zip', rules: [{ ruleType: 'TASTE', ruleArguments: [] }] }],
    });
    expect(known.error).toBe('There is no rule of type TASTE here.');
  });
});

describe('sensitive properties', () => {
  it('are left out unless asked for, and asked for with the scope', async () => {
    const passport = {
      ...{ name: 'passport', label: 'Passport', type: 'string', fieldType: 'text' },
      ...{ groupName: 'contactinformation', dataSensitivity: 'sensitive' },
    };
    expect((await bench.call('POST', '/crm/v3/properties/contacts', passport)).status).toBe(201);
    const properties = { email: 'secret@x.example', passport: 'X123' };
    const { body } = await bench.call('POST', CONTACTS, { properties });
    const path = `${CONTACTS}/${body.id}?properties=email,passport`;
    expect((await bench.call('GET', path)).body.properties).toMatchObject({ passport: 'X123' });
    expect((await bench.call('GET', `${CONTACTS}/${body.id}`)).body.properties).not.toHaveProperty(
      'passport',
    );
    const token = await tokenWith(bench, 'oauth crm.objects.contacts.read crm.objects.contacts.write');
    const seen = await callWith(bench, token, 'GET', path);
    expect([seen.status, Object.keys(Object(seen.body.properties))]).toEqual([
      200,
      ['createdate', 'email', 'hs_object_id', 'lastmodifieddate'],
    ]);
    const written = await callWith(bench, token, 'PATCH', `${CONTACTS}/${body.id}`, {
      properties: { passport: 'Y' },
    });
    expect([written.status, written.body.category]).toEqual([403, 'MISSING_SCOPES']);
    const defined = async (query: string) =>
      (await bench.call('GET', `/crm/v3/properties/contacts/passport${query}`)).status;
    expect([await defined(''), await defined('?dataSensitivity=sensitive')]).toEqual([404, 200]);
  });
});
