import { expect, type Page, test } from '@playwright/test';
import { hubspot, moveClock, salesforce } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { article, inclusionSetting } from './support/inclusion-setting.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const path = '/settings/integrations/connected-apps/salesforce';
const salesReady = 'Sales-ready contacts, EMEA and US';
const partners = 'Partner referrals 2026';
const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };

sharedSession('switch');

const panelOf = (page: Page) => page.getByRole('complementary', { name: t('switch.title') });

/** What both CRMs were told to store so far. */
async function writes(): Promise<unknown[]> {
  const both = await Promise.all([hubspot.get('requests'), salesforce.get('requests')]);
  return both.map((requests) => (requests as { writes: unknown }).writes);
}

async function resync(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: article.en.limiting })
    .getByRole('button', { name: t('settings.limit.resync') })
    .click();
  await page.getByRole('button', { name: t('settings.resync.start'), exact: true }).click();
  await expect(page.getByText(t('settings.resync.done'))).toBeVisible({ timeout: 60_000 });
}

test('a switch says who starts and stops, by name; undone in time, nothing was written', async ({ page }) => {
  const setting = inclusionSetting(page, article.en, t);
  const before = await writes();
  await page.goto(`${path}/contacts`);
  await setting.choose(salesReady);
  const panel = panelOf(page);
  await expect(panel.getByRole('timer')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^500|500 go on/ })).toBeVisible();
  const stop = panel.getByRole('button', { name: /^2,000 stop syncing/ });
  await expect(stop).toBeVisible();
  await expectAccessible(page);

  await stop.click();
  const people = page.getByRole('region', { name: t('switch.people.region.stop') });
  await expect(people.getByRole('listitem')).toHaveCount(25);
  await expect(page.getByText('Showing 1–25 of 2,000')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t('switch.see') }).click();
  await panel.getByRole('button', { name: t('common.undo') }).click();
  await expect(page.getByText(t('settings.limit.undoneToast'))).toBeVisible();
  await expect(setting.chosen('All contacts')).toBeVisible();
  expect(await writes()).toEqual(before);
});

test('after 60 seconds it is in force; too large a switch waits for a person', async ({ page }) => {
  const setting = inclusionSetting(page, article.en, t);
  await page.goto(`${path}/contacts`);
  await setting.choose(salesReady);
  const panel = panelOf(page);
  await expect(panel.getByRole('button', { name: /^2,000 stop syncing/ })).toBeVisible();
  await moveClock(61_000);
  await expect(page.getByText(/^In force since/)).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByRole('button', { name: t('common.undo') })).toHaveCount(0);
  await resync(page);

  await setting.choose(partners);
  await expect(page.getByRole('alert').filter({ hasText: t('switch.hold.title') })).toBeVisible({
    timeout: 20_000,
  });
  await expectAccessible(page);
  await moveClock(10 * 60_000);
  await page.reload();
  const stopped = page.getByText(/^Writing has stopped:/);
  await expect(stopped).toBeVisible();
  await page.goto(`${path}/sync-health`);
  await expect(stopped.first()).toBeVisible();
  await page.getByRole('link', { name: t('switch.hold.look') }).click();
  await expect(panel.getByRole('button', { name: t('common.undo') })).toBeVisible();

  await panel.getByRole('button', { name: t('switch.hold.confirm') }).click();
  const modal = page.getByRole('alertdialog');
  await expect(modal.getByRole('checkbox', { name: t('switch.hold.looked') })).toBeDisabled();
  await expectAccessible(page);
  await modal.getByRole('button', { name: t('common.cancel') }).click();
  await panel.getByRole('button', { name: /stop syncing/ }).click();
  await page.getByRole('button', { name: t('switch.title') }).click();
  await panel.getByRole('button', { name: t('switch.hold.confirm') }).click();
  await modal.getByText(t('switch.hold.looked')).click();
  await modal.getByRole('button', { name: t('switch.hold.let') }).click();
  await expect(page.getByText(/ confirmed this /)).toBeVisible();
  await expect(stopped).toHaveCount(0);
});

test('on a phone the panel is a page of its own, and Back closes it', async ({ page }) => {
  const setting = inclusionSetting(page, article.en, t);
  await page.setViewportSize(phone);
  await page.goto(`${path}/contacts`);
  await setting.choose('Everyone in the database');
  const panel = page.getByRole('dialog', { name: t('switch.title') });
  await expect(panel).toBeVisible();
  await expect(panel.getByRole('timer')).toBeVisible();
  await expectAccessible(page);
  await page.goBack();
  await expect(panel).toBeHidden();
  await page.setViewportSize(desktop);
});
