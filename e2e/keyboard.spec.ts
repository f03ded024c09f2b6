import { expect, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { salesforce, soql } from './support/app.ts';
import { pressOn, tabTo } from './support/keyboard.ts';
import {
  addCampaign,
  addContact,
  changeSetting,
  contactOf,
  quietMembers,
  stateOf,
  whenSynced,
} from './support/people.ts';
import { listIdOf } from './support/segment-editor.ts';
import { sharedSession } from './support/session.ts';
import { enter } from './support/sign-in.ts';
import { words } from './support/words.ts';

const t = words('en');
const path = '/settings/integrations/connected-apps/salesforce';
const ines = 'Inês Carvalho';

type Settings = { version: number; values: { keepingDays: number } };

sharedSession('keyboard', { contacts: 100 });

test('a mapping is added by keyboard alone', async ({ page }) => {
  const { keyboard } = page;
  await page.goto(`${path}/contacts/mappings`);
  const add = page.getByRole('button', { name: t('mappings.add') });
  await untilAlive(add);
  await pressOn(page, add);
  const panel = page.getByRole('dialog', { name: t('mappings.panel.addTitle'), exact: true });
  const choose = async (field: string, search: string, option: RegExp) => {
    await tabTo(page, panel.getByRole('button', { name: new RegExp(`^${t(field)}, `) }));
    await keyboard.press('Enter');
    await keyboard.type(search);
    // Until the list is filtered, another option would be the first.
    await expect(page.getByRole('option').first()).toHaveAccessibleName(option);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
  };
  await choose('mappings.property', 'mobile', /^Mobile Phone Number, /);
  await choose('mappings.field', 'mobile', /^Mobile Phone, /);
  await pressOn(page, panel.getByRole('button', { name: t('common.next'), exact: true }));
  await tabTo(page, panel.getByRole('radio', { name: t('mappings.rules.PREFER_SALESFORCE') }));
  await keyboard.press('ArrowUp');
  await tabTo(page, panel.getByRole('radio', { checked: true }));
  const rule = await panel.getByRole('radio', { checked: true }).getAttribute('value');
  expect(rule).not.toBe('PREFER_SALESFORCE');
  await pressOn(page, panel.getByRole('button', { name: t('mappings.panel.save'), exact: true }));
  await expect(page.getByText(t('mappings.addedToast'))).toBeVisible();
  await expect(panel).toBeHidden();
  const row = page.getByRole('row').filter({ hasText: 'Mobile Phone Number' });
  await expect(row).toContainText(t(`mappings.rules.${rule}`));
  await expect(add).toBeFocused();
});

test('an error is found, selected and tried again by keyboard alone', async ({ page }) => {
  const { keyboard } = page;
  const email = 'keys@refused.example';
  await salesforce.post('config', {
    rules: {
      validation: [{ name: 'Web', object: 'Lead', condition: `Email = '${email}'`, message: 'No, sorry' }],
    },
  });
  const id = await addContact({ email, lastname: 'Keys', company: 'Refused' });
  const asked = await page.request.post(`/api/contacts/${id}/sync`);
  expect(asked.ok(), await asked.text()).toBe(true);
  const result = async () => (await stateOf(page.request, id)).outcome?.result;
  await whenSynced(page.request, () => [id], result).toBe('FAILED');

  await page.goto(`${path}/sync-health`);
  const name = t('health.categories.automation.name');
  const card = page.getByRole('button', { name: new RegExp(`^${name}`) });
  await untilAlive(card);
  await pressOn(page, card);
  const panel = page.getByRole('dialog', { name });
  await expect(panel.getByText('No, sorry').first()).toBeVisible();
  await pressOn(page, panel.getByRole('checkbox', { name: t('health.panel.selectAll') }), 'Space');
  await tabTo(page, panel.getByRole('button', { name: t('health.panel.tryAgain') }));
  await salesforce.post('config', { rules: null });
  await keyboard.press('Enter');
  await expect(page.getByText(t('health.panel.retryingText'))).toBeVisible();
  await keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(card).toBeFocused();
  const leads = async () => (await soql(`SELECT Id FROM Lead WHERE Email = '${email}'`)).length;
  await whenSynced(page.request, () => [id], leads).toBe(1);
});

test('a segment is found, deleted and brought back by keyboard alone', async ({ page }) => {
  const { keyboard } = page;
  const name = 'Made for the keys';
  const from = await listIdOf('Partner referrals 2026');
  const made = await page.request.post(`/api/segments/${from}/duplicate`, { data: { name } });
  expect(made.ok(), await made.text()).toBe(true);
  await page.goto('/segments');
  const search = page.getByRole('searchbox', { name: t('segments.index.search') });
  await untilAlive(search);
  await tabTo(page, search);
  await keyboard.type('for the keys');
  const link = page.getByRole('link', { name });
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(link).toBeVisible();
  const creator = page.getByRole('button', { name: new RegExp(`^${t('segments.index.createdBy')}:`) });
  await pressOn(page, creator);
  await expect(page.getByRole('option', { name: t('segments.index.anyone'), exact: true })).toBeFocused();
  await keyboard.type('Maya');
  await expect(page.getByRole('option', { name: 'Maya Lindqvist', exact: true })).toBeFocused();
  await keyboard.press('Enter');
  await expect(creator.and(page.locator(':focus'))).toContainText('Maya Lindqvist');
  await expect(link).toBeVisible();
  await pressOn(page, page.getByRole('button', { name: t('segments.index.rowActions', { name }) }));
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: t('segments.delete.title', { name }) });
  await pressOn(page, question.getByRole('button', { name: t('segments.delete.confirm'), exact: true }));
  await expect(page.getByText(t('segments.delete.done'))).toBeVisible();
  await expect(link).toBeHidden();
  await pressOn(page, page.getByRole('link', { name: t('segments.views.deleted'), exact: true }));
  await pressOn(page, page.getByRole('button', { name: t('segments.index.rowActions', { name }) }));
  await expect(page.getByRole('menuitem', { name: t('segments.actions.restore') })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByText(t('segments.restore.done'))).toBeVisible();
  expect(await listIdOf(name)).not.toBe('');
});

