import { expect, type Page, test } from '@playwright/test';
import { beginAnew, connectSalesforce, logIn } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';

const salesReady = 'Sales-ready contacts, EMEA and US';
const contacts = '/settings/integrations/connected-apps/salesforce/contacts';
const pages: { path: string; ready: (page: Page) => Promise<void> }[] = [
  { path: '/settings/integrations/connected-apps', ready: (page) => rows(page, 2) },
  { path: '/settings/integrations/connected-apps/hubspot', ready: heading },
  { path: '/settings/integrations/connect/salesforce', ready: heading },
  { path: contacts, ready: (page) => page.locator('button[aria-haspopup=dialog]').first().waitFor() },
  { path: '/segments', ready: (page) => rows(page, 5) },
  { path: '/segments/1', ready: (page) => rows(page, 5) },
  { path: '/segments/1/edit', ready: (page) => page.locator('main h2').first().waitFor() },
  { path: '/segments/new?object=contact&for=salesforce', ready: heading },
  { path: '/sync-activity', ready: heading },
  { path: '/settings/audit-log', ready: (page) => rows(page, 1) },
  { path: '/settings/users', ready: (page) => rows(page, 1) },
  { path: '/settings/general', ready: (page) => page.getByRole('combobox').waitFor() },
];
const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

async function heading(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
}

async function rows(page: Page, least: number): Promise<void> {
  await page.getByRole('row').nth(least).waitFor({ state: 'attached' });
}

/** Nothing sticks out sideways, and no text of the interface is a bare key. */
async function expectSound(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const namespaces =
    'activity|auth|common|connections|errors|history|mappings|people|segmentLint|segments|settings|shell|sync';
  expect(await page.locator('body').innerText()).not.toMatch(
    new RegExp(`\\b(${namespaces})\\.[a-z]\\w+\\.\\w+`),
  );
}

let isSetUp = false;
test.beforeEach(async ({ page, context }) => {
  // The pages are looked at, not changed: one log-in and one connection serve them all.
  if (isSetUp) return;
  await beginAnew();
  await logIn(page);
  await connectSalesforce(page);
  await context.storageState({ path: 'test-results/session.json' });
  isSetUp = true;
});

test.describe('every page is accessible and holds together', () => {
  for (const { path, ready } of pages) {
    test(`${path} at both widths`, async ({ browser }) => {
      const context = await browser.newContext({
        storageState: 'test-results/session.json',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      for (const size of widths) {
        await page.setViewportSize(size);
        await page.goto(path);
        await ready(page);
        await expectAccessible(page);
        await expectSound(page);
      }
      await context.close();
    });
  }

  test('the open menu at both widths', async ({ browser }) => {
    const context = await browser.newContext({
      storageState: 'test-results/session.json',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    for (const size of widths) {
      await page.setViewportSize(size);
      await page.goto(contacts);
      await page.getByRole('button', { name: /^Inclusion List, / }).click();
      await expect(page.getByRole('option', { name: new RegExp(`^${salesReady}`) })).toBeVisible();
      await expectAccessible(page);
    }
    await context.close();
  });
});

test.describe('every page speaks every language', () => {
  for (const locale of ['pt-BR', 'es', 'it', 'da', 'fr']) {
    test(locale, async ({ browser }) => {
      const context = await browser.newContext({
        storageState: 'test-results/session.json',
        locale,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      for (const { path, ready } of pages) {
        await page.goto(path);
        await ready(page);
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        await expectSound(page);
        await expectAccessible(page);
      }
      await context.close();
    });
  }
});
