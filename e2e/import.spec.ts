import { expect, type Page, test } from '@playwright/test';
import { endFaults, hubspot, hubspotApi, soql } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import {
  addCampaign,
  addContact,
  addRecords,
  changeSetting,
  contactOf,
  limitTo,
  quietMembers,
  salesforceApi,
  salesReady,
  stateOf,
  whenSynced,
} from './support/people.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const path = '/settings/integrations/connected-apps/salesforce/import';
const lead = { FirstName: 'Ada', LastName: 'Berg', Company: 'Acme', Title: 'Engineer' };

// With fewer people the polls between end sooner.
sharedSession('import', { contacts: 200 }, async (app) => {
  // What is to be imported waits for it, instead of coming over as new in Salesforce.
  await changeSetting(app, 'salesforceChanges', 'do_nothing');
  await limitTo(app, salesReady.name);
});

const names = ['firstname', 'lastname', 'jobtitle', 'company'];
const complete = { firstname: 'Ada', lastname: 'Berg', jobtitle: 'Engineer', company: 'Acme' };
const valuesOf = async (email: string) => (await contactOf(email, names))?.properties;

/** Goes to the preview of a campaign's members. */
async function count(page: Page, campaign: string): Promise<void> {
  await page.goto(path);
  await page.getByText(t('imports.choose.campaign'), { exact: true }).click();
  await page.getByRole('combobox', { name: t('imports.choose.campaignField') }).fill(campaign);
  await page.getByRole('option', { name: campaign }).click();
  await page.getByRole('button', { name: t('imports.choose.count'), exact: true }).click();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name });
const start = (page: Page, count: number) =>
  page.getByRole('button', { name: t('imports.preview.start', { count }) });

async function created(): Promise<number> {
  const { writes } = (await hubspot.get('requests')) as { writes: { created: number } };
  return writes.created;
}

test('members come over whole, of others the e-mail and nothing else; skips are told by name', async ({
  page,
}) => {
  const [quiet] = await quietMembers(salesReady.name);
  const inside = quiet?.email ?? '';
  const [outside, fresh] = ['out@fair.example', 'new@fair.example'] as const;
  await addContact({ email: outside, firstname: 'Kept', ...salesReady.outside });
  const ids = await addCampaign('Import fair', [
    { ...lead, Email: inside },
    { ...lead, Email: outside },
    { ...lead, Email: fresh },
    lead,
  ]);
  await count(page, 'Import fair');
  await expect(heading(page, t('imports.preview.title', { count: 4 }))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: t('imports.short.no_email', { count: 1 }) }).click();
  const panel = page.getByRole('dialog', { name: t('imports.people.skipped') });
  await expect(panel.getByRole('listitem')).toHaveText([new RegExp(t('imports.reason.no_email'))]);
  await panel.getByRole('button', { name: t('common.close') }).click();
  await start(page, 3).click();
  await expect(heading(page, t('imports.result.titleAll', { done: 3 }))).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);

  await expect.poll(() => valuesOf(inside)).toMatchObject(complete);
  const nothing = { lastname: null, jobtitle: null, company: null };
  expect(await valuesOf(outside)).toMatchObject({ ...nothing, firstname: 'Kept' });
  expect(await valuesOf(fresh)).toMatchObject({ ...nothing, firstname: null });
  const list = ids.map((id) => `'${id}'`).join(', ');
  const leads = await soql(`SELECT FirstName, Title FROM Lead WHERE Id IN (${list})`);
  expect(leads.map(({ FirstName, Title }) => `${FirstName}, ${Title}`)).toEqual(
    ids.map(() => 'Ada, Engineer'),
  );
});

test('an import stops after its batch, and goes on from there without doubles', async ({ page }) => {
  const people = 250;
  await addCampaign(
    'Many',
    Array.from({ length: people }, (_, index) => ({ ...lead, Email: `many-${index}@stop.example` })),
  );
  await count(page, 'Many');
  await expect(start(page, people)).toBeVisible();
  const before = await created();
  // The first batch is on its way until the list of faults is emptied.
  await hubspot.post('faults', [
    { method: 'POST', path: '/crm/*/contacts/batch/create', held: true, times: 1 },
  ]);
  await start(page, people).click();
  await expect.poll(() => hubspot.get('faults')).toEqual([]);
  await page.getByRole('button', { name: t('imports.run.stop'), exact: true }).click();
  await expect(page.getByText(t('imports.run.stopping'))).not.toHaveCount(0);
  await endFaults();
  const stopped = page.getByText(/^Stopped\. \d+ are in, \d+ aren’t\.$/);
  await expect(stopped).toBeVisible();
  const done = Number(/\d+/.exec((await stopped.textContent()) ?? '')?.[0]);
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(people);
  expect(await created()).toBe(before + done);

  await page.reload();
  await page.getByRole('button', { name: t('imports.run.resume') }).click();
  await expect(heading(page, t('imports.result.titleAll', { done: people }))).toBeVisible();
  expect(await created()).toBe(before + people);
});

test('the creation exception: once to HubSpot, later edits wait, and go over on joining', async ({
  page,
}) => {
  await changeSetting(page.request, 'salesforceChanges', 'create_or_update');
  const Email = 'exception@once.example';
  const [leadId] = await addRecords('Lead', [{ ...lead, Email }]);
  const contact = () => contactOf(Email, names);
  let contactId = '';
  const ids = () => (contactId === '' ? [] : [contactId]);
  const synced = <T>(check: () => Promise<T>) => whenSynced(page.request, ids, check);
  await synced(contact).toMatchObject({ properties: complete });
  contactId = (await contact())?.id ?? '';
  const kind = async () => {
    const why = await (await page.request.get(`/api/contacts/${contactId}/why`)).json();
    return (why as { verdict: { kind: string } }).verdict.kind;
  };
  expect(await kind()).toBe('exception');

  await salesforceApi('PATCH', `sobjects/Lead/${leadId}`, { Title: 'Captain' });
  await synced(async () => (await stateOf(page.request, contactId)).outcome?.reason).toBe('not_in_segment');
  expect((await contact())?.properties.jobtitle).toBe('Engineer');

  await hubspotApi('PATCH', `/crm/v3/objects/contacts/${contactId}`, { properties: salesReady.member });
  await synced(async () => (await contact())?.properties.jobtitle).toBe('Captain');
  expect((await contact())?.id).toBe(contactId);
  const leads = await soql(`SELECT Title FROM Lead WHERE Email = '${Email}'`);
  expect(leads).toMatchObject([{ Title: 'Captain' }]);
  await expect.poll(kind).toBe('syncing');
});
