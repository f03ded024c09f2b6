import { expect, type Page, type Request, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { beginAnew, endFaults, hubspot, hubspotApi, moveClock } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { connect, enter } from './support/sign-in.ts';
import { words } from './support/words.ts';

const t = words('en');
const contactsTab = '/settings/integrations/connected-apps/salesforce/contacts';
const field = (page: Page, name: string) => page.getByRole('button', { name: `Inclusion List, ${name}` });
const salesReady = 'Sales-ready contacts, EMEA and US';
const customers = 'Customers and open opportunities';

async function openMenu(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^Inclusion List, / });
  await untilAlive(button);
  await button.click();
}

async function pick(page: Page, name: string): Promise<void> {
  await openMenu(page);
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
}

test.describe('who does not get in', () => {
  test.beforeEach(() => beginAnew());

  test('a person who clicks Cancel at HubSpot is told that nothing was connected', async ({ page }) => {
    await page.goto('/login');
    await page.getByRole('button', { name: t('auth.continue') }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('alert').filter({ hasText: t('auth.denied') })).toBeVisible();
    await expectAccessible(page);
  });

  test('a page asked for without a session comes back after the log-in', async ({ page }) => {
    await page.goto(contactsTab);
    await expect(page.getByText(t('auth.ended'))).toBeVisible();
    await page.getByRole('button', { name: t('auth.continue') }).click();
    await page.getByText('Maya Lindqvist (super admin), Northwind Trading').click();
    await page.getByRole('button', { name: 'Connect app' }).click();
    await page.waitForURL(`**${contactsTab}`);
    await expect(field(page, 'All contacts')).toBeVisible();
  });

  test('a colleague without admin rights may look, not change', async ({ page, browser }) => {
    await enter(page.request);
    const other = await browser.newContext();
    const theirs = await other.newPage();
    await enter(other.request, 'Inês Carvalho (user), Northwind Trading');
    await theirs.goto(contactsTab);
    await expect(field(theirs, 'All contacts')).toBeDisabled();
    await expect(theirs.getByText(t('common.adminOnly')).first()).toBeVisible();
    await other.close();
  });

  test('Deny at Salesforce, and an answer that nobody asked for, connect nothing', async ({ page }) => {
    await enter(page.request);
    await page.goto('/api/connections/salesforce/authorize?sandbox=false');
    await page.getByRole('button', { name: 'Deny' }).click();
    await expect(page.getByText(t('errors.consent_denied'))).toBeVisible();
    await page.goto('/api/connections/salesforce/callback?code=made-up&state=made-up');
    await expect(page.getByText('We couldn’t verify that answer.', { exact: false })).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe('the Inclusion List when things go wrong', () => {
  test.beforeEach(async ({ page }) => {
    await beginAnew();
    await enter(page.request);
    await connect(page.request);
    await page.goto(contactsTab);
  });

  test('a save that fails keeps the previous list and offers to try again', async ({ page }) => {
    await openMenu(page);
    await expect(page.getByRole('option', { name: new RegExp(`^${salesReady}`) })).toBeVisible();
    await hubspot.post('faults', [{ path: '/crm/*', status: 500, body: { message: 'boom' } }]);
    await page.getByRole('option', { name: new RegExp(`^${salesReady}`) }).click();
    const failure = page.getByRole('alert').filter({ hasText: t('settings.limit.saveFailed') });
    await expect(failure).toBeVisible();
    await expect(field(page, 'All contacts')).toBeVisible();
    await expectAccessible(page);
    await endFaults();
    await failure.getByRole('button', { name: t('common.tryAgain') }).click();
    await expect(field(page, salesReady)).toBeVisible();
    await expect(page.getByText(t('settings.limit.savedToast'))).toBeVisible();
  });

  test('two people at once: theirs or mine', async ({ page, browser }) => {
    const context = await browser.newContext();
    const colleague = await context.newPage();
    await enter(context.request, 'Oskar Brandt (super admin), Northwind Trading');
    await colleague.goto(contactsTab);
    await pick(colleague, customers);
    await expect(field(colleague, customers)).toBeVisible();
    await expect(colleague.getByText(t('settings.limit.savedToast'))).toBeVisible();

    await pick(page, salesReady);
    const conflict = page.getByRole('alert').filter({ hasText: `Oskar Brandt chose ${customers}` });
    await expect(conflict).toBeVisible();
    await expectAccessible(page);
    await conflict.getByRole('button', { name: t('settings.limit.useMine') }).click();
    await expect(field(page, salesReady)).toBeVisible();
    await expect(conflict).toBeHidden();
    await context.close();
  });

  test('Undo brings the former list back within 60 seconds, and not after', async ({ page }) => {
    const onTheWay = questionsOf(page);
    await pick(page, salesReady);
    await page
      .getByRole('region', { name: t('common.notifications') })
      .getByRole('button', { name: t('common.undo') })
      .click();
    await expect(field(page, 'All contacts')).toBeVisible();
    await expect(page.getByText(t('settings.limit.undoneToast'))).toBeVisible();

    await pick(page, salesReady);
    await expect(page.getByRole('button', { name: /^Undo \(\d+ s\)$/ })).toBeVisible();
    // What is not counted yet could be undone at any time.
    await expect(page.getByRole('button', { name: /^2,000 stop syncing/ })).toBeVisible();
    await deafen(page, onTheWay);
    await moveClock(61_000);
    await page.getByRole('button', { name: /^Undo \(\d+ s\)$/ }).click();
    await expect(page.getByText(t('errors.undo_too_late'))).toBeVisible();
    await expect(field(page, salesReady)).toBeVisible();
  });

  test('a segment that is deleted in HubSpot pauses the sync with a clear word', async ({ page }) => {
    await pick(page, salesReady);
    await expect(page.getByText(t('settings.limit.savedToast'))).toBeVisible();
    await deleteSegment(salesReady);
    await page.reload();
    await expect(page.getByText(t('settings.limit.deleted'))).toBeVisible();
    await expectAccessible(page);
  });

  test('the whole menu by keyboard', async ({ page }) => {
    const button = field(page, 'All contacts');
    await untilAlive(button);
    await button.focus();
    await page.keyboard.press('ArrowDown');
    const search = page.getByRole('combobox', { name: t('settings.limit.search') });
    await expect(search).toBeFocused();
    await page.keyboard.type('no such segment');
    await expect(page.getByText('No active segment matches “no such segment”.')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Create “no such segment”' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
    await page.keyboard.press('s');
    await expect(search).toHaveValue('s');
    await page.keyboard.type('ales-ready');
    await expect(page.getByRole('option', { name: new RegExp(`^${salesReady}`) })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(field(page, salesReady)).toBeFocused();
  });
});

/** From now on the page hears nothing new of the settings, also no answer that is on its way when this is called. */
async function deafen(page: Page, onTheWay: ReadonlySet<Request>): Promise<void> {
  const held = new Set<Request>();
  await page.route('**/api/settings**', (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    held.add(route.request());
  });
  // The page is told of its questions in their order: with this last one all are known that went out before.
  await page.evaluate(() => void fetch('/api/settings?last'));
  await expect.poll(() => [...held].some((request) => request.url().endsWith('?last'))).toBe(true);
  await expect.poll(() => [...onTheWay].filter((request) => !held.has(request))).toEqual([]);
}

/** What the page has asked of the settings and has no answer to. */
function questionsOf(page: Page): ReadonlySet<Request> {
  const open = new Set<Request>();
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().includes('/api/settings')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return open;
}

async function deleteSegment(name: string): Promise<void> {
  const { lists } = (await hubspotApi('POST', '/crm/v3/lists/search', {
    query: name,
    offset: 0,
    count: 5,
    additionalProperties: [],
  })) as { lists: { listId: string }[] };
  await hubspotApi('DELETE', `/crm/v3/lists/${lists[0]?.listId}`);
}
