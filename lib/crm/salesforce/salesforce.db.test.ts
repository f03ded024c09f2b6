import { beforeEach, describe, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import type { CrmAccess, SalesforcePort } from '../ports.ts';
import { createSalesforce } from './index.ts';

const simulators = testSimulators();
let simulator: Simulator;
let token: string;
let salesforce: SalesforcePort;

const data = '/services/data/v66.0';
const collections = `${data}/composite/sobjects`;
const fields = { Lead: ['Email', 'LastName', 'NumberOfEmployees'], Contact: ['Email', 'LastName'] };

beforeEach(async () => {
  simulator = simulators.current.salesforce;
  await simulator.reset();
  token = (await simulator.tokens({ user: 'integration@northwind.example' })).accessToken;
  salesforce = portWith([token]).port;
});

function portWith(tokens: string[], options: Partial<CrmAccess> = {}) {
  const access = accessWith(simulator.url, tokens, options);
  return { access, port: createSalesforce(access) };
}

const lead = (name: string, values: Record<string, string | null> = {}) => ({
  object: 'Lead' as const,
  values: { LastName: name, Company: 'Trial', Email: `${name}@trial.example`.toLowerCase(), ...values },
});

async function createLead(name: string, values: Record<string, string | null> = {}): Promise<string> {
  const [created] = expectValue(await salesforce.createRecords([lead(name, values)], { autoAssign: false }));
  if (!created) throw new Error('Nothing came back.');
  return expectValue(created).id;
}

describe('the org', () => {
  it('tells who it is, its limits, its users and its fields', async () => {
    expect(expectValue(await salesforce.organization())).toMatchObject({
      name: 'Northwind Trading',
      sandbox: false,
    });
    expect(expectValue(await salesforce.limits()).max).toBe(100_000);
    const users = expectValue(await salesforce.users());
    expect(users.find(({ email }) => email.startsWith('tom'))).toMatchObject({ active: false });
    const described = new Map(
      expectValue(await salesforce.describe('Lead')).map((field) => [field.name, field]),
    );
    expect(described.get('LastName')).toMatchObject({ required: true, length: 80 });
    expect(described.get('Status')?.required).toBe(false);
    expect(described.get('Name')).toMatchObject({ createable: false });
  });

  it('is described once for the life of a port, and again after a failure', async () => {
    const { port } = portWith([token]);
    const body = [{ errorCode: 'INVALID_TYPE', message: 'sObject type is not supported.' }];
    await simulator.faults([{ path: `${data}/sobjects/Contact/describe`, status: 400, body, times: 1 }]);
    expect(await port.describe('Contact')).toMatchObject({ ok: false });
    await Promise.all([port.describe('Contact'), port.describe('Contact')]);
    expectValue(await port.describe('Contact'));
    expect((await simulator.requests()).counts[`GET ${data}/sobjects/Contact/describe`]).toBe(2);
  });

  it('tells all that a session begins with by one call; if it fails, nothing of it is known', async () => {
    const alone = portWith([token]).port;
    const users = await alone.users();
    const contact = await alone.describe('Contact');
    await simulator.faults([{ path: `${data}/composite`, status: 503, times: 4 }]);
    expect(await Promise.all([alone.describe('Lead'), alone.users()])).toMatchObject([
      { failure: { kind: 'unavailable' } },
      { failure: { kind: 'unavailable' } },
    ]);
    const before = (await simulator.requests()).counts;
    const { port } = portWith([token]);
    const [lead, ...rest] = await Promise.all([
      port.describe('Lead'),
      port.describe('Contact'),
      port.users(),
    ]);
    expect(expectValue(lead).map(({ name }) => name)).toContain('Company');
    expect(rest).toEqual([contact, users]);
    const { counts } = await simulator.requests();
    const made = Object.entries(counts).filter(([call, count]) => count !== (before[call] ?? 0));
    expect(made).toEqual([[`POST ${data}/composite`, (before[`POST ${data}/composite`] ?? 0) + 1]]);
  });

  it('is a sandbox where it is one', async () => {
    const { sandbox } = simulators.current;
    const { accessToken } = await sandbox.tokens();
    const port = createSalesforce(accessWith(sandbox.url, [accessToken]));
    expect(expectValue(await port.organization()).sandbox).toBe(true);
  });
});

describe('looking up by e-mail', () => {
  it('finds Contacts and unconverted Leads without regard to case, and escapes what it is given', async () => {
    await createLead('Quill', { Email: "o'quill+a@trial.example", NumberOfEmployees: '12' });
    const contact = {
      object: 'Contact' as const,
      values: { LastName: 'Quill', Email: "O'Quill+A@trial.example" },
    };
    await salesforce.createRecords([contact], { autoAssign: false });
    const addresses = [" O'QUILL+a@trial.example", 'nobody@trial.example', "x') OR (Id != ''", ''];
    const [found = [], ...others] = expectValue(await salesforce.findByEmail(addresses, fields));
    expect(found.map(({ object }) => object).sort()).toEqual(['Contact', 'Lead']);
    expect(found.find(({ object }) => object === 'Lead')).toMatchObject({
      values: { LastName: 'Quill', NumberOfEmployees: '12' },
      isConverted: false,
    });
    expect(others).toEqual([[], [], []]);
  });

  it('asks as many addresses a query as a line holds, five queries a call, and never without addresses', async () => {
    const last = await createLead('Last');
    const long = `${"o'+".repeat(15)}@trial.example`;
    const first = await createLead('First', { Email: long });
    const others = Array.from({ length: 998 }, (_, at) => `person${at}@trial.example`);
    const { port, access } = portWith([token]);
    const found = expectValue(await port.findByEmail([long, ...others, 'last@trial.example'], fields));
    const ids = found.map((records) => records.map(({ id }) => id));
    expect(ids).toEqual([[first], ...others.map(() => []), [last]]);
    expect(access.calls()).toBe(2);
    expect(expectValue(await port.findByEmail([], fields))).toEqual([]);
    expect(expectValue(await port.findByEmail(['', ' '], fields))).toEqual([[], []]);
    expect(access.calls()).toBe(2);
  });

  it('fails when one of the queries does, rather than finding less', async () => {
    const wrong = { ...fields, Lead: ['No_Such__c'] };
    const answer = await salesforce.findByEmail(['a@trial.example'], wrong);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'rejected', code: 'INVALID_FIELD' } });
  });
});

