import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { sharedSession } from './support/session.ts';

sharedSession('why');

test('contacts have views, a search and ways to their pages', async ({ page }) => {
  await page.goto('/contacts');
  await expect(page.getByRole('table', { name: 'Contacts: All' })).toBeVisible();
  await expectAccessible(page);
  const first = page.getByRole('rowheader').first().getByRole('link');
  const name = (await first.textContent()) ?? '';
  await page.getByRole('searchbox', { name: 'Search name or email' }).fill(name);
  await expect(page.getByRole('rowheader').first()).toContainText(name);
  await page.getByRole('link', { name: /^Orphans/ }).click();
  await expect(page.getByText('Nobody has lost one side.')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
});
