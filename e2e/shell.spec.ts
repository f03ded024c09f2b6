import { expect, type Page, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { expectAccessible } from './support/axe.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const day = 86_400_000;

sharedSession('shell');

const list = (page: Page) => page.getByRole('dialog', { name: t('shell.shortcuts.title') });
const account = (page: Page) => page.getByRole('button', { name: t('shell.accountMenu') });

test('the list of shortcuts opens by its key and from the account menu; single letters can be turned off', async ({
  page,
}) => {
  await page.goto('/segments');
  await untilAlive(account(page));
  await page.keyboard.press('?');
  await expect(list(page)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(list(page)).toBeHidden();

  await account(page).click();
  await page.getByRole('menuitem', { name: t('shell.shortcuts.title') }).click();
  await list(page).getByText(t('shell.shortcuts.single'), { exact: true }).click();
  const choice = list(page).getByRole('switch', { name: t('shell.shortcuts.single') });
  await expect(choice).not.toBeChecked();
  await page.keyboard.press('Escape');
  await expect(list(page)).toBeHidden();

  await page.reload();
  await untilAlive(account(page));
  await page.keyboard.press('?');
  // The search's key still works, and tells that the letter before it has been heard.
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: t('shell.search') })).toBeVisible();
  await expect(list(page)).toBeHidden();
});

test('before a session ends the page asks, and afterwards it says so and leads back', async ({ page }) => {
  await page.clock.install();
  const asked = page.waitForResponse('**/api/auth/session');
  await page.goto('/sync-activity?from=2026-01-01');
  await asked;
  await untilAlive(account(page));
  await page.clock.fastForward(30 * day - 100_000);
  const question = page.getByRole('alertdialog', { name: t('shell.sessionEnd.title') });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await question.getByRole('button', { name: t('shell.sessionEnd.stay') }).click();
  await expect(question).toBeHidden();

  await page.context().clearCookies();
  await page.clock.fastForward(30 * day);
  const over = page.getByRole('alertdialog', { name: t('shell.sessionEnd.endedTitle') });
  await expect(over).toBeVisible();
  await over.getByRole('button', { name: t('shell.sessionEnd.logIn') }).click();
  await page.waitForURL((url) => url.searchParams.get('next') === '/sync-activity?from=2026-01-01');
});