describe('reading records', () => {
  it('keeps the order asked, takes short ids, and gives null for what is not returned', async () => {
    const ids = [await createLead('One'), await createLead('Two')];
    const asked = [ids[1] ?? '', '00QgK000009999xUAA', (ids[0] ?? '').slice(0, 15), ids[1] ?? ''];
    const records = expectValue(await salesforce.readRecords('Lead', asked, ['lastname', 'Title']));
    expect(records.map((record) => record?.values.lastname ?? null)).toEqual(['Two', null, 'One', 'Two']);
    expect(records[0]).toMatchObject({ id: ids[1], object: 'Lead', values: { Title: null } });
  });

  it('takes 10,000 ids a call', async () => {
    const id = await createLead('One');
    const nobody = Array.from({ length: 4_100 }, (_, at) => `00QgK0009${String(at).padStart(6, '0')}`);
    const asked = [...nobody.slice(0, 3_000), id, ...nobody.slice(3_000)];
    const records = expectValue(await salesforce.readRecords('Lead', asked, ['LastName']));
    expect(records).toHaveLength(4_101);
    expect(records.flatMap((record, at) => (record ? [[at, record.id]] : []))).toEqual([[3_000, id]]);
    const { counts } = await simulator.requests();
    const paths = [`POST ${data}/composite`, `POST ${collections}/Lead`];
    expect(paths.map((path) => counts[path] ?? 0)).toEqual([1, 0]);
  });
});

