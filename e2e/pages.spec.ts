import { expect, test } from '@playwright/test';
import { pageAddresses } from './support/addresses.ts';
import { accessibilityProblems, expectAccessible } from './support/axe.ts';
import { article, inclusionSetting } from './support/inclusion-setting.ts';
import { englishLeftovers, readPage } from './support/page-texts.ts';
import { sharedSession } from './support/session.ts';
import { desk, phone, resize, textProblems, textProblemsAtAll, walk } from './support/walk.ts';
import { words } from './support/words.ts';

const salesReady = 'Sales-ready contacts, EMEA and US';
const contactsTab = '/settings/integrations/connected-apps/salesforce/contacts';
/** 1280 × 1024 at 400 %: everything is still there, and nothing has to be scrolled sideways. */
const zoomed = { width: 320, height: 256 };

let addresses = new Map<string, string>();

// The pages are looked at, not changed. With fewer people the run of which one page tells ends sooner.
sharedSession('pages', { contacts: 200 }, async (app) => {
  addresses = await pageAddresses(app);
});

test('every page holds together in English: desk, tablet, phone, 400 % zoom', async ({ page }) => {
  await walk(page, addresses, async () => {
    const found = [...(await textProblemsAtAll(page)), ...(await accessibilityProblems(page))];
    await resize(page, phone);
    found.push(...(await accessibilityProblems(page)));
    await resize(page, zoomed);
    return [...found, ...(await textProblems(page))];
  });
});

for (const locale of ['pt-BR', 'es', 'it', 'da', 'fr']) {
  test.describe(locale, () => {
    test.use({ locale });

    test('every page speaks it', async ({ page }) => {
      const leftovers = englishLeftovers(locale);
      await walk(page, addresses, async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        const found = (await readPage(page)).texts;
        return [
          ...leftovers(found).map((text) => `English: ${text}`),
          ...(await accessibilityProblems(page, { namesOnly: true })),
          ...(await textProblemsAtAll(page)),
        ];
      });
    });
  });
}

test('the open menu is accessible at both widths', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(contactsTab);
  const setting = inclusionSetting(page, article.en, words('en'));
  for (const size of [desk, phone]) {
    await page.setViewportSize(size);
    await setting.field.click();
    await expect(page.getByRole('option', { name: new RegExp(`^${salesReady}`) })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  }
});
