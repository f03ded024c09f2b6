import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { literally } from './support/inclusion-setting.ts';
import { changeSetting, type Member } from './support/people.ts';
import { sharedSession } from './support/session.ts';
import { longFax, makeScene, refusal, type Scene } from './support/why-scene.ts';
import { words } from './support/words.ts';

const t = words('en');
let scene: Scene;

sharedSession('why', { contacts: 400 }, async (app) => {
  scene = await makeScene(app);
});

/** A verdict in words; of times and days it is only said that there is one. */
function verdict(key: string, { name }: Member, values: Record<string, string | number> = {}): RegExp {
  const text = t(`contacts.verdict.${key}`, { name, time: '§', date: '§', ...values });
  return new RegExp(`^${literally(text).replaceAll('§', '.+')}$`);
}

const marks = ['passed', 'caution', 'failed', 'waiting', 'open'] as const;
const letters = { passed: 'p', caution: 'c', failed: 'x', waiting: 'w', open: '-' };

/** The six steps: passed, not passed (x), waiting, not reached (-). */
async function chain(page: Page): Promise<string> {
  const why = page.getByRole('region', { name: t('contacts.why.title'), exact: true });
  const steps = await why.locator('ol > li').allInnerTexts();
  return steps
    .map((text) => marks.find((each) => text.trim().startsWith(t(`contacts.state.${each}`))))
    .map((mark) => (mark ? letters[mark] : '?'))
    .join('');
}

async function expectWhy(page: Page, who: Member, sentence: RegExp, steps: string): Promise<void> {
  await test.step(sentence.source, async () => {
    await page.goto(`/contacts/${who.id}`);
    await expect(page.getByRole('heading', { level: 2, name: sentence })).toBeVisible();
    await expect.poll(() => chain(page)).toBe(steps);
    await expectAccessible(page);
  });
}

test('every kind of person is told apart: sentence, chain of reasons, for everyone', async ({ page }) => {
  const { outside, left, exception, emailOnly, noEmail, linkLost, deleted, values } = scene;
  const stage = { property: 'Lifecycle Stage', more: 0 };
  await expectWhy(page, scene.synced, verdict('syncing', scene.synced), 'pppppp');
  await expectWhy(page, noEmail, verdict('no_email', noEmail), 'pppx--');
  await expectWhy(page, outside, verdict('outside', outside, { ...stage, value: 'Subscriber' }), 'ppx---');
  const gone = { property: 'Country/Region', value: 'Brazil', more: 0 };
  await expectWhy(page, left, verdict('left', left, gone), 'ppx---');
  await expectWhy(page, exception, verdict('exception', exception, { ...stage, value: 'Lead' }), 'ppx---');
  await expectWhy(page, emailOnly, verdict('email_only', emailOnly, { ...stage, value: 'Lead' }), 'ppx---');
  await expectWhy(page, linkLost, verdict('link_lost', linkLost, { object: 'lead' }), 'pppx--');
  await expectWhy(page, deleted, verdict('deleted', deleted), 'px----');
  const fax = { field: 'Fax Number', value: longFax };
  await expectWhy(page, values, verdict('values', values, fax), 'pppppx');

  const why = await (await page.request.get(`/api/contacts/${left.id}/why`)).json();
  expect(why).toMatchObject({
    id: left.id,
    verdict: { kind: 'left', criterion: { property: 'country', value: 'Brazil' } },
    list: { isMember: false },
    link: { object: 'lead', endedAt: null },
  });
});

test('what failed is told by its category, with the way out', async ({ page }) => {
  const { automation, duplicates, permissions, associations } = scene;
  const refused = verdict('automation', automation, { message: refusal });
  await expectWhy(page, automation, refused, 'pppwpx');
  await expectWhy(page, duplicates, verdict('duplicates', duplicates), 'pppwpx');
  await expectWhy(page, permissions, verdict('permissions_any', permissions), 'pppwpx');
  await expectWhy(page, associations, verdict('associations', associations), 'pppwpx');

  await page.getByRole('button', { name: t('contacts.retry') }).click();
  await expect(page.getByRole('heading', { level: 2, name: verdict('syncing', associations) })).toBeVisible();
});