describe('writing records', () => {
  it('gives each record its outcome in the order asked, both kinds mixed, 200 a call', async () => {
    const many = Array.from({ length: 260 }, (_, at) =>
      at % 2 === 0
        ? lead(`Lead${at}`, at === 4 ? { Company: null } : {})
        : {
            object: 'Contact' as const,
            values: { LastName: `Contact${at}`, Email: at === 7 ? 'bad' : null },
          },
    );
    const outcomes = expectValue(await salesforce.createRecords(many, { autoAssign: false }));
    expect(outcomes.flatMap(({ ok }, at) => (ok ? [] : [at]))).toEqual([4, 7]);
    expect(outcomes[4]).toMatchObject({ failure: { code: 'REQUIRED_FIELD_MISSING', fields: ['Company'] } });
    expect(outcomes[7]).toMatchObject({ failure: { code: 'INVALID_EMAIL_ADDRESS', category: 'values' } });
    expect(
      outcomes.map((each, at) => each.ok && each.value.id.slice(0, 3) === (at % 2 === 0 ? '00Q' : '003')),
    ).toEqual(many.map((_, at) => at !== 4 && at !== 7));
    const { counts, writes } = await simulator.requests();
    expect([counts[`POST ${collections}`], writes.created]).toEqual([2, 258]);
  });

  it('updates only what is named, blanks by null, and tells a record that is gone', async () => {
    const id = await createLead('Change', { Title: 'Old' });
    const outcomes = expectValue(
      await salesforce.updateRecords([
        { id, object: 'Lead', values: { Title: null, NumberOfEmployees: '7' } },
        { id: '00QgK000009999xUAA', object: 'Lead', values: { Title: 'x' } },
      ]),
    );
    expect(outcomes).toMatchObject([{ ok: true }, { failure: { code: 'INVALID_CROSS_REFERENCE_KEY' } }]);
    const [record] = expectValue(
      await salesforce.readRecords('Lead', [id], ['Title', 'NumberOfEmployees', 'LastName']),
    );
    expect(record?.values).toEqual({ Title: null, NumberOfEmployees: '7', LastName: 'Change' });
  });

  it('passes duplicate rules that warn, and reports those that block', async () => {
    await createLead('Double');
    await createLead('Double');
    const block = { name: 'Block', object: 'Lead', matchOn: ['Email'], action: 'block' };
    await simulator.config({ rules: { duplicate: [block] } });
    const [refused] = expectValue(await salesforce.createRecords([lead('Double')], { autoAssign: false }));
    expect(refused).toMatchObject({ failure: { category: 'duplicates', code: 'DUPLICATES_DETECTED' } });
  });

  it('lets the assignment rule choose the owner only when asked', async () => {
    const users = expectValue(await salesforce.users());
    const ownerId = users.find(({ name }) => name.startsWith('Maya'))?.id ?? '';
    await simulator.config({
      rules: { assignment: [{ id: '01QgK0000000001AAA', object: 'Lead', entries: [{ ownerId }] }] },
    });
    const owners: (string | null | undefined)[] = [];
    for (const autoAssign of [true, false]) {
      const [created] = expectValue(await salesforce.createRecords([lead('Assigned')], { autoAssign }));
      const id = created?.ok ? created.value.id : '';
      const [record] = expectValue(await salesforce.readRecords('Lead', [id], ['OwnerId']));
      owners.push(record?.values.OwnerId);
    }
    expect(owners[0]).toBe(ownerId);
    expect(owners[1]).not.toBe(ownerId);
  });

  it('sends a record again whose row was locked, and it alone', async () => {
    const ids = [await createLead('Free'), await createLead('Locked')];
    await simulator.config({ rules: { locks: [{ id: ids[1], times: 2 }] } });
    const changes = ids.map((id) => ({ id, object: 'Lead' as const, values: { Title: 'New' } }));
    expect(expectValue(await salesforce.updateRecords(changes))).toMatchObject([{ ok: true }, { ok: true }]);
    const { counts, writes } = await simulator.requests();
    expect([counts[`PATCH ${collections}`], writes.changed]).toEqual([3, 2]);
    await simulator.config({ rules: { locks: [{ id: ids[1] }] } });
    const [free, locked] = expectValue(
      await salesforce.updateRecords(changes.map((each) => ({ ...each, values: { Title: 'x' } }))),
    );
    expect(free).toMatchObject({ ok: true });
    expect(locked).toMatchObject({ failure: { kind: 'unavailable', maybeDone: false } });
  });
});
