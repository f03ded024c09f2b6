import { beforeEach, describe, expect, it } from 'vitest';
import type { SalesforceObject, SalesforcePort, Values } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';

/** A Salesforce org without records: the port of the integration user, and what an admin does in it. */
export type SalesforceGround = {
  port: SalesforcePort;
  /** The integration user's id. */
  us: string;
  create(object: SalesforceObject, values: Record<string, string>): Promise<string>;
  update(object: SalesforceObject, id: string, values: Values): Promise<void>;
  delete(object: SalesforceObject, id: string): Promise<void>;
  undelete(id: string): Promise<void>;
  merge(object: SalesforceObject, winnerId: string, loserId: string): Promise<void>;
  /** Answers the Contact's id. */
  convert(leadId: string): Promise<string>;
  /** Somebody holds the record for longer than the port repeats. */
  lock(id: string): Promise<void>;
  /** An active assignment rule gives all new Leads to this user. */
  assignTo(userId: string): Promise<void>;
  now(): Promise<Date>;
  advance(ms: number): Promise<void>;
};

export const lead = (name: string, values: Record<string, string> = {}) => ({
  ...{ LastName: name, Company: 'Trial' },
  ...values,
});

/** What every `SalesforcePort` promises about reading and writing records. */
export function salesforceContract(open: () => Promise<SalesforceGround>): void {
  let ground: SalesforceGround;
  let port: SalesforcePort;
  beforeEach(async () => {
    ground = await open();
    port = ground.port;
  });
  const read = async (object: SalesforceObject, id: string, ...names: string[]) =>
    expectValue(await port.readRecords(object, [id], names))[0] ?? null;
  const write = async (object: SalesforceObject, id: string, values: Values) =>
    expectValue(await port.updateRecords([{ object, id, values }]))[0];

  describe('creating records', () => {
    it('gives each its outcome, bad ones among good ones, and lets two have one address', async () => {
      const rows = [
        lead('One', { Email: 'one@x.example', HasOptedOutOfEmail: 'true' }),
        { LastName: 'No company' },
        lead('Long', { Title: 'x'.repeat(200) }),
        lead('Bad', { Email: 'no address' }),
        lead('Twin', { Email: 'ONE@x.example' }),
      ];
      const records = rows.map((values) => ({ object: 'Lead' as const, values }));
      const outcomes = expectValue(await port.createRecords(records, { autoAssign: false }));
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false, false, true]);
      const failures = outcomes.map((each) => (each.ok ? null : each.failure));
      expect(failures[1]).toMatchObject({
        category: 'values',
        code: 'REQUIRED_FIELD_MISSING',
        fields: ['Company'],
      });
      expect(failures[2]).toMatchObject({ category: 'values', code: 'STRING_TOO_LONG', fields: ['Title'] });
      expect(failures[3]).toMatchObject({
        category: 'values',
        code: 'INVALID_EMAIL_ADDRESS',
        fields: ['Email'],
      });
      const [first] = outcomes;
      const record = await read(
        'Lead',
        first?.ok ? first.value.id : '',
        'LastName',
        'HasOptedOutOfEmail',
        'OwnerId',
        'Title',
      );
      expect(record).toMatchObject({
        ...{ object: 'Lead', lastModifiedById: ground.us, isConverted: false },
        values: { LastName: 'One', HasOptedOutOfEmail: 'true', OwnerId: ground.us, Title: null },
      });
      expect(record?.systemModstamp.getUTCMilliseconds()).toBe(0);
      expect(record?.lastModifiedAt).toEqual(record?.systemModstamp);
    });

    it('lets the assignment rule choose the owner only where it is asked to', async () => {
      const other = expectValue(await port.users()).find(({ id, active }) => active && id !== ground.us);
      await ground.assignTo(other?.id ?? '');
      const ownerOf = async (autoAssign: boolean) => {
        const record = { object: 'Lead' as const, values: lead('Assigned') };
        const [made] = expectValue(await port.createRecords([record], { autoAssign }));
        return (await read('Lead', made?.ok ? made.value.id : '', 'OwnerId'))?.values.OwnerId;
      };
      expect(await ownerOf(true)).toBe(other?.id);
      expect(await ownerOf(false)).toBe(ground.us);
    });
  });

  describe('changing records', () => {
    it('changes what is named alone, and empties by null', async () => {
      const id = await ground.create('Lead', lead('One', { Title: 'Head', Phone: '1' }));
      expect((await read('Lead', id))?.lastModifiedById).not.toBe(ground.us);
      await ground.advance(5_000);
      expect(await write('Lead', id, { Title: null, FirstName: 'Zed' })).toMatchObject({ ok: true });
      const record = await read('Lead', id, 'Title', 'FirstName', 'Phone');
      expect(record?.values).toEqual({ Title: null, FirstName: 'Zed', Phone: '1' });
      expect(record?.lastModifiedById).toBe(ground.us);
    });

    it('moves the stamps with every save, also one that changes nothing', async () => {
      const id = await ground.create('Contact', { LastName: 'One' });
      const before = await read('Contact', id);
      await ground.advance(5_000);
      await write('Contact', id, { LastName: 'One' });
      const after = await read('Contact', id);
      expect(after?.systemModstamp.getTime()).toBeGreaterThan(before?.systemModstamp.getTime() ?? 0);
    });

    it('tells a deleted, a converted, an unknown and a held record, and saves their neighbours', async () => {
      const [deleted, converted, held, good] = [
        await ground.create('Lead', lead('Deleted')),
        await ground.create('Lead', lead('Converted')),
        await ground.create('Lead', lead('Held')),
        await ground.create('Lead', lead('Good')),
      ];
      await ground.delete('Lead', deleted);
      await ground.convert(converted);
      await ground.lock(held);
      const ids = [deleted, converted, held, '00QgK000009999xUAA', good];
      const changes = ids.map((id) => ({ object: 'Lead' as const, id, values: { Title: 'New' } }));
      const outcomes = expectValue(await port.updateRecords(changes));
      const failures = outcomes.map((each) => (each.ok ? null : each.failure));
      expect(failures[0]).toMatchObject({ category: 'associations', code: 'ENTITY_IS_DELETED' });
      expect(failures[1]).toMatchObject({ category: 'associations', code: 'CANNOT_UPDATE_CONVERTED_LEAD' });
      expect(failures[2]).toMatchObject({ kind: 'unavailable', maybeDone: false });
      expect(failures[3]).toMatchObject({ kind: 'rejected', category: 'associations' });
      expect(failures[4]).toBeNull();
      expect((await read('Lead', good, 'Title'))?.values.Title).toBe('New');
    });

    it('keeps what a required field held when it is to be emptied', async () => {
      const id = await ground.create('Lead', lead('One'));
      expect(await write('Lead', id, { LastName: null })).toMatchObject({
        failure: { code: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] },
      });
      expect((await read('Lead', id, 'LastName'))?.values.LastName).toBe('One');
    });
  });

  describe('reading records', () => {
    it('keeps the order asked; null for what is unknown, deleted or of the other object', async () => {
      const a = await ground.create('Lead', lead('A'));
      const b = await ground.create('Lead', lead('B'));
      const contact = await ground.create('Contact', { LastName: 'C' });
      await ground.delete('Lead', b);
      const asked = ['00QgK000009999xUAA', a, b, a];
      const records = expectValue(await port.readRecords('Lead', asked, ['LastName']));
      expect(records.map((record) => record?.values.LastName ?? null)).toEqual([null, 'A', null, 'A']);
      expect(await read('Contact', contact)).toMatchObject({ id: contact, object: 'Contact' });
      await ground.undelete(b);
      expect(await read('Lead', b)).toMatchObject({ id: b });
    });

    it('finds Contacts and unconverted Leads by their address, without case', async () => {
      const a = await ground.create('Lead', lead('A', { Email: 'one@x.example' }));
      const b = await ground.create('Contact', { LastName: 'B', Email: 'ONE@x.example' });
      const gone = await ground.create('Lead', lead('Gone', { Email: 'one@x.example' }));
      const converted = await ground.create('Lead', lead('Conv', { Email: 'two@x.example' }));
      await ground.delete('Lead', gone);
      const contact = await ground.convert(converted);
      const asked = ['One@X.example', 'two@x.example', '', 'nobody@x.example'];
      const hits = expectValue(await port.findByEmail(asked, { Lead: ['LastName'], Contact: ['LastName'] }));
      const ids = hits.map((records) => records.map(({ id }) => id).sort());
      expect(ids).toEqual([[a, b].sort(), [contact], [], []]);
      expect(await read('Lead', converted)).toMatchObject({ isConverted: true });
      expect((await read('Contact', contact, 'LastName', 'Email'))?.values).toEqual({
        ...{ LastName: 'Conv', Email: 'two@x.example' },
      });
    });

    it('describes required and unwritable fields', async () => {
      const fields = new Map(expectValue(await port.describe('Lead')).map((field) => [field.name, field]));
      expect(fields.get('LastName')).toMatchObject({ required: true, updateable: true });
      expect(fields.get('Email')).toMatchObject({ type: 'email', required: false });
      expect(fields.get('SystemModstamp')).toMatchObject({ createable: false, updateable: false });
    });
  });
}
