import { expect, type Page, test } from '@playwright/test';
import { beginAnew, connectSalesforce, hubspot, hubspotApi, logIn, salesforce, soql } from './support/app.ts';
import { type Words, words } from './support/words.ts';

/** What the help article calls things, to the letter; everything else comes from the message files. */
const article = {
  en: {
    integrations: 'Integrations',
    apps: 'Connected Apps',
    contacts: 'Contacts',
    limiting: 'Limiting what syncs',
    list: 'Inclusion List',
    create: 'Create Inclusion List',
    review: 'Review and save',
  },
  'pt-BR': {
    integrations: 'Integrações',
    apps: 'Apps conectados',
    contacts: 'Contatos',
    limiting: 'Limitando o que é sincronizado',
    list: 'Lista de inclusão',
    create: 'Criar Lista de inclusão',
    review: 'Revisar e salvar',
  },
} as const;

const salesReady = 'Sales-ready contacts, EMEA and US';

type Labels = (typeof article)[keyof typeof article];

/** The article's way to the setting: gear, Integrations > Connected Apps, Salesforce, Contacts. */
async function openSetting(page: Page, labels: Labels, t: Words): Promise<void> {
  await page.getByRole('link', { name: t('shell.settings'), exact: true }).click();
  const sidebar = page.getByRole('navigation', { name: t('shell.settings') });
  await expect(sidebar.getByRole('button', { name: labels.integrations })).toBeVisible();
  await sidebar.getByRole('link', { name: labels.apps }).click();
  await page.getByRole('main').getByRole('link', { name: 'Salesforce', exact: true }).click();
  await page
    .getByRole('navigation', { name: t('settings.tabs') })
    .getByRole('link', { name: labels.contacts })
    .click();
  await expect(page.getByRole('region', { name: labels.limiting })).toBeVisible();
}

function field(page: Page, labels: Labels) {
  return page.getByRole('button', { name: new RegExp(`^${labels.list}, `) });
}

async function choose(page: Page, labels: Labels, t: Words, segment: string): Promise<void> {
  await field(page, labels).click();
  const menu = page.getByRole('dialog', { name: t('settings.limit.menu') });
  await menu.getByRole('combobox', { name: t('settings.limit.search') }).fill(segment);
  await menu.getByRole('option', { name: new RegExp(`^${segment.replace(/[()+?.]/g, '\\$&')}`) }).click();
  await expect(page.getByRole('button', { name: `${labels.list}, ${segment}` })).toBeVisible();
  await expect(page.getByText(t('common.saved'), { exact: true })).toBeVisible();
}

/** The article's steps in the segments tool: pencil, criteria, Review and save. */
async function createSegment(page: Page, labels: Labels, t: Words, name: string): Promise<void> {
  await page.getByRole('button', { name: t('segments.editor.editName') }).click();
  await page.getByRole('textbox', { name: t('segments.editor.nameField') }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: t('segments.editor.addFilter'), exact: true }).click();
  const picker = page.getByRole('dialog', { name: t('segments.picker.dialog', { number: 1 }) });
  await picker.getByRole('combobox').or(picker.getByRole('searchbox')).fill('Country');
  await picker.getByRole('option', { name: /Country/ }).click();
  const values = page.getByRole('combobox', { name: t('segments.editor.values') });
  await values.fill('Italy');
  await page.getByRole('option', { name: 'Italy', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t('segments.editor.apply') }).click();
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await page.getByRole('button', { name: labels.review }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('segments.save.submit') })
    .click();
  await page.waitForURL(/\/segments\/\d+/);
}

/** The banner of a processed segment, with whatever number. */
function processed(locale: string): RegExp {
  const text = words(locale)('segments.page.done', { count: 2 });
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('2', '[\\d.,]+'));
}

type Requests = { writes: { created: number; changed: number; deleted: number } };

async function resync(page: Page, labels: Labels, t: Words): Promise<void> {
  await page
    .getByRole('region', { name: labels.limiting })
    .getByRole('button', { name: t('settings.limit.resync') })
    .click();
  await page.getByRole('button', { name: t('settings.resync.start'), exact: true }).click();
  await expect(page.getByText(t('settings.resync.done'))).toBeVisible({ timeout: 60_000 });
}