test('a person is synced from the page that says why, and the receipt found in the activity', async ({
  page,
}) => {
  const [person] = await quietMembers('Sales-ready contacts, EMEA and US');
  const { id = '', email = '', name = '' } = person ?? {};
  await page.goto(`/contacts/${id}`);
  const sync = page.getByRole('button', { name: t('contacts.syncNow') });
  await untilAlive(sync);
  await pressOn(page, sync);
  await expect(page.getByText(t('contacts.syncDone', { name }))).toBeVisible();
  expect(await soql(`SELECT Id FROM Lead WHERE Email = '${email}'`)).toHaveLength(1);

  await page.goto('/sync-activity');
  const details = page.getByRole('button', { name: new RegExp(`^Details for ${name}, `) });
  await untilAlive(details);
  await pressOn(page, details);
  await pressOn(page, page.getByRole('link', { name: t('activity.details.receipt') }));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await pressOn(page, page.getByRole('link', { name: /^1 Created/ }));
  await expect(page).toHaveURL(/\/sync-activity\?run=.*&result=CREATED/);
  await expect(page.getByRole('rowheader', { name })).toBeVisible();
});

test('an import is counted and started by keyboard alone', async ({ page }) => {
  const { keyboard } = page;
  const email = 'imported@keys.example';
  // Otherwise it would come over as new in Salesforce.
  await changeSetting(page.request, 'salesforceChanges', 'do_nothing');
  await addCampaign('Keys fair', [{ FirstName: 'Ada', LastName: 'Berg', Company: 'Acme', Email: email }]);
  await page.goto(`${path}/import`);
  const all = page.getByRole('radio', { name: t('imports.choose.all'), exact: true });
  await untilAlive(all);
  await tabTo(page, all);
  await keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: t('imports.choose.campaign') })).toBeChecked();
  const campaign = page.getByRole('combobox', { name: t('imports.choose.campaignField') });
  await tabTo(page, campaign);
  await keyboard.type('Keys');
  await expect(page.getByRole('option', { name: 'Keys fair' })).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(campaign).toHaveValue('Keys fair');
  await pressOn(page, page.getByRole('button', { name: t('imports.choose.count'), exact: true }));
  const start = page.getByRole('button', { name: t('imports.preview.start', { count: 1 }) });
  await expect(start).toBeVisible();
  await pressOn(page, start);
  await expect(page.getByRole('heading', { name: t('imports.result.titleAll', { done: 1 }) })).toBeVisible();
  expect((await contactOf(email, ['lastname']))?.properties).toMatchObject({ lastname: 'Berg' });
});

