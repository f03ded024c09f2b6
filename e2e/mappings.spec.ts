import { expect, type Page, test } from '@playwright/test';
import { beginAnew, hubspot, salesforce } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { connect, enter } from './support/sign-in.ts';
import { words } from './support/words.ts';

const path = '/settings/integrations/connected-apps/salesforce/contacts/mappings';
const t = words('en');
const rule = (name: string) => t(`mappings.rules.${name}`);
const panel = (page: Page, title = 'mappings.panel.addTitle') =>
  page.getByRole('dialog', { name: t(title), exact: true });
const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });

test.beforeEach(async ({ page }) => {
  await beginAnew();
  await enter(page.request);
  await connect(page.request);
});

async function choose(
  page: Page,
  field: string,
  dialog: string,
  search: string,
  option: RegExp,
): Promise<void> {
  await panel(page)
    .getByRole('button', { name: new RegExp(`^${t(field)}, `) })
    .click();
  const menu = page.getByRole('dialog', { name: t(dialog), exact: true });
  await menu.getByRole('combobox').fill(search);
  await menu.getByRole('option', { name: option }).click();
}

const chooseProperty = (page: Page, search: string, option: RegExp) =>
  choose(page, 'mappings.property', 'mappings.panel.chooseProperty', search, option);
const chooseField = (page: Page, search: string, option: RegExp) =>
  choose(page, 'mappings.field', 'mappings.panel.chooseField', search, option);

test('a mapping is refused, added, changed, deleted and put back', async ({ page }) => {
  await page.goto(path);
  await expect(row(page, 'Job Title')).toContainText(rule('PREFER_SALESFORCE'));
  await page.getByRole('button', { name: t('mappings.add') }).click();
  await chooseProperty(page, 'mobile', /^Mobile Phone Number, /);

  await chooseField(page, 'annual', /^Annual Revenue, /);
  await expect(panel(page).getByRole('alert').filter({ hasText: 'Annual Revenue' })).toContainText(
    t('mappings.fieldKinds.currency'),
  );
  await expect(panel(page).getByRole('button', { name: t('common.next'), exact: true })).toBeDisabled();
  await chooseField(page, 'Fax', /^Fax, /);
  await expect(panel(page).getByRole('alert').filter({ hasText: 'Fax' })).toContainText(
    'Lead.Fax, Contact.Fax',
  );

  await chooseField(page, 'mobile', /^Mobile Phone, /);
  await panel(page)
    .getByRole('button', { name: t('common.next'), exact: true })
    .click();
  await expect(panel(page).getByRole('radio', { name: rule('PREFER_SALESFORCE') })).toBeChecked();
  await panel(page).getByText(rule('TWO_WAY'), { exact: true }).click();
  await panel(page)
    .getByRole('button', { name: t('mappings.panel.save'), exact: true })
    .click();
  await expect(page.getByText(t('mappings.addedToast'))).toBeVisible();
  await expect(page.getByRole('button', { name: t('settings.limit.resyncAll') })).toBeVisible();

  await row(page, 'Mobile Phone Number')
    .getByRole('button', { name: 'Mobile Phone Number', exact: true })
    .click();
  const edit = panel(page, 'mappings.panel.editTitle');
  await edit.getByText(rule('ALWAYS_SALESFORCE'), { exact: true }).click();
  await edit.getByRole('button', { name: t('mappings.panel.save'), exact: true }).click();
  await expect(row(page, 'Mobile Phone Number')).toContainText(rule('ALWAYS_SALESFORCE'));

  await page.getByRole('button', { name: t('mappings.rowActions', { name: 'Job Title' }) }).click();
  await expect(page.getByRole('menuitem', { name: t('mappings.delete') })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t('mappings.rowActions', { name: 'Mobile Phone Number' }) }).click();
  await page.getByRole('menuitem', { name: t('mappings.delete') }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('mappings.delete') })
    .click();
  await expect(row(page, 'Mobile Phone Number')).toHaveCount(0);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Undo \(\d+ s\)$/ })
    .click();
  await expect(row(page, 'Mobile Phone Number')).toContainText(rule('ALWAYS_SALESFORCE'));
  await page.reload();
  await expect(row(page, 'Mobile Phone Number')).toContainText(rule('ALWAYS_SALESFORCE'));
  for (const crm of [hubspot, salesforce]) {
    expect(await crm.get('requests')).toMatchObject({ writes: { created: 0, changed: 0, deleted: 0 } });
  }
});

test('a Salesforce field gets a property of its own, by keyboard alone', async ({ page }) => {
  const field = { object: 'Lead', name: 'Region__c', label: 'Sales region', type: 'string', length: 40 };
  await salesforce.post('schema', { fields: [field] });
  await page.goto(path);
  await page.getByRole('button', { name: t('mappings.add') }).press('Enter');
  await panel(page)
    .getByRole('button', { name: new RegExp(`^${t('mappings.field')}, `) })
    .press('Enter');
  await page.getByRole('combobox', { name: t('mappings.panel.searchField') }).fill('Sales region');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: t('mappings.panel.create', { field: 'Sales region' }) })
    .press('Enter');
  await expect(page.getByText(t('mappings.panel.created', { name: 'Sales region' }))).toBeVisible();
  await panel(page)
    .getByRole('button', { name: t('common.next'), exact: true })
    .press('Enter');
  await panel(page)
    .getByRole('button', { name: t('mappings.panel.save'), exact: true })
    .press('Enter');
  await expect(row(page, 'Sales region')).toContainText('Lead.Region__c');
});

test('two people: the second one sees what the first did, and decides', async ({ page }) => {
  await page.goto(path);
  await row(page, 'Job Title').getByRole('button', { name: 'Job Title', exact: true }).click();
  const edit = panel(page, 'mappings.panel.editTitle');
  await edit.getByText(rule('ALWAYS_SALESFORCE'), { exact: true }).click();

  const { mappings } = await (await page.request.get('/api/mappings')).json();
  const { id, hubspotProperty, leadField, contactField } = mappings.find(
    (mapping: { hubspotProperty: string }) => mapping.hubspotProperty === 'jobtitle',
  );
  const theirs = { hubspotProperty, leadField, contactField, rule: 'TWO_WAY', version: 0 };
  expect((await page.request.patch(`/api/mappings/${id}`, { data: theirs })).status()).toBe(200);

  await edit.getByRole('button', { name: t('mappings.panel.save'), exact: true }).click();
  await expect(edit.getByRole('alert').filter({ hasText: rule('TWO_WAY') })).toBeVisible();
  await edit.getByRole('button', { name: t('mappings.panel.useMine') }).click();
  await expect(row(page, 'Job Title')).toContainText(rule('ALWAYS_SALESFORCE'));
});

test('both steps are accessible at both widths, and nothing sticks out', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.goto(path);
    await page.getByRole('button', { name: t('mappings.add') }).click();
    await chooseProperty(page, 'mobile', /^Mobile Phone Number, /);
    await chooseField(page, 'annual', /^Annual Revenue, /);
    await expectAccessible(page);
    await chooseField(page, 'mobile', /^Mobile Phone, /);
    await panel(page)
      .getByRole('button', { name: t('common.next'), exact: true })
      .click();
    await expect(panel(page).getByRole('table')).toBeVisible();
    await expectAccessible(page);
    const overflow = await panel(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
