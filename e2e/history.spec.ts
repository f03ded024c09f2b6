import { expect, type Page, test } from '@playwright/test';
import { beginAnew, hubspotApi, logIn, moveClock } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { connect, enter } from './support/sign-in.ts';
import { words } from './support/words.ts';

const t = words('en');
const contactsTab = '/settings/integrations/connected-apps/salesforce/contacts';
const auditLog = '/settings/audit-log';
const salesReady = 'Sales-ready contacts, EMEA and US';
const customers = 'Customers and open opportunities';
const partners = 'Partner referrals 2026';
const field = (page: Page, name: string) => page.getByRole('button', { name: `Inclusion List, ${name}` });
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

test.beforeEach(async ({ page }) => {
  await beginAnew();
  await enter(page.request);
});

/** Changes a setting as the page does, upon whatever is newest. */
async function change(page: Page, key: string, value: unknown): Promise<void> {
  const { version } = (await (await page.request.get('/api/settings')).json()) as { version: number };
  const answer = await page.request.patch('/api/settings', { data: { key, value, version } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** The newest switch is counted, and its 60 seconds are over. */
async function countedAndInForce(page: Page): Promise<void> {
  const { lastSwitch } = (await (await page.request.get('/api/settings')).json()) as {
    lastSwitch: { changeId: string };
  };
  const preview = () => page.request.get(`/api/settings/changes/${lastSwitch.changeId}/preview`);
  await expect
    .poll(async () => ((await (await preview()).json()) as { count: { state: string } }).count.state)
    .toBe('counted');
  await moveClock(61_000);
}

async function listId(name: string): Promise<string> {
  const { lists } = (await hubspotApi('POST', '/crm/v3/lists/search', {
    query: name,
    offset: 0,
    count: 5,
    additionalProperties: [],
  })) as { lists: { listId: string }[] };
  return lists[0]?.listId ?? '';
}

async function expectAccessibleAtBothWidths(page: Page): Promise<void> {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  }
}

test('the audit log shows who changed what from what to what, and filters it', async ({ page }) => {
  await connect(page.request);
  await page.goto(contactsTab);
  await page.getByRole('textbox', { name: t('settings.safety.share') }).fill('35');
  await page.keyboard.press('Tab');
  await expect(page.getByText(t('common.saved'))).toBeVisible();
  await change(page, 'inclusionListId', await listId(salesReady));

  await page.goto(auditLog);
  const table = page.getByRole('table', { name: t('history.caption') });
  const share = table.getByRole('row', { name: /Share that stops writing/ });
  await expect(share).toContainText('Maya Lindqvist');
  await expect(share).toContainText('20%');
  await expect(share).toContainText('35%');
  await expect(table.getByRole('row', { name: /Inclusion List/ })).toContainText(salesReady);

  await page.getByRole('searchbox', { name: t('history.search') }).fill('no such thing');
  await expect(page.getByText(t('history.noMatch'))).toBeVisible();
  await page.getByRole('button', { name: t('history.clear') }).click();
  await page.getByRole('button', { name: 'Setting: All' }).click();
  await page.getByRole('option', { name: t('settings.name.breakerShare') }).click();
  await expect(table.getByRole('row', { name: /Inclusion List/ })).toBeHidden();

  await share.getByRole('button', { name: t('settings.name.breakerShare') }).click();
  const panel = page.getByRole('dialog', { name: t('history.openVersion', { version: 1 }) });
  await expect(panel.getByText(t('history.panel.page'))).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/audit-log\/1\?subject=breakerShare$/);
  await expectAccessible(page);
});

test('settings as of a version, and a restore whose deleted segment stays out', async ({ page }) => {
  const gone = await listId(customers);
  await change(page, 'inclusionListId', gone);
  await change(page, 'keepingDays', 30);
  await moveClock(61_000);
  await change(page, 'inclusionListId', await listId(salesReady));
  await change(page, 'keepingDays', 365);
  await hubspotApi('DELETE', `/crm/v3/lists/${gone}`);

  await page.goto(`${contactsTab}?as-of=2`);
  await expect(page.getByText(/^Settings as of .* · version 2 · read-only\.$/)).toBeVisible();
  await expect(page.getByText(customers)).toBeVisible();
  await expect(page.getByText(t('history.asOf.deleted'), { exact: true })).toBeVisible();
  await expect(page.getByText(t('history.asOf.now', { value: salesReady }))).toBeVisible();
  await expectAccessibleAtBothWidths(page);
  await page.getByRole('link', { name: /^Version 3, / }).click();
  await expect(page.getByText(/version 3 · read-only/)).toBeVisible();
  await page.getByRole('link', { name: /^Version 2, / }).click();

  await page.getByRole('button', { name: t('history.panel.restore', { version: 2 }) }).click();
  const modal = page.getByRole('dialog', { name: t('history.restore.title', { version: 2 }) });
  await expect(modal.getByRole('checkbox', { name: t('settings.name.inclusionListId') })).toBeDisabled();
  await expect(modal.getByText(/^This segment was deleted/)).toBeVisible();
  await expectAccessible(page);

  // Somebody else is faster.
  await change(page, 'breakerShare', 50);
  await modal.getByRole('button', { name: t('history.restore.confirm'), exact: true }).click();
  await expect(modal.getByText(t('errors.restore_conflict', { version: 5 }))).toBeVisible();
  await modal.getByRole('button', { name: t('history.restore.again') }).click();
  await modal
    .getByRole('row', { name: /Share that stops writing/ })
    .getByRole('checkbox')
    .focus();
  await page.keyboard.press('Space');
  await modal.getByRole('button', { name: t('history.restore.confirm'), exact: true }).click();
  await expect(page.getByText(t('history.restore.done', { from: 2, version: 6 }))).toBeVisible();
  await expect(field(page, salesReady)).toBeVisible();
  const keeping = page.getByRole('textbox', { name: t('settings.safety.keep') });
  await expect(keeping).toHaveValue('30');

  await page
    .getByRole('region', { name: t('common.notifications') })
    .getByRole('button', { name: t('common.undo') })
    .click();
  await expect(page.getByText(t('history.restore.undone'))).toBeVisible();
  await expect(keeping).toHaveValue('365');
});

test('before a restore, its numbers name who would start and stop; looking changes nothing', async ({
  page,
}) => {
  // Chosen before there was anything to sync with: its members were never stored.
  await change(page, 'inclusionListId', await listId(partners));
  await change(page, 'inclusionListId', null);
  await connect(page.request);
  await change(page, 'inclusionListId', await listId(customers));
  await countedAndInForce(page);
  await change(page, 'inclusionListId', await listId(salesReady));
  await countedAndInForce(page);
  const kept = async () => (await (await page.request.get('/api/settings')).json()) as { version: number };
  const { version } = await kept();

  await page.goto(`${auditLog}/3`);
  await page.getByRole('button', { name: t('history.panel.restore', { version: 3 }) }).click();
  const modal = page.getByRole('dialog', { name: t('history.restore.title', { version: 3 }) });
  await modal.getByRole('button', { name: `See who ${t('switch.people.region.stop')}` }).click();
  const heading = modal.getByRole('heading', { level: 3, name: /stop syncing$/ });
  await expect(heading).toBeFocused();
  const people = modal.getByRole('region', { name: t('switch.people.region.stop') });
  await expect(people.getByRole('listitem')).not.toHaveCount(0);
  const name = await people.getByRole('listitem').first().getByRole('link').innerText();
  await expectAccessibleAtBothWidths(page);
  await people.getByRole('searchbox', { name: t('switch.people.search') }).fill(name);
  await expect(people.getByText(/^Showing 1–/)).toBeVisible();
  await expect(people.getByRole('link', { name }).first()).toBeVisible();
  const download = page.waitForEvent('download');
  await people.getByRole('button', { name: t('switch.people.csv') }).click();
  expect((await download).suggestedFilename()).toBe('switch-people.csv');
  await modal.getByRole('button', { name: t('history.panel.restore', { version: 3 }) }).press('Enter');
  await expect(
    modal.getByRole('button', { name: `See who ${t('switch.people.region.stop')}` }),
  ).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(modal).toBeHidden();

  // They are read from HubSpot for this look alone.
  await page.goto(`${auditLog}/1`);
  await page.getByRole('button', { name: t('history.panel.restore', { version: 1 }) }).click();
  const never = page.getByRole('dialog', { name: t('history.restore.title', { version: 1 }) });
  await expect(never.getByText(/^Counted /)).toBeVisible();
  await expect(never.getByText(t('switch.before.unchanged'), { exact: true })).toBeVisible();
  await expect(never.getByRole('button', { name: /^See who/ })).toHaveCount(0);
  await expectAccessibleAtBothWidths(page);
  expect((await kept()).version).toBe(version);
});

test('a role that an admin gives takes effect at once; the last admin stays', async ({ page, browser }) => {
  const context = await browser.newContext();
  const colleague = await context.newPage();
  await enter(context.request, 'Inês Carvalho (user), Northwind Trading');
  await page.goto('/settings/users');
  await page.getByRole('button', { name: /Role of Maya Lindqvist/ }).click();
  await page.getByRole('option', { name: t('people.viewer') }).click();
  await page.getByRole('button', { name: t('people.myselfConfirm') }).click();
  await expect(page.getByText(t('errors.last_admin'))).toBeVisible();

  await colleague.goto(contactsTab);
  await expect(field(colleague, 'All contacts')).toBeDisabled();
  await page.getByRole('button', { name: /Role of Inês Carvalho/ }).click();
  await page.getByRole('option', { name: t('people.admin') }).click();
  await expect(
    page.getByText(t('people.changed', { name: 'Inês Carvalho', role: t('people.admin') })),
  ).toBeVisible();
  await colleague.reload();
  await expect(field(colleague, 'All contacts')).toBeEnabled();

  // Two people at the same setting: theirs or mine.
  await change(page, 'keepingDays', 30);
  const keeping = colleague.getByRole('textbox', { name: t('settings.safety.keep') });
  await keeping.fill('60');
  await colleague.keyboard.press('Tab');
  const conflict = colleague.getByRole('alert').filter({ hasText: 'Maya Lindqvist chose “30 days”' });
  await expect(conflict).toBeVisible();
  await expect(keeping).toHaveValue('30');
  await conflict.getByRole('button', { name: t('settings.limit.useMine') }).click();
  await expect(keeping).toHaveValue('60');
  await expect(conflict).toBeHidden();
  await context.close();
});

test('language and time zone follow their choice', async ({ page, browser }) => {
  await page.goto('/settings/general');
  await page.getByRole('combobox', { name: t('people.general.zone') }).fill('Honolulu');
  await page.getByRole('option', { name: 'Pacific/Honolulu' }).click();
  await page.getByRole('button', { name: t('people.general.language') }).click();
  await page.getByRole('option', { name: 'Dansk' }).click();
  const da = words('da');
  await expect(page.getByRole('heading', { level: 1, name: da('people.general.title') })).toBeVisible();
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await logIn(elsewhere);
  await elsewhere.goto('/settings/users');
  await expect(elsewhere.getByRole('heading', { level: 1, name: da('people.title') })).toBeVisible();
  await context.close();
});
