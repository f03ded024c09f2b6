import { expect, type Locator, type Page, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { hubspotApi, salesforce, salesforceUrl, soql } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const path = '/settings/integrations/connected-apps/salesforce';
const email = 'ida.solberg@fjordlinje.example';
let contactId = '';

sharedSession('reconnect');

test.beforeAll(async () => {
  const { id } = (await hubspotApi('POST', '/crm/v3/objects/contacts', {
    properties: { email, firstname: 'Ida', lastname: 'Solberg', company: 'Fjordlinje', jobtitle: 'Buyer' },
  })) as { id: string };
  contactId = id;
});

/** Job titles of the person's leads: as many as there are leads. */
const titles = async (org: 'production' | 'sandbox') =>
  (await soql(`SELECT Title FROM Lead WHERE Email = '${email}'`, org)).map(({ Title }) => Title);

async function jobTitle(): Promise<string | undefined> {
  const contact = `/crm/v3/objects/contacts/${contactId}?properties=jobtitle`;
  return ((await hubspotApi('GET', contact)) as { properties: { jobtitle?: string } }).properties.jobtitle;
}

/** Somebody edits the lead in Salesforce, whose value goes first. */
async function edit(title: string): Promise<void> {
  const [lead] = await soql(`SELECT Id FROM Lead WHERE Email = '${email}'`);
  const { accessToken } = (await salesforce.post('tokens')) as { accessToken: string };
  const answer = await fetch(`${salesforceUrl}/services/data/v66.0/sobjects/Lead/${lead?.Id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Title: title }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

const syncNow = (page: Page) => page.request.post(`/api/contacts/${contactId}/sync`);

/** Presses *Sync now* until the person is there: after connecting, links are checked before anything is written. */
async function expectSynced(page: Page, org: 'production' | 'sandbox', title: string): Promise<void> {
  const syncAndLook = async () => {
    const answer = await syncNow(page);
    expect(answer.ok(), await answer.text()).toBe(true);
    return titles(org);
  };
  await expect.poll(syncAndLook, { intervals: [1_000], timeout: 30_000 }).toEqual([title]);
}

/** Salesforce's own page: who logs in, and that the app may. */
async function allow(page: Page): Promise<void> {
  await page.getByText('integration@northwind.example').click();
  await page.getByRole('button', { name: 'Allow' }).click();
}

/** On a page that was just loaded. */
async function press(button: Locator): Promise<void> {
  await untilAlive(button);
  await button.click();
}

async function choose(page: Page, action: string): Promise<void> {
  await press(page.getByRole('button', { name: t('settings.actions'), exact: true }));
  await page.getByRole('menuitem', { name: action }).click();
}

/** Connects the sandbox after production or the other way round: asked once more whether it is meant. */
async function connectOther(page: Page): Promise<void> {
  await page.goto(`${path}/contacts`);
  await choose(page, t('connections.head.otherUser'));
  const logIn = page.getByRole('button', { name: t('connections.wizard.logInSalesforce') });
  await untilAlive(logIn);
  // Ticked or not as the organisation is that is connected now.
  await page.getByText(t('connections.wizard.isSandbox')).click();
  await logIn.click();
  await allow(page);
  const question = page.getByRole('alertdialog', { name: t('connections.otherOrg.title') });
  await expect(question.getByText(t('connections.otherOrg.text'))).toBeVisible();
  await expectAccessible(page);
  await question.getByRole('button', { name: t('connections.otherOrg.use') }).click();
  await allow(page);
  await page.waitForURL('**/connect/salesforce?step=sync');
}

test('disconnected nothing syncs; the same organisation again goes on with the same records', async ({
  page,
}) => {
  await expectSynced(page, 'production', 'Buyer');
  await page.goto(`${path}/contacts`);
  await choose(page, t('connections.disconnect'));
  const modal = page.getByRole('alertdialog');
  await expect(modal.getByText(t('connections.disconnectModal.staysLinks'))).toBeVisible();
  await modal.getByRole('button', { name: t('connections.disconnectModal.continue') }).click();
  const app = t('connections.salesforce');
  const phrase = t('connections.disconnectModal.confirm', { app });
  const confirm = modal.getByRole('button', { name: phrase });
  await expect(confirm).toBeDisabled();
  await modal.getByRole('textbox').fill(phrase);
  await expectAccessible(page);
  await confirm.click();
  await expect(page.getByText(t('connections.disconnectModal.done', { app }))).toBeVisible();
  expect((await syncNow(page)).status()).toBe(409);
  await edit('Head of Buying');

  await page.goto(`${path}/contacts`);
  await expect(page.getByRole('button', { name: /^Inclusion List, / })).toBeEnabled();
  await expectAccessible(page);
  await press(page.getByRole('button', { name: t('connections.reconnect') }).first());
  await allow(page);
  await page.waitForURL('**/connect/salesforce?step=sync');
  // What changed meanwhile comes by itself.
  await expect.poll(jobTitle, { timeout: 30_000 }).toBe('Head of Buying');
  expect(await titles('production')).toEqual(['Head of Buying']);
});

test('another organisation gets records of its own, and the former one rests until it comes back', async ({
  page,
}) => {
  await connectOther(page);
  await edit('Director');
  await expectSynced(page, 'sandbox', 'Head of Buying');
  expect(await jobTitle()).toBe('Head of Buying');

  await connectOther(page);
  await expect.poll(jobTitle, { timeout: 30_000 }).toBe('Director');
  expect(await titles('production')).toEqual(['Director']);
  expect(await titles('sandbox')).toEqual(['Head of Buying']);
});
