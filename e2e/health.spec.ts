import { expect, type Page, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { beginAnew, hubspotApi, salesforce } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { connect, enter } from './support/sign-in.ts';
import { words } from './support/words.ts';

const t = words('en');
const healthPage = '/settings/integrations/connected-apps/salesforce/sync-health';
const refusal = 'Leads from the web need a campaign';

async function change(page: Page, key: string, value: unknown): Promise<void> {
  const { version } = (await (await page.request.get('/api/settings')).json()) as { version: number };
  const answer = await page.request.patch('/api/settings', { data: { key, value, version } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

type Run = { id: string; status: string; counts: { failed: number }; processed: number };

/** Resyncs a small segment, without the pages that other journeys walk. */
async function resync(page: Page): Promise<Run> {
  const { lists } = (await hubspotApi('POST', '/crm/v3/lists/search', {
    query: 'Marketing-qualified, last 90 days',
    offset: 0,
    count: 5,
    additionalProperties: [],
  })) as { lists: { listId: string }[] };
  await change(page, 'inclusionListId', lists[0]?.listId);
  const started = await page.request.post('/api/runs', { data: { kind: 'resync' } });
  expect(started.ok(), await started.text()).toBe(true);
  const { id } = (await started.json()) as Run;
  const receipt = async () => (await (await page.request.get(`/api/runs/${id}`)).json()) as Run;
  await expect.poll(async () => (await receipt()).status, { timeout: 40_000 }).toBe('DONE');
  return receipt();
}

test.beforeEach(async ({ page }) => {
  await beginAnew();
  await enter(page.request);
  await connect(page.request);
});

test('an error is tried again after its cause was cured, and the receipt of the run says what it was', async ({
  page,
}) => {
  await salesforce.post('config', {
    rules: { validation: [{ name: 'Web', object: 'Lead', condition: 'Email != null', message: refusal }] },
  });
  const run = await resync(page);
  expect(run.counts.failed).toBeGreaterThan(0);

  await page.goto(`/sync-activity/runs/${run.id}`);
  await expect(page.getByText(t('receipt.status.errors'))).toBeVisible();
  const reasons = page.getByRole('region', { name: t('receipt.notSynced.title') });
  await expect(reasons.getByText(refusal).first()).toBeVisible();
  await expect(page.getByText(t('receipt.proofs.of.duplicates_passed'))).toBeVisible();
  await expectAccessible(page);

  await page.goto(healthPage);
  await page.getByRole('button', { name: new RegExp(`^${t('health.categories.automation.name')}`) }).click();
  const panel = page.getByRole('dialog', { name: t('health.categories.automation.name') });
  await expect(panel.getByText(refusal).first()).toBeVisible();
  await expectAccessible(page);
  await salesforce.post('config', { rules: null });
  await panel.getByRole('checkbox', { name: t('health.panel.selectAll') }).focus();
  await page.keyboard.press('Space');
  await panel.getByRole('button', { name: t('health.panel.tryAgain') }).click();
  await expect(page.getByText(t('health.panel.retryingText'))).toBeVisible();
  await panel.getByRole('button', { name: t('common.close') }).click();
  const good = page.getByText('No sync errors.', { exact: false });
  await expect(good).toBeVisible({ timeout: 40_000 });
});

test('a pause stands on Sync Health with who did it, and ends there; colleagues read of it in the bell', async ({
  page,
  browser,
}) => {
  await change(page, 'paused', true);
  await page.goto(healthPage);
  const pauses = page.getByRole('region', { name: t('health.pauses.label') });
  await expect(pauses.getByText('Syncing was paused by Maya Lindqvist', { exact: false })).toBeVisible();
  await expectAccessible(page);

  const context = await browser.newContext();
  const colleague = await context.newPage();
  await enter(context.request, 'Oskar Brandt (super admin), Northwind Trading');
  await colleague.goto('/segments');
  const bell = colleague.getByRole('button', { name: /^Notifications, \d+ unread$/ });
  await untilAlive(bell);
  await bell.click();
  const news = t('notices.kind.paused', { by: 'Maya Lindqvist' });
  await expect(colleague.getByRole('dialog').getByText(news)).toBeVisible();
  await expect(
    colleague.getByRole('button', { name: /^Notifications$/, includeHidden: true }),
  ).toBeAttached();
  await context.close();

  await pauses.getByRole('button', { name: t('health.pauses.resume') }).click();
  await expect(pauses).toBeHidden();
});