for (const locale of ['en', 'pt-BR'] as const) {
  const labels = article[locale];
  const t = words(locale);

  test.describe(`the article’s steps in ${locale}`, () => {
    test.use({ locale });
    test.beforeEach(async ({ page }) => {
      await beginAnew();
      await logIn(page);
      await connectSalesforce(page);
    });

    test('a new segment is created, processed and chosen', async ({ page }) => {
      await openSetting(page, labels, t);
      await field(page, labels).click();
      await page.getByRole('button', { name: labels.create }).click();
      await page.waitForURL('**/segments/new?object=contact&for=salesforce');
      await createSegment(page, labels, t, 'Buyers in Italy');

      // Processing takes a moment; the page tells when it is done.
      await expect(page.getByRole('heading', { level: 1, name: 'Buyers in Italy' })).toBeVisible();
      await expect(page.getByText(processed(locale))).toBeVisible({ timeout: 30_000 });
      await page.getByRole('link', { name: t('segments.page.backToSettings') }).click();
      await choose(page, labels, t, 'Buyers in Italy');
      await page.reload();
      await expect(page.getByRole('button', { name: `${labels.list}, Buyers in Italy` })).toBeVisible();
      const { lists } = (await hubspotApi('POST', '/crm/v3/lists/search', {
        query: 'Buyers in Italy',
        processingTypes: ['DYNAMIC'],
        offset: 0,
        count: 5,
        additionalProperties: [],
      })) as { lists: { name: string; objectTypeId: string }[] };
      expect(lists).toMatchObject([{ name: 'Buyers in Italy', objectTypeId: '0-1' }]);
    });

    test('an existing active segment is chosen, and the setting updates by itself', async ({ page }) => {
      await openSetting(page, labels, t);
      await choose(page, labels, t, salesReady);
      await expect(page.getByText(t('settings.limit.savedToast'))).toBeVisible();
      await page.reload();
      await expect(page.getByRole('button', { name: `${labels.list}, ${salesReady}` })).toBeVisible();
      // Choosing alone starts nothing.
      expect(await salesforce.get('requests')).toMatchObject({
        writes: { created: 0, changed: 0, deleted: 0 },
      });
      expect(await hubspot.get('requests')).toMatchObject({ writes: { created: 0, changed: 0, deleted: 0 } });
    });
  });
}

test.describe('resync', () => {
  test.beforeEach(async ({ page }) => {
    await beginAnew();
    await logIn(page);
    await connectSalesforce(page);
  });

  test('brings the members to Salesforce once, and a second one writes nothing', async ({ page }) => {
    const labels = article.en;
    const t = words('en');
    const before = await soql('SELECT Id, Email FROM Lead');
    const contactsBefore = await soql('SELECT Id, Email FROM Contact');
    await openSetting(page, labels, t);
    await choose(page, labels, t, salesReady);

    await resync(page, labels, t);
    const leads = await soql('SELECT Id, Email FROM Lead');
    const contacts = await soql('SELECT Id, Email FROM Contact');
    expect(contacts.length).toBe(contactsBefore.length);
    expect(leads.length).toBeGreaterThan(before.length + 300);
    const known = new Set([...before, ...contactsBefore].map(({ Email }) => String(Email).toLowerCase()));
    const added = leads.filter(({ Id }) => !before.some((lead) => lead.Id === Id));
    expect(added.filter(({ Email }) => known.has(String(Email).toLowerCase()))).toEqual([]);
    expect(new Set(added.map(({ Email }) => String(Email).toLowerCase())).size).toBe(added.length);

    const first = (await salesforce.get('requests')) as Requests;
    const hubspotFirst = (await hubspot.get('requests')) as Requests;
    await page
      .getByRole('region', { name: t('common.notifications') })
      .getByRole('button', { name: t('common.close') })
      .first()
      .click();
    await resync(page, labels, t);
    expect(((await salesforce.get('requests')) as Requests).writes).toEqual(first.writes);
    expect(((await hubspot.get('requests')) as Requests).writes).toEqual(hubspotFirst.writes);
  });
});
