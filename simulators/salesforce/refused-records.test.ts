import { describe, expect, it } from 'vitest';
import { conn, create, emptyOrgPerTest, t } from './testing.ts';

emptyOrgPerTest();

const contact = (more: object = {}) => ({ LastName: 'Vogel', Email: 'vogel@example.example', ...more });

describe('refused records', () => {
  const refusal = async (values: object, object = 'Lead') => {
    const answer = await t.call('POST', `sobjects/${object}`, values);
    expect(answer.status).toBe(400);
    return answer.json[0];
  };
  const lead = (more: object) => ({ LastName: 'L', Company: 'C', ...more });

  it('names required fields', async () => {
    expect(await refusal({ FirstName: 'x' })).toEqual({
      message: 'Required fields are missing: [LastName, Company]',
      errorCode: 'REQUIRED_FIELD_MISSING',
      fields: ['LastName', 'Company'],
    });
  });

  it.each([
    [{ Foo: 1 }, 'INVALID_FIELD', "No such column 'Foo' on sobject of type Lead"],
    [
      { Name: 'x' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Name. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    ],
    [
      { FirstName: 'x'.repeat(41) },
      'STRING_TOO_LONG',
      `First Name: data value too large: ${'x'.repeat(41)} (max length=40)`,
    ],
    [{ Email: 'nobody' }, 'INVALID_EMAIL_ADDRESS', 'Email: invalid email address: nobody'],
    [
      { GeocodeAccuracy: 'Near' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Geocode Accuracy: bad value for restricted picklist field: Near',
    ],
    [
      { NumberOfEmployees: 123456789 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Employees: value outside of valid range on numeric field: 123456789',
    ],
    [{ OwnerId: 'abc' }, 'MALFORMED_ID', 'malformed id abc'],
    [
      { OwnerId: '003gK0000000001' },
      'FIELD_INTEGRITY_EXCEPTION',
      'Owner ID: id value of incorrect type: 003gK0000000001QAA',
    ],
    [{ OwnerId: '005gK0000009999' }, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'],
  ])('refuses %o', async (values, code, message) => {
    expect(await refusal(lead(values))).toMatchObject({ errorCode: code, message });
  });

  it('refuses wrong JSON types with the column', async () => {
    const answer = await refusal({ LastName: 'L', Company: 'C', EmailBouncedReason: 5 });
    expect(answer.errorCode).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    const date = await t.call('POST', 'sobjects/Contact', { LastName: 'L', Birthdate: '31.1.2026' });
    expect(date.json[0]).toEqual({
      message:
        'Cannot deserialize instance of date from VALUE_STRING value 31.1.2026 or request may be missing a required field at [line:1, column:29]',
      errorCode: 'JSON_PARSER_ERROR',
    });
    const broken = await t.call('POST', 'sobjects/Contact', '{"LastName":', {
      'content-type': 'application/json',
    });
    expect([broken.status, broken.json[0].errorCode]).toEqual([400, 'JSON_PARSER_ERROR']);
    const xml = await t.call('POST', 'sobjects/Contact', '<x/>', { 'content-type': 'application/xml' });
    expect([xml.status, xml.json[0].errorCode]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('refuses an inactive owner and a queue for a contact', async () => {
    const users = await conn.query<{ Id: string }>('SELECT Id FROM User WHERE IsActive = false');
    const inactive = users.records[0]?.Id ?? '';
    expect(await refusal(lead({ OwnerId: inactive }))).toMatchObject({
      errorCode: 'INACTIVE_OWNER_OR_USER',
      message: `operation performed with inactive user [${inactive.slice(0, 15)}] as owner of lead`,
    });
    const queue = (await conn.query<{ Id: string }>("SELECT Id FROM Group WHERE Type = 'Queue'")).records[0]
      ?.Id;
    await create('Lead', lead({ OwnerId: queue }));
    expect((await refusal(contact({ OwnerId: queue }), 'Contact')).errorCode).toBe(
      'FIELD_INTEGRITY_EXCEPTION',
    );
  });

  it('refuses to empty the owner', async () => {
    const id = await create('Lead', lead({}));
    const answer = await t.call('PATCH', `sobjects/Lead/${id}`, { OwnerId: null });
    expect(answer.json).toEqual([
      {
        message: 'Owner ID: owner cannot be blank',
        errorCode: 'INVALID_CROSS_REFERENCE_KEY',
        fields: ['OwnerId'],
      },
    ]);
  });

  it('answers for ids of nothing, of other objects and in the bin', async () => {
    const id = await create('Contact', contact());
    const malformed = await t.call('GET', `sobjects/Contact/${id.slice(0, 16)}`);
    expect([malformed.status, malformed.json[0].errorCode]).toEqual([400, 'MALFORMED_ID']);
    const other = await t.call('GET', `sobjects/Lead/${id}`);
    expect(other.json[0]).toMatchObject({ errorCode: 'MALFORMED_ID', message: 'Id not of the right type' });
    expect((await t.call('PATCH', 'sobjects/Contact/003gK0000009999', { Title: 'x' })).status).toBe(404);
    const own = await t.call('PATCH', `sobjects/Contact/${id}`, { Id: id, Title: 'x' });
    expect(own.json[0].errorCode).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    await t.call('DELETE', `sobjects/Contact/${id}`);
    for (const method of ['DELETE', 'PATCH']) {
      const gone = await t.call(
        method,
        `sobjects/Contact/${id}`,
        method === 'PATCH' ? { Title: 'x' } : undefined,
      );
      expect([gone.status, gone.json]).toEqual([
        404,
        [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }],
      ]);
    }
    expect((await t.call('GET', `sobjects/Contact/${id}`)).json).toEqual([
      { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
    ]);
  });
});
