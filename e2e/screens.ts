/**
 * `npm run screens`: pictures of every page in `docs/screens/`, at 1440 and 390 px, of the app that runs now
 * (`npm start`) with freshly reset demo data. It forgets whatever that app knew. `npm run screens -- contacts` takes
 * only those whose names begin so.
 */
import { mkdirSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { pageAddresses } from './support/addresses.ts';
import { beginAnew, connectSalesforce, logIn } from './support/app.ts';
import { chromiumLaunch } from './support/chromium.ts';

const baseURL = process.env.E2E_APP_URL ?? 'http://localhost:3000';
const folder = 'docs/screens';
const contacts = '/settings/integrations/connected-apps/salesforce/contacts';
const salesReady = 'Sales-ready contacts, EMEA and US';
const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

async function settle(page: Page): Promise<void> {
  // A page that follows a run asks again and again: what counts is that nothing of it is still to come.
  await page.waitForFunction(() => document.querySelector('.animate-appear, [aria-busy=true]') === null);
  await page.evaluate(() => document.fonts.ready);
}

const isWanted = (name: string) => name.startsWith(process.argv[2] ?? '');

/** The page as it stands, at both widths. */
async function shoot(page: Page, name: string): Promise<void> {
  if (!isWanted(name)) return;
  for (const size of widths) {
    await page.setViewportSize(size);
    await settle(page);
    await page.screenshot({ path: `${folder}/${name}-${size.width}.png` });
  }
  await page.setViewportSize(widths[0] ?? { width: 1440, height: 900 });
}

const menuButton = (page: Page) => page.getByRole('button', { name: /^Inclusion List, / });

async function salesforceContacts(page: Page): Promise<void> {
  await page.goto(contacts);
  for (const size of widths) {
    await page.setViewportSize(size);
    await menuButton(page).click();
    await page.getByRole('option', { name: new RegExp(`^${salesReady}`) }).waitFor();
    await settle(page);
    const name = `salesforce-contacts-open-${size.width}.png`;
    if (isWanted(name)) await page.screenshot({ path: `${folder}/${name}` });
    await page.keyboard.press('Escape');
  }
  await page.setViewportSize(widths[0] ?? { width: 1440, height: 900 });
  await menuButton(page).click();
  await page.getByRole('option', { name: new RegExp(`^${salesReady}`) }).click();
  await page.getByText('Inclusion List updated').waitFor();
  await shoot(page, 'salesforce-contacts-saved');
}

/** Every page there is, named after its address: `segments-id-edit-1440.png`. */
async function everyPage(page: Page): Promise<void> {
  for (const [route, address] of await pageAddresses(page.request)) {
    if (!isWanted(nameOf(route))) continue;
    await page.goto(address);
    await page.locator('h1').first().waitFor();
    // The numbers beside the filters come last, and nothing stands in their place until then.
    if (route === '/segments/[id]/edit')
      await page
        .getByText(/ miss only this$/)
        .first()
        .waitFor();
    await shoot(page, nameOf(route));
  }
}

const nameOf = (route: string) =>
  route
    .replace('/settings/integrations/connected-apps', '/apps')
    .replace('/settings/integrations', '')
    .replace(/[[\]]/g, '')
    .slice(1)
    .replaceAll('/', '-');

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(await chromiumLaunch());
const context = await browser.newContext({
  baseURL,
  locale: 'en-US',
  reducedMotion: 'reduce',
  timezoneId: 'Europe/Berlin',
});
const page = await context.newPage();
try {
  await beginAnew();
  await page.goto('/login');
  await shoot(page, 'sign-in');
  await logIn(page);
  await connectSalesforce(page);
  await shoot(page, 'connect-salesforce-what-syncs');
  await salesforceContacts(page);
  await everyPage(page);
} finally {
  await browser.close();
}