test('what holds up everybody is told of whom nothing else does, and beside the others', async ({ page }) => {
  const { synced, outside } = scene;
  await changeSetting(page.request, 'apiAllocation', 1);
  await expectWhy(page, synced, verdict('budget', synced), 'ppppx-');
  await changeSetting(page.request, 'apiAllocation', null);
  await changeSetting(page.request, 'paused', true);
  await expectWhy(page, synced, verdict('paused', synced, { count: 0 }), 'xppppp');
  await page.goto(`/contacts/${outside.id}`);
  await expect(page.getByText(t('contacts.banner.paused_by', { name: 'Maya Lindqvist' }))).toBeVisible();
  await changeSetting(page.request, 'paused', false);
});

test('nothing triggered a member until Sync now', async ({ page }) => {
  const { quiet } = scene;
  await expectWhy(page, quiet, verdict('never_triggered', quiet), 'pwpwpw');
  await page.getByRole('button', { name: t('contacts.syncNow') }).click();
  await expect(page.getByRole('heading', { level: 2, name: verdict('syncing', quiet) })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Run / }).first()).toBeVisible();
});

test('a conflict that was dismissed stays away, and is kept in the history', async ({ page }) => {
  const { synced } = scene;
  const open = async () => {
    await page.goto(`/contacts/${synced.id}`);
    await expect(page.getByRole('heading', { level: 2, name: verdict('syncing', synced) })).toBeVisible();
  };
  await open();
  const card = page.getByRole('region', { name: t('contacts.conflict.title', { label: 'Last Name' }) });
  const entry = page
    .getByRole('region', { name: t('contacts.history.title') })
    .getByRole('listitem')
    .filter({ hasText: t('contacts.history.tags.CONFLICT') });
  await expect(card).toBeVisible();
  await expect(entry).toHaveCount(0);
  await card.getByRole('button', { name: t('contacts.conflict.dismiss') }).click();
  await expect(entry).toHaveCount(1);
  await open();
  await expect(entry).toHaveCount(1);
  await expect(card).toHaveCount(0);
});

test('who misses only the same criterion is one link away', async ({ page }) => {
  await page.goto(`/contacts/${scene.outside.id}`);
  const change = page.getByRole('region', { name: t('contacts.change.would') });
  const link = change.getByRole('link', { name: /^[\d,]+ people$/ });
  const count = Number(/[\d,]+/.exec((await link.textContent()) ?? '')?.[0].replace(',', ''));
  await link.click();
  await expect(page).toHaveURL(/\/edit\?misses=/);
  await expect(page.getByRole('tab', { selected: true, name: t('segmentLint.tabs.misses') })).toBeVisible();
  const heading = t('segmentLint.misses.heading', { count, filter: '' }).trim();
  await expect(page.getByText(heading, { exact: false }).first()).toBeVisible();
});

test('contacts have views, a search and ways to their pages', async ({ page }) => {
  await page.goto('/contacts?view=outside');
  const row = page.getByRole('row').filter({ hasText: scene.exception.email });
  await expect(row.getByText(t('contacts.tags.exception'))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: /^Left, still linked/ }).click();
  await expect(page.getByRole('rowheader').getByRole('link')).toHaveText([scene.left.name]);
  await page.getByRole('searchbox', { name: t('contacts.list.search') }).fill('zzzz');
  await expect(page.getByText(t('contacts.list.noMatch', { query: 'zzzz' }))).toBeVisible();
  await page.getByRole('link', { name: /^Orphans/ }).click();
  await expect(page.getByRole('rowheader').getByRole('link', { name: scene.linkLost.name })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await page.goto('/contacts/99999999999');
  await expect(page.getByRole('button', { name: t('contacts.unknown.again') })).toBeVisible();
});
