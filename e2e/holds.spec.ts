import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { untilAlive } from './support/alive.ts';
import { hubspot, hubspotApi, moveClock, salesforce, soql } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { addRecords, changeSetting, contactOf, salesforceApi, whenSynced } from './support/people.ts';
import { type Json, listAtHubSpot } from './support/segment-editor.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const path = '/settings/integrations/connected-apps/salesforce';
/** More than a hundred at once stop the writing, however few there are. */
const people = 110;
/** More than ten, and more than a fifth of the linked. */
const deletions = 30;
const addressOf = (at: number) => `sailor-${at}@regatta.example`;

sharedSession('holds', { contacts: 100 });

type Hold = { cause: string };

async function holds(app: APIRequestContext): Promise<string[]> {
  const { holds: open } = (await (await app.get('/api/holds')).json()) as { holds: Hold[] };
  return open.map(({ cause }) => cause);
}

/** Polls until this stops the writing; empty: nothing does. */
async function untilHeld(app: APIRequestContext, causes: string[]): Promise<void> {
  await whenSynced(
    app,
    () => [],
    () => holds(app),
  ).toEqual(causes);
}

/** Opens a page of Salesforce and presses a button of what has stopped the writing there. */
async function press(page: Page, sentence: string | RegExp, name: string): Promise<void> {
  const banner = page.getByRole('alert').filter({ hasText: sentence });
  await expect(banner).toBeVisible();
  const way = banner.getByRole('button', { name, exact: true });
  await untilAlive(way);
  await expectAccessible(page);
  await way.click();
}

/** How much each CRM was told to store so far. */
async function writes(): Promise<unknown[]> {
  const both = await Promise.all([hubspot.get('requests'), salesforce.get('requests')]);
  return both.map((requests) => (requests as { writes: unknown }).writes);
}

test('a change that would create too many is undone without a time limit: nobody is created', async ({
  page,
}) => {
  const app = page.request;
  await changeSetting(app, 'salesforceChanges', 'do_nothing');
  await changeSetting(app, 'salesforceChanges', 'create_or_update');
  const leads = Array.from({ length: people }, (_, at) => ({
    ...{ LastName: `Skipper ${at}`, Company: 'Harbour', Email: `skipper-${at}@harbour.example` },
  }));
  await addRecords('Lead', leads);
  await untilHeld(app, ['creations']);
  await moveClock(10 * 60_000);
  const before = await writes();

  await page.goto(`${path}/sync-health`);
  const lookAtIt = page.getByRole('link', { name: t('health.pauses.look.creations') });
  await expect(lookAtIt).toHaveAttribute('href', `${path}/contacts`);
  await press(page, 'Maya Lindqvist made this possible with a change of', t('common.undo'));
  await expect(page.getByText(t('settings.limit.undoneToast'))).toBeVisible();
  await expect(page.getByText(/^Writing has stopped/)).toHaveCount(0);
  await page.goto(`${path}/contacts`);
  const setting = page.getByRole('button', { name: new RegExp(t('settings.creating.fromSalesforce')) });
  await expect(setting).toContainText(t('settings.creating.doNothing'));
  await untilHeld(app, []);
  expect(await contactOf('skipper-0@harbour.example', [])).toBeNull();
  expect(await writes()).toEqual(before);
});

test('deletions in Salesforce: only the links end, the contacts stay', async ({ page }) => {
  const app = page.request;
  await changeSetting(app, 'salesforceDeletes', 'delete_contact');
  await changeSetting(app, 'salesforceChanges', 'create_or_update');
  const emails = Array.from({ length: deletions }, (_, at) => `rower-${at}@boathouse.example`);
  const ids = await addRecords(
    'Lead',
    emails.map((Email, at) => ({ LastName: `Rower ${at}`, Company: 'Boathouse', Email })),
  );
  const contacts = () => Promise.all(emails.map((email) => contactOf(email, [])));
  // The first, every tenth and the last say how all of them are doing.
  const kinds = async () => {
    const some = (await contacts()).filter((_, at) => at % 10 === 0 || at === deletions - 1);
    const why = some.map(async (contact) => {
      const answer = await app.get(`/api/contacts/${contact?.id ?? 0}/why?read=stored`);
      return answer.ok() ? ((await answer.json()) as { verdict: { kind: string } }).verdict.kind : 'unknown';
    });
    return [...new Set(await Promise.all(why))];
  };
  await whenSynced(app, () => [], kinds).toEqual(['syncing']);
  await salesforceApi('DELETE', `composite/sobjects?ids=${ids.join()}&allOrNone=true`);
  await untilHeld(app, ['deletions']);
  const [atHubSpot] = await writes();

  await page.goto(`${path}/contacts`);
  await press(page, `${deletions} linked Salesforce records were deleted`, t('switch.hold.onlyLinks'));
  const question = page.getByRole('alertdialog', { name: `Only end ${deletions} links?` });
  await question.getByRole('button', { name: t('switch.hold.onlyLinks') }).click();
  await expect(page.getByText(t('switch.hold.went'))).toBeVisible();

  const linked = await contacts();
  expect(linked).not.toContain(null);
  await whenSynced(app, () => [], kinds).toEqual(['link_lost']);
  expect((await writes())[0]).toEqual(atHubSpot);
  expect(await contacts()).toEqual(linked);
});

