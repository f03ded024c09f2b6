import { expect, type Page } from '@playwright/test';
import { article } from './inclusion-setting.ts';
import { words } from './words.ts';

const t = words('en');

/** Asks for a resync on the Contacts tab, confirms it, and waits until the page says that it is done. */
export async function resync(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: article.en.limiting })
    .getByRole('button', { name: t('settings.limit.resync') })
    .click();
  await page.getByRole('button', { name: t('settings.resync.start'), exact: true }).click();
  await expect(page.getByText(t('settings.resync.done'))).toBeVisible({ timeout: 60_000 });
}
