import { type BrowserContext, expect, type Page, type Route, test } from '@playwright/test';
import { pageAddresses } from './support/addresses.ts';
import { untilAlive } from './support/alive.ts';
import { beginAnew } from './support/app.ts';
import { accessibilityProblems } from './support/axe.ts';
import { pageRoutes } from './support/routes.ts';
import { sharedSession } from './support/session.ts';
import { connect, enter } from './support/sign-in.ts';
import { lookAt, textProblemsAtAll, walk } from './support/walk.ts';
import { words } from './support/words.ts';

const t = words('en');
const nobody = { cookies: [], origins: [] };
const contactsTab = '/settings/integrations/connected-apps/salesforce/contacts';
let all = new Map<string, string>();

sharedSession('states', { contacts: 100 }, async (app) => {
  all = await pageAddresses(app);
});

/** Two halves, so that no test has to look at everything. */
const parts = {
  settings: (route: string) => route.startsWith('/settings'),
  'all but settings': (route: string) => !route.startsWith('/settings'),
};
const only = (wanted: (route: string) => boolean) => new Map([...all].filter(([route]) => wanted(route)));

const stateProblems = async (page: Page, options = {}): Promise<string[]> => [
  ...(await accessibilityProblems(page, options)),
  ...(await textProblemsAtAll(page)),
];

/** What a page asks in the browser waits until `release`, which has it all fail, and what is asked later too. */
async function holdAnswers(page: Page) {
  let held: Route[] = [];
  let isHolding = true;
  const detail = t('errors.unexpected', { reference: '–' });
  const fail = (route: Route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      json: { type: 'about:blank', status: 503, code: 'unexpected', detail },
    });
  await page.route('**/api/**', async (route) => {
    if (isHolding) held.push(route);
    else await fail(route);
  });
  return {
    hold: () => {
      isHolding = true;
    },
    release: async () => {
      isHolding = false;
      const waiting = held;
      held = [];
      await Promise.all(waiting.map(fail));
    },
  };
}

/** Pages that ask in the browser for what they show. */
const asking = new Set(['/contacts']);

/** One button of each kind that opens a menu, a list or a dialog of its own on the page at hand. */
const opening = '[aria-haspopup]:not([aria-disabled=true]):not(:disabled)';
const openers = (page: Page) =>
  page.locator(opening).evaluateAll((buttons) => {
    const kinds = new Set<string>();
    return buttons.flatMap((button, at) => {
      // The bar at the top is the same on every page.
      const isOfBar = button.closest('header') !== null && location.pathname !== '/segments';
      const kind = `${button.getAttribute('aria-haspopup')} ${button.className}`;
      if (isOfBar || kinds.has(kind) || !button.checkVisibility()) return [];
      kinds.add(kind);
      return [at];
    });
  });

/** Offline, the page says so. */
async function offlineProblems(page: Page, context: BrowserContext, route: string): Promise<string[]> {
  await context.setOffline(true);
  await expect(page.getByText(t('common.offline'))).toBeVisible();
  const found = [
    ...(await textProblemsAtAll(page)),
    ...(route === contactsTab ? await accessibilityProblems(page) : []),
  ];
  await context.setOffline(false);
  await expect(page.getByText(t('common.offline'))).toBeHidden();
  return found;
}

