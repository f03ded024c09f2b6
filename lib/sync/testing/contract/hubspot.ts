import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactStamp, HubSpotPort, Values } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';

/** A HubSpot account without contacts: the port, and what people do in it. */
export type HubSpotGround = {
  port: HubSpotPort;
  create(values: Record<string, string>): Promise<string>;
  update(id: string, values: Values): Promise<void>;
  archive(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Answers the survivor's id. */
  merge(primaryId: string, otherId: string): Promise<string>;
  advance(ms: number): Promise<void>;
};

/** Longer than search and lists lag behind. */
const settled = 120_000;

/** What every `HubSpotPort` promises about contacts; to be run against each implementation. */
export function hubspotContactContract(open: () => Promise<HubSpotGround>): void {
  let ground: HubSpotGround;
  let port: HubSpotPort;
  beforeEach(async () => {
    ground = await open();
    port = ground.port;
  });
  const read = async (id: string, ...names: string[]) =>
    expectValue(await port.readContacts([id], names))[0]?.values ?? null;
  const write = async (id: string, values: Values) =>
    expectValue(await port.updateContacts([{ id, values }]))[0];

  describe('reading contacts', () => {
    it('keeps the order asked; null for the unknown and the archived; blank is null, no property is nothing', async () => {
      const [a, b, c] = [
        await ground.create({ email: 'a@x.example', city: 'Lund' }),
        await ground.create({ email: 'b@x.example' }),
        await ground.create({ email: 'c@x.example' }),
      ];
      await ground.archive(c);
      const asked = [b, '999999999', a, c, b];
      const contacts = expectValue(await port.readContacts(asked, ['city', 'no_such_property']));
      expect(contacts.map((contact) => contact?.id ?? null)).toEqual([b, null, a, null, b]);
      expect(contacts[0]?.values).toMatchObject({ city: null });
      expect(contacts[2]?.values).toMatchObject({ city: 'Lund' });
      expect(contacts[0]?.values).not.toHaveProperty('no_such_property');
      expect(contacts[0]?.archived).toBe(false);
    });

    it('tells what a property held, newest first, a blank too', async () => {
      const id = await ground.create({ email: 'a@x.example', city: 'Lund' });
      await ground.advance(5_000);
      await ground.update(id, { city: null });
      await ground.advance(5_000);
      expectValue(await port.updateContacts([{ id, values: { city: 'Malmö' } }]));
      const [history, unknown] = expectValue(await port.readHistory([id, '999999999'], ['city', 'no_such']));
      expect(unknown).toBeNull();
      expect(Object.keys(history ?? {})).toEqual(['city']);
      const versions = history?.city ?? [];
      expect(versions.map(({ value }) => value)).toEqual(['Malmö', null, 'Lund']);
      expect(versions[0]?.source).toBe('INTEGRATION');
      const times = versions.map(({ at }) => at.getTime());
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });
  });

  describe('writing contacts', () => {
    it('creates with one outcome each; a taken address names who has it', async () => {
      const taken = await ground.create({ email: 'taken@x.example' });
      const outcomes = expectValue(
        await port.createContacts([
          { traceId: 'a', values: { email: ' New@X.example ', firstname: 'Ada' } },
          { traceId: 'b', values: { email: 'TAKEN@x.example' } },
          { traceId: 'c', values: { email: 'no address' } },
          { traceId: 'd', values: { email: 'd@x.example', lifecyclestage: 'no stage' } },
          { traceId: 'e', values: { email: 'e@x.example' } },
          { traceId: 'f', values: { email: 'e@x.example' } },
        ]),
      );
      const [made, , , , second] = outcomes;
      expect(made).toMatchObject({ value: { values: { email: 'new@x.example', firstname: 'Ada' } } });
      expect(outcomes[1]).toMatchObject({
        failure: {
          category: 'duplicates',
          code: 'CONFLICT',
          message: `Contact already exists. Existing ID: ${taken}`,
        },
      });
      expect(outcomes[2]).toMatchObject({ failure: { code: 'INVALID_EMAIL', fields: ['email'] } });
      expect(outcomes[3]).toMatchObject({ failure: { code: 'INVALID_OPTION', fields: ['lifecyclestage'] } });
      const id = second?.ok ? second.value.id : '';
      expect(outcomes[5]).toMatchObject({
        failure: { message: `Contact already exists. Existing ID: ${id}` },
      });
    });

    it('changes what is named alone, clears by null, and answers the values as they are kept', async () => {
      const id = await ground.create({ email: 'a@x.example', city: 'Lund', jobtitle: 'Head' });
      const answer = await write(id, { city: null, firstname: 'Zed' });
      const answered = answer?.ok ? answer.value : null;
      expect(answered).toMatchObject({ id, values: { firstname: 'Zed' } });
      expect(answered?.values.city ?? null).toBeNull();
      expect(await read(id, 'city', 'jobtitle', 'firstname')).toMatchObject({
        ...{ city: null, jobtitle: 'Head', firstname: 'Zed' },
      });
    });

    it('refuses the unknown, the archived, read-only and missing properties, and an address of another', async () => {
      const [id, other, gone] = [
        await ground.create({ email: 'a@x.example' }),
        await ground.create({ email: 'b@x.example' }),
        await ground.create({ email: 'c@x.example' }),
      ];
      await ground.archive(gone);
      expect(await write('999999999', { city: 'x' })).toEqual({ ok: false, failure: { kind: 'notFound' } });
      expect(await write(gone, { city: 'x' })).toEqual({ ok: false, failure: { kind: 'notFound' } });
      const failure = async (values: Values) => {
        const answer = await write(id, values);
        return answer && !answer.ok ? answer.failure : null;
      };
      expect(await failure({ createdate: '2020-01-01T00:00:00Z' })).toMatchObject({
        ...{ category: 'permissions', code: 'READ_ONLY_VALUE', fields: ['createdate'] },
      });
      expect(await failure({ no_such_property: 'x' })).toMatchObject({
        ...{ category: 'permissions', code: 'PROPERTY_DOESNT_EXIST', fields: ['no_such_property'] },
      });
      expect(await failure({ email: 'B@x.example' })).toMatchObject({
        ...{ category: 'duplicates', message: `Contact already exists. Existing ID: ${other}` },
      });
      expect(await read(id, 'email')).toMatchObject({ email: 'a@x.example' });
    });

    it('leaves the time alone where nothing changes, and never moves the stage back', async () => {
      const id = await ground.create({ email: 'a@x.example', city: 'Lund', lifecyclestage: 'customer' });
      const [before] = expectValue(await port.readContacts([id], []));
      await ground.advance(5_000);
      expect(await write(id, { city: 'Lund', lifecyclestage: 'lead' })).toMatchObject({
        value: { values: { lifecyclestage: 'customer' } },
      });
      const [after] = expectValue(await port.readContacts([id], []));
      expect(after?.updatedAt).toEqual(before?.updatedAt);
    });
  });

  describe('archiving, restoring and merging', () => {
    it('frees the address of an archived contact, and brings it back as it was', async () => {
      const id = await ground.create({ email: 'a@x.example', city: 'Lund' });
      expect(expectValue(await port.archiveContacts([id]))).toMatchObject([{ ok: true }]);
      expect(expectValue(await port.archiveContacts([id]))).toMatchObject([{ ok: true }]);
      expect(await read(id)).toBeNull();
      await ground.restore(id);
      expect(await read(id, 'city', 'email')).toMatchObject({ city: 'Lund', email: 'a@x.example' });
      await port.archiveContacts([id]);
      const [made] = expectValue(
        await port.createContacts([{ traceId: 'n', values: { email: 'a@x.example' } }]),
      );
      expect(made).toMatchObject({ ok: true });
    });

    it('follows merges to the survivor, which has both addresses', async () => {
      const a = await ground.create({ email: 'a@x.example', city: 'Lund' });
      const b = await ground.create({ email: 'b@x.example', city: 'Malmö', jobtitle: 'Head' });
      const survivor = await ground.merge(a, b);
      const asked = [a, b, survivor, '999999999'];
      const contacts = expectValue(
        await port.readContacts(asked, ['email', 'city', 'jobtitle', 'hs_additional_emails']),
      );
      expect(contacts.map((contact) => contact?.id ?? null)).toEqual([survivor, survivor, survivor, null]);
      expect(contacts[0]?.values).toMatchObject({
        ...{ email: 'a@x.example', city: 'Lund', jobtitle: 'Head', hs_additional_emails: 'b@x.example' },
      });
      const infos = expectValue(await port.mergeInfo(asked));
      expect(infos[1]?.id).toBe(survivor);
      expect([...(infos[1]?.mergedIds ?? [])].sort()).toEqual(expect.arrayContaining([b]));
      expect(infos[3]).toBeNull();
      const [again] = expectValue(
        await port.createContacts([{ traceId: 'n', values: { email: 'B@x.example' } }]),
      );
      expect(again).toMatchObject({
        failure: { message: `Contact already exists. Existing ID: ${survivor}` },
      });
    });
  });

  describe('changes', () => {
    const since = async (cursor: ContactStamp) => {
      const found: ContactStamp[] = [];
      for await (const page of port.changedContacts(cursor)) found.push(...expectValue(page));
      return found;
    };
    const beginning = { at: new Date(0), id: '0' };

    it('are found in order from any cursor on, late, without the archived and the unchanged', async () => {
      const ids = [
        await ground.create({ email: 'a@x.example' }),
        await ground.create({ email: 'b@x.example' }),
        await ground.create({ email: 'c@x.example' }),
      ];
      await ground.advance(settled);
      const all = await since(beginning);
      expect(all.map(({ id }) => id)).toEqual(ids);
      const [first = beginning, , last = beginning] = all;
      expect((await since(first)).map(({ id }) => id)).toEqual(ids.slice(1));
      expect(await since(last)).toEqual([]);
      const [a = '', b = '', c = ''] = ids;
      await ground.update(b, { city: 'Lund' });
      expectValue(await port.updateContacts([{ id: a, values: { email: 'a@x.example' } }]));
      await ground.archive(c);
      await ground.advance(settled);
      expect((await since(last)).map(({ id }) => id)).toEqual([b]);
      await ground.restore(c);
      await ground.advance(settled);
      expect((await since(last)).map(({ id }) => id)).toEqual([b, c]);
    });

    it('are found by search once it knows of them', async () => {
      const id = await ground.create({ email: 'a@x.example' });
      await ground.advance(settled);
      const filters = [{ propertyName: 'email', operator: 'EQ', value: 'a@x.example' }];
      const search = { filterGroups: [{ filters }], properties: ['email'], limit: 10 };
      const found = expectValue(await port.searchContacts(search));
      expect(found).toMatchObject({ total: 1, after: null, contacts: [{ id }] });
      expect(expectValue(await port.countContacts())).toBe(1);
    });
  });
}
