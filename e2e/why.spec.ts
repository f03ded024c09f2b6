import { expect, type Page, test } from '@playwright/test';
import { hubspotApi, moveClock } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { sharedSession } from './support/session.ts';

const salesReady = 'Sales-ready contacts, EMEA and US';
sharedSession('why');

type Option = { listId: string; name: string };
type Contact = { id: string; properties: Record<string, string | null> };

/** Chooses the list over the API; its 60 seconds are over afterwards. */
async function chooseList(page: Page): Promise<string> {
  // The copy of HubSpot's lists may still be on its way.
  let listId = '';
  await expect(async () => {
    const { options } = await (await page.request.get('/api/segments?q=Sales-ready')).json();
    listId = (options as Option[]).find(({ name }) => name === salesReady)?.listId ?? '';
    expect(listId).not.toBe('');
  }).toPass();
  const { version } = await (await page.request.get('/api/settings')).json();
  const data = { key: 'inclusionListId', value: listId, version };
  expect((await page.request.patch('/api/settings', { data })).ok()).toBe(true);
  await moveClock(70_000);
  return listId;
}

async function contactsWith(lifecyclestage: string): Promise<Contact[]> {
  const filters = [
    { propertyName: 'lifecyclestage', operator: 'EQ', value: lifecyclestage },
    { propertyName: 'company', operator: 'HAS_PROPERTY' },
    { propertyName: 'lastname', operator: 'HAS_PROPERTY' },
    { propertyName: 'email', operator: 'HAS_PROPERTY' },
  ];
  const answer = (await hubspotApi('POST', '/crm/v3/objects/contacts/search', {
    filterGroups: [{ filters }],
    properties: ['firstname', 'lastname', 'email', 'company'],
    limit: 100,
  })) as { results: Contact[] };
  return answer.results;
}

async function membersOf(listId: string): Promise<Set<string>> {
  const answer = (await hubspotApi('GET', `/crm/v3/lists/${listId}/memberships?limit=250`)) as {
    results: { recordId: string }[];
  };
  return new Set(answer.results.map(({ recordId }) => recordId));
}

const step = (page: Page, name: RegExp) => page.getByRole('listitem').filter({ hasText: name }).first();

test('the page of a person tells why it syncs or not, and syncs it', async ({ page }) => {
  const listId = await chooseList(page);
  const members = await membersOf(listId);
  const member = (await contactsWith('salesqualifiedlead')).find(({ id }) => members.has(id));
  const [stranger] = await contactsWith('subscriber');
  if (!member || !stranger) throw new Error('The demo data lacks them.');

  await test.step('outside, with the criterion named', async () => {
    await page.goto(`/contacts/${stranger.id}`);
    await expect(
      page.getByRole('heading', { level: 2, name: /isn’t syncing because Lifecycle Stage is / }),
    ).toBeVisible();
    await expect(page.getByText('Not met: Lifecycle Stage').first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'What would change it' })).toBeVisible();
    await expect(step(page, /Not reached:.*Values written/)).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('never triggered, then synced by Sync now', async () => {
    await page.goto(`/contacts/${member.id}`);
    await expect(
      page.getByRole('heading', { level: 2, name: /nothing has triggered a sync yet/ }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expect(
      page.getByRole('heading', { level: 2, name: /is syncing, and both sides have agreed since/ }),
    ).toBeVisible({
      timeout: 40_000,
    });
    await expect(page.getByRole('table', { name: /^Fields of / })).toBeVisible();
    await expect(page.getByRole('link', { name: /^Run / }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('an unknown id', async () => {
    await page.goto('/contacts/99999999999');
    await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible();
  });
});

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