const company = (name: string): Json => ({
  filterBranchType: 'OR',
  filterBranchOperator: 'OR',
  filters: [],
  filterBranches: [
    {
      filterBranchType: 'AND',
      filterBranchOperator: 'AND',
      filterBranches: [],
      filters: [
        {
          filterType: 'PROPERTY',
          property: 'company',
          operation: {
            operationType: 'MULTISTRING',
            operator: 'IS_EQUAL_TO',
            values: [name],
            includeObjectsWithNoValueSet: false,
          },
        },
      ],
    },
  ],
});

/** A segment of those who sail, in force as the Inclusion List. */
async function limitToSailors(app: APIRequestContext): Promise<string> {
  const made = await app.post('/api/segments', {
    data: { name: 'Sailors', filterBranch: company('Regatta') },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { listId } = ((await made.json()) as { segment: { listId: string } }).segment;
  await expect.poll(async () => listAtHubSpot(listId)).toMatchObject({ size: people, status: 'COMPLETE' });
  await changeSetting(app, 'inclusionListId', listId);
  const { undo } = (await (await app.get('/api/settings')).json()) as { undo: { changeId: string } };
  const counted = async () => {
    const preview = await app.get(`/api/settings/changes/${undo.changeId}/preview`);
    return ((await preview.json()) as { count: { state: string } }).count.state;
  };
  await expect.poll(counted, { timeout: 30_000 }).toBe('counted');
  await moveClock(61_000);
  return listId;
}

test('what no setting has caused is confirmed; an edit of the criteria is taken back where the banner leads', async ({
  page,
}) => {
  const app = page.request;
  await addSailors();
  await untilHeld(app, ['creations']);
  await page.goto(`${path}/contacts`);
  await press(page, t('switch.hold.noUndo'), t('switch.hold.act.creations'));
  const modal = page.getByRole('alertdialog');
  await expectAccessible(page);
  await modal.getByRole('button', { name: t('switch.hold.act.creations') }).click();
  await expect(page.getByText(t('switch.hold.went'))).toBeVisible();
  const sailors = async () => (await soql("SELECT Id FROM Lead WHERE Company = 'Regatta'")).length;
  await whenSynced(app, () => [], sailors).toBe(people);

  const listId = await limitToSailors(app);
  const { segment } = (await (await app.get(`/api/segments/${listId}`)).json()) as {
    segment: { version: number };
  };
  const edit = { filterBranch: company('Nobody'), version: segment.version };
  const edited = await app.patch(`/api/segments/${listId}`, { data: edit });
  expect(edited.ok(), await edited.text()).toBe(true);
  await untilHeld(app, ['sides']);
  const before = await writes();

  await page.goto(`${path}/contacts`);
  const banner = page.getByRole('alert').filter({ hasText: 'Maya Lindqvist’s edit of Sailors moves' });
  const wayBack = banner.getByRole('link', { name: t('switch.hold.restoreCriteria') });
  await untilAlive(wayBack);
  await wayBack.click();
  await page
    .getByRole('button', { name: t('segments.history.restore') })
    .first()
    .click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('segments.history.restore') })
    .click();
  await expect(page.getByText(t('segments.history.restored'))).toBeVisible();
  await expect.poll(() => listAtHubSpot(listId)).toMatchObject({ size: people, status: 'COMPLETE' });
  await untilHeld(app, []);
  const [, inSalesforce] = await writes();
  expect(inSalesforce).toEqual(before[1]);
  await page.goto(`${path}/contacts`);
  await expect(page.getByRole('heading', { name: t('settings.limit.title') })).toBeVisible();
  await expect(page.getByText(/^Writing has stopped/)).toHaveCount(0);

  // And it goes on: an edit of a member is in Salesforce soon.
  const sailor = await contactOf(addressOf(0), []);
  const contact = `/crm/v3/objects/contacts/${sailor?.id}`;
  await hubspotApi('PATCH', contact, { properties: { jobtitle: 'Helmsman' } });
  const title = async () => (await soql(`SELECT Title FROM Lead WHERE Email = '${addressOf(0)}'`))[0]?.Title;
  await whenSynced(app, () => [sailor?.id ?? ''], title).toBe('Helmsman');
});

async function addSailors(): Promise<void> {
  const inputs = Array.from({ length: people }, (_, at) => ({
    properties: { lastname: `Sailor ${at}`, company: 'Regatta', email: addressOf(at) },
  }));
  for (const part of [inputs.slice(0, 100), inputs.slice(100)])
    await hubspotApi('POST', '/crm/v3/objects/contacts/batch/create', { inputs: part });
}
