import { expect, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { salesforce, soql } from './support/app.ts';
import { tabTo } from './support/keyboard.ts';
import { addContact, stateOf, whenSynced } from './support/people.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const path = '/settings/integrations/connected-apps/salesforce';

sharedSession('keyboard', { contacts: 100 });

test('a mapping is added by keyboard alone', async ({ page }) => {
  const { keyboard } = page;
  await page.goto(`${path}/contacts/mappings`);
  const add = page.getByRole('button', { name: t('mappings.add') });
  await untilAlive(add);
  await tabTo(page, add);
  await keyboard.press('Enter');
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
  await tabTo(page, panel.getByRole('button', { name: t('common.next'), exact: true }));
  await keyboard.press('Enter');
  await tabTo(page, panel.getByRole('radio', { name: t('mappings.rules.PREFER_SALESFORCE') }));
  await keyboard.press('ArrowUp');
  await tabTo(page, panel.getByRole('radio', { checked: true }));
  const rule = await panel.getByRole('radio', { checked: true }).getAttribute('value');
  expect(rule).not.toBe('PREFER_SALESFORCE');
  await tabTo(page, panel.getByRole('button', { name: t('mappings.panel.save'), exact: true }));
  await keyboard.press('Enter');
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
  await tabTo(page, card);
  await keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name });
  await expect(panel.getByText('No, sorry').first()).toBeVisible();
  await tabTo(page, panel.getByRole('checkbox', { name: t('health.panel.selectAll') }));
  await keyboard.press('Space');
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