for (const [part, isWanted] of Object.entries(parts)) {
  test.describe(part, () => {
    test('for somebody who may only look', async ({ browser }) => {
      const context = await browser.newContext({ storageState: nobody });
      const page = await context.newPage();
      await enter(context.request, 'Inês Carvalho (user), Northwind Trading');
      // Who may not make or change a segment is led away from there.
      await walk(
        page,
        only((route) => isWanted(route) && !/\/(new|edit)$/.test(route)),
        () => stateProblems(page),
      );
      await context.close();
    });

    test('while it waits for answers, and when none comes', async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const answers = await holdAnswers(page);
      await lookAt(only(isWanted), async (route, address) => {
        answers.hold();
        await page.goto(address);
        if (asking.has(route)) await expect(page.locator('.animate-appear').first()).toBeVisible();
        const waiting = await stateProblems(page);
        await answers.release();
        if (asking.has(route)) await expect(page.locator('main').getByRole('alert').first()).toBeVisible();
        return [...waiting, ...(await stateProblems(page, { namesOnly: !asking.has(route) }))];
      });
    });

    test('its menus and lists, open; and offline', async ({ page, context }) => {
      await walk(page, only(isWanted), async (route) => {
        const found: string[] = [];
        for (const at of await openers(page)) {
          await page.locator(opening).nth(at).click();
          const opened = page.locator('[role=dialog], [role=listbox], [role=menu]').first();
          await expect(opened).toBeVisible();
          found.push(...(await stateProblems(page)));
          await page.keyboard.press('Escape');
          await expect(opened).toBeHidden();
        }
        // Who is logged in sees the log-in only after it failed, without the rest of the app.
        return route === '/login' ? found : [...found, ...(await offlineProblems(page, context, route))];
      });
    });
  });
}

const button = (page: Page, name: string | RegExp) =>
  page.locator('main').getByRole('button', { name }).first();
const beginning = (key: string) => new RegExp(`^${t(key, { name: '' })}`);
const item = (page: Page, key: string) => page.getByRole('menuitem', { name: t(key), exact: true });

/** What opens in front of a page and is no menu: where, and by which steps. */
const fronts: Record<string, [route: string, open: (page: Page) => Promise<void>]> = {
  'global search': ['/help/resync', (page) => page.keyboard.press('Control+k')],
  'resync question': [contactsTab, (page) => button(page, t('settings.limit.resyncAll')).click()],
  disconnecting: [
    contactsTab,
    async (page) => {
      await button(page, t('settings.actions')).click();
      await item(page, 'connections.disconnect').click();
    },
  ],
  'deleting in HubSpot': [
    contactsTab,
    async (page) => {
      await button(page, new RegExp(t('settings.deleting.label'))).click();
      await page.getByRole('option', { name: t('settings.deleting.deleteContact') }).click();
    },
  ],
  'new mapping': [`${contactsTab}/mappings`, (page) => button(page, t('mappings.add')).click()],
  'renaming a segment': [
    '/segments',
    async (page) => {
      await button(page, beginning('segments.index.rowActions')).click();
      await item(page, 'segments.actions.rename').click();
    },
  ],
  'saving a segment': [
    '/segments/[id]/edit',
    (page) => page.getByRole('button', { name: t('segments.editor.review') }).click(),
  ],
  'adding a filter': ['/segments/[id]/edit', (page) => button(page, t('segments.editor.addFilter')).click()],
};

test('every question and panel, open', async ({ page }) => {
  const problems: Record<string, string[]> = {};
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [name, [route, open]] of Object.entries(fronts)) {
    const found = await test.step(name, async () => {
      await page.goto(all.get(route) ?? route);
      await untilAlive(page.locator('main').getByRole('button').or(page.locator('main a')).last());
      await open(page);
      await expect(page.locator('[role=dialog], [role=alertdialog]').first()).toBeVisible();
      return stateProblems(page);
    });
    if (found.length > 0) problems[name] = found;
  }
  expect(problems).toEqual({});
});

test('every page of an account that has nothing yet', async ({ browser }) => {
  await beginAnew({ seed: 'empty' });
  const context = await browser.newContext({ storageState: nobody });
  const page = await context.newPage();
  await enter(context.request);
  await connect(context.request);
  const plain = new Map(pageRoutes().flatMap((route) => (route.includes('[') ? [] : [[route, route]])));
  // Logged in, one is led away from it.
  plain.delete('/login');
  await walk(page, plain, () => stateProblems(page));
  await context.close();
});
