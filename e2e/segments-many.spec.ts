import { expect, test } from '@playwright/test';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const contactsTab = '/settings/integrations/connected-apps/salesforce/contacts';

// Few people: the seed counts every segment's members.
sharedSession('segments-many', { segments: 10_000, contacts: 100 });

test('10,000 segments in the menu: it opens with the first ones, goes on while walking, finds and chooses', async ({
  page,
}) => {
  await page.goto(contactsTab);
  const button = page.getByRole('button', { name: 'Inclusion List, All contacts' });
  await button.focus();
  await page.keyboard.press('ArrowDown');
  const search = page.getByRole('combobox', { name: t('settings.limit.search') });
  await expect(search).toBeFocused();
  const option = page.getByRole('option');
  await expect(option.nth(50)).toBeAttached();
  // Once the copy is whole, there are 50 and "All contacts" until somebody walks on.
  await expect(page.getByText(/^.*List updated .*$/)).toBeVisible({ timeout: 60_000 });
  await expect(option).toHaveCount(51);
  await page.keyboard.press('End');
  await expect(option).toHaveCount(101);
  await page.keyboard.press('ArrowDown');
  await expect(search).toBeFocused();
  await expect(page.getByRole('option', { name: /^Campaign audience 0050/ })).toHaveAttribute(
    'data-focused',
    'true',
  );

  await page.keyboard.type('AUDIENCE 7312');
  const found = page.getByRole('option', { name: /^Campaign audience 7312/ });
  await expect(found).toBeVisible();
  await expect(option).toHaveCount(1);
  // Wherever the list has put the reader while it was filtered.
  await page.keyboard.press('Home');
  await expect(found).toHaveAttribute('data-focused', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Inclusion List, Campaign audience 7312' })).toBeFocused();
  await expect(page.getByText(t('common.saved'), { exact: true })).toBeVisible();
});

test('10,000 segments in the index: pages, search, sort', async ({ page }) => {
  await page.goto('/segments');
  await expect(page.getByText(t('segments.index.inAccount', { count: 10_014 }))).toBeVisible({
    timeout: 60_000,
  });
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(26);
  await page.getByRole('button', { name: t('common.pages.next') }).click();
  await expect(
    page.getByText(t('segments.index.showing', { from: 26, to: 50, total: 10_014 })),
  ).toBeVisible();
  await page.getByRole('searchbox', { name: t('segments.index.search') }).fill('audience 9999');
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('link', { name: 'Campaign audience 9999' })).toBeVisible();
});
