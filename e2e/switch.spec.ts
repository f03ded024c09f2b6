import { expect, type Page, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { hubspot, moveClock, salesforce, stopClock } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { article, inclusionSetting } from './support/inclusion-setting.ts';
import { tabTo } from './support/keyboard.ts';
import { resync } from './support/resync.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const path = '/settings/integrations/connected-apps/salesforce';
const salesReady = 'Sales-ready contacts, EMEA and US';
const partners = 'Partner referrals 2026';
const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };

// A switch can be undone for 60 seconds: the clock moves only where a journey says so.
sharedSession('switch', {}, stopClock);

const toasts = (page: Page) => page.getByRole('region', { name: t('common.notifications') });
const panelOf = (page: Page) => page.getByRole('complementary', { name: t('switch.title') });

/** What both CRMs were told to store so far. */
async function writes(): Promise<unknown[]> {
  const both = await Promise.all([hubspot.get('requests'), salesforce.get('requests')]);
  return both.map((requests) => (requests as { writes: unknown }).writes);
}

/** A setting as the app has stored it. */
async function settingOf(page: Page, key: string): Promise<unknown> {
  const settings = (await (await page.request.get('/api/settings')).json()) as { values: object };
  return new Map<string, unknown>(Object.entries(settings.values)).get(key);
}

test('a switch says who starts and stops, by name; undone in time, nothing was written', async ({ page }) => {
  const setting = inclusionSetting(page, article.en, t);
  const before = await writes();
  await page.goto(`${path}/contacts`);
  await setting.choose(salesReady);
  // The toast's time begins once it is counted.
  await expect(toasts(page).getByText('0 start, 2,000 stop')).toBeVisible();
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

test('by keyboard alone: choose, look at who stops, set the rest, ask for a resync, undo', async ({
  page,
}) => {
  const setting = inclusionSetting(page, article.en, t);
  const before = await writes();
  await page.goto(`${path}/contacts`);
  await untilAlive(setting.field);
  await tabTo(page, setting.field);
  await page.keyboard.type('sales-ready');
  const option = page.getByRole('option', { name: new RegExp(`^${salesReady}`) });
  await expect(option).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(setting.chosen(salesReady)).toBeFocused();
  const panel = panelOf(page);
  await expect(panel.getByRole('button', { name: /^2,000 stop syncing/ })).toBeVisible();

  await page.keyboard.press('F6');
  await expect(panel.getByRole('heading', { name: t('switch.title') })).toBeFocused();
  await tabTo(page, panel.getByRole('button', { name: /^2,000 stop syncing/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '2,000 stop syncing' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(setting.field).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: new RegExp(t('settings.creating.fromHubspot')) }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect.poll(() => settingOf(page, 'hubspotCreates')).toBe('contact');
  await tabTo(page, page.getByRole('textbox', { name: t('settings.safety.share') }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('25');
  await page.keyboard.press('Tab');
  await expect.poll(() => settingOf(page, 'breakerShare')).toBe(25);

  await tabTo(page, setting.section.getByRole('button', { name: t('settings.limit.resync') }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: /^Resync / });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await tabTo(page, page.getByRole('button', { name: t('switch.see') }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('F6');
  await tabTo(page, panel.getByRole('button', { name: t('common.undo') }));
  await page.keyboard.press('Enter');
  await expect(setting.chosen('All contacts')).toBeFocused();
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
  await expect(page.getByText(t('connections.status.waiting'), { exact: true })).toBeVisible();
  await page
    .getByRole('link', { name: t('switch.hold.look') })
    .first()
    .click();
  await expect(panel.getByRole('button', { name: t('common.undo') })).toBeVisible();

  await panel.getByRole('button', { name: t('switch.hold.confirm') }).click();
  const modal = page.getByRole('alertdialog');
  await expect(modal.getByRole('checkbox', { name: t('switch.hold.looked') })).toBeDisabled();
  await expectAccessible(page);
  await modal.getByRole('button', { name: t('common.cancel') }).click();
  await panel.getByRole('button', { name: /stop syncing/ }).click();
  await page.getByRole('button', { name: t('switch.title'), exact: true }).click();
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