test('an earlier version is restored by keyboard alone', async ({ page }) => {
  const settings = async () => (await (await page.request.get('/api/settings')).json()) as Settings;
  await changeSetting(page.request, 'keepingDays', 30);
  const { version } = await settings();
  await changeSetting(page.request, 'keepingDays', 60);
  await page.goto('/settings/audit-log');
  const row = page.getByRole('row').filter({ hasText: '30 days' }).last();
  const open = row.getByRole('button', { name: t('settings.name.keepingDays') });
  await untilAlive(open);
  await pressOn(page, open);
  const panel = page.getByRole('dialog', { name: t('history.openVersion', { version }) });
  await pressOn(page, panel.getByRole('button', { name: t('history.panel.restore', { version }) }));
  const modal = page.getByRole('dialog', { name: t('history.restore.title', { version }) });
  await expect(modal.getByRole('checkbox', { name: t('settings.name.keepingDays') })).toBeChecked();
  await pressOn(page, modal.getByRole('button', { name: t('history.restore.confirm'), exact: true }));
  await expect(page.getByText(/^Version .* restored as version/)).toBeVisible();
  expect((await settings()).values.keepingDays).toBe(30);
});

test('a role is given by keyboard alone', async ({ page, browser }) => {
  const { keyboard } = page;
  const colleague = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  await enter(colleague.request, `${ines} (user), Northwind Trading`);
  await colleague.close();
  await page.goto('/settings/users');
  const role = page.getByRole('button', { name: new RegExp(t('people.roleOf', { name: ines })) });
  await untilAlive(role);
  await pressOn(page, role);
  await expect(page.getByRole('option', { name: t('people.viewer') })).toBeFocused();
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  const changed = t('people.changed', { name: ines, role: t('people.admin') });
  await expect(page.getByText(changed)).toBeVisible();
  await expect(role).toBeFocused();
  await expect(role).toContainText(t('people.admin'));
});

test('Salesforce is disconnected and connected again by keyboard alone', async ({ page }) => {
  const { keyboard } = page;
  await page.goto(`${path}/contacts`);
  const actions = page.getByRole('button', { name: t('settings.actions'), exact: true });
  await untilAlive(actions);
  await pressOn(page, actions);
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('Enter');
  const modal = page.getByRole('alertdialog');
  await expect(modal.getByRole('button', { name: t('connections.disconnectModal.continue') })).toBeFocused();
  await keyboard.press('Enter');
  await expect(modal.getByRole('textbox')).toBeFocused();
  const app = t('connections.salesforce');
  await keyboard.type(t('connections.disconnectModal.confirm', { app }));
  await keyboard.press('Enter');
  await expect(page.getByText(t('connections.disconnectModal.done', { app }))).toBeVisible();

  await page.goto('/settings/integrations/connect/salesforce');
  const logIn = page.getByRole('button', { name: t('connections.wizard.logInSalesforce') });
  await untilAlive(logIn);
  await pressOn(page, logIn);
  // Salesforce's own page.
  await expect(page.getByRole('radio', { checked: true })).toBeVisible();
  await pressOn(page, page.getByRole('button', { name: 'Allow' }));
  await page.waitForURL('**/connect/salesforce?step=sync');
  const next = page.getByRole('button', { name: t('common.next'), exact: true });
  await untilAlive(next);
  await pressOn(page, next);
  await expect(page.getByText(t('connections.wizard.reviewText'))).toBeVisible();
  await pressOn(page, page.getByRole('button', { name: t('connections.wizard.begin') }));
  await expect(page.getByText(t('connections.wizard.begunToast'))).toBeVisible();
});
