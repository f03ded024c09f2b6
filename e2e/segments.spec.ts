import { expect, test } from '@playwright/test';
import { hubspotApi } from './support/app.ts';
import { type Json, listAtHubSpot, listIdOf, segmentEditor } from './support/segment-editor.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const newSegment = '/segments/new?object=contact';
const customers = 'Customers and open opportunities';

const session = sharedSession('segments', {}, async () => {
  await define({ name: 'interests', label: 'Interests', type: 'enumeration', fieldType: 'checkbox' }, [
    'Reporting',
    'Calling',
    'Workflows',
  ]);
  await define({ name: 'seats', label: 'Seats', type: 'number', fieldType: 'number' });
  await define({ name: 'badge_colour', label: 'Badge colour', type: 'string', fieldType: 'text' });
  const { results } = (await hubspotApi('GET', '/crm/v3/objects/contacts?limit=90')) as {
    results: { id: string }[];
  };
  const inputs = results.map(({ id }, at) => ({
    id,
    properties: { seats: String(at), interests: at % 2 === 0 ? 'Reporting' : 'Calling;Workflows' },
  }));
  await hubspotApi('POST', '/crm/v3/objects/contacts/batch/update', { inputs });
});

async function define(property: Json, options: string[] = []): Promise<void> {
  await hubspotApi('POST', '/crm/v3/properties/contacts', {
    groupName: 'contactinformation',
    ...property,
    options: options.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
  });
}

const and = (...filters: Json[]) => ({ filterBranchType: 'AND', filters });
const property = (name: string, operation: Json) => ({ filterType: 'PROPERTY', property: name, operation });
const known = property('email', { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' });
const rootOf = (...groups: Json[]) => ({
  filterBranchType: 'OR',
  filterBranchOperator: 'OR',
  filters: [],
  filterBranches: groups.map((group) => ({ filterBranchOperator: 'AND', filterBranches: [], ...group })),
});
const createList = async (name: string, filterBranch: Json): Promise<string> => {
  const { list } = (await hubspotApi('POST', '/crm/v3/lists', {
    name,
    objectTypeId: '0-1',
    processingType: 'DYNAMIC',
    filterBranch,
  })) as { list: { listId: string } };
  return list.listId;
};

test('three groups of mixed types: HubSpot gets these filters, and as many people as the preview said', async ({
  page,
}) => {
  const editor = segmentEditor(page, t);
  await page.goto(newSegment);
  await editor.rename('Three groups');
  await editor.addFilter(1, 'Job Title', { operator: 'textContains', values: { texts: ['head', 'chief'] } });
  await editor.addFilter(1, 'Create Date', { operator: 'agoMore', values: { number: '30' } });
  await editor.addGroup();
  await editor.addFilter(2, 'Interests', {
    operator: 'choiceAll',
    values: { options: ['Calling', 'Workflows'] },
  });
  await editor.addFilter(2, 'Seats', { operator: 'numberGreater', values: { number: '40' } });
  await editor.addGroup();
  await editor.addFilter(3, 'Contact owner', { values: { options: ['Oskar Brandt'] } });
  await editor.addFilter(3, t('segments.picker.membership'), { values: { segment: customers } });
  const estimate = await editor.estimate();
  expect(estimate).toBeGreaterThan(0);

  const listId = await editor.save();
  const { filterBranch } = await listAtHubSpot(listId);
  expect(filterBranch).toMatchObject({
    filterBranchType: 'OR',
    filterBranches: [
      and(
        property('jobtitle', {
          operationType: 'MULTISTRING',
          operator: 'CONTAINS',
          values: ['head', 'chief'],
        }),
        property('createdate', { operationType: 'TIME_POINT', operator: 'IS_BEFORE' }),
      ),
      and(
        property('interests', {
          operationType: 'ENUMERATION',
          operator: 'CONTAINS_ALL',
          values: ['Calling', 'Workflows'],
        }),
        property('seats', { operationType: 'NUMBER', operator: 'IS_GREATER_THAN', value: 40 }),
      ),
      and(property('hubspot_owner_id', { operationType: 'ENUMERATION', operator: 'IS_ANY_OF' }), {
        filterType: 'IN_LIST',
        operator: 'IN_LIST',
        listId: await listIdOf(customers),
      }),
    ],
  });
  await expect(page.getByText(/^Processed\. /)).toBeVisible();
  expect(await listAtHubSpot(listId)).toMatchObject({ status: 'COMPLETE', size: estimate });
});

test('a filter made in HubSpot that cannot be shown survives an edit to the letter', async ({ page }) => {
  const listId = await listIdOf('Asked for a demo');
  const before = await listAtHubSpot(listId);
  const [group] = before.filterBranch.filterBranches as { filters: Json[] }[];
  const editor = segmentEditor(page, t);
  await page.goto(`/segments/${listId}/edit`);
  await expect(page.getByText(t('segments.editor.keptTag'), { exact: false }).first()).toBeVisible();
  await editor.addFilter(1, 'City', { operator: 'textContains', values: { texts: ['berlin'] } });
  await editor
    .row(/^City/)
    .getByRole('button', { name: `${t('segments.editor.edit')}: City` })
    .click();
  await editor.form
    .getByRole('button', { name: t('segments.editor.removeValue', { value: 'berlin' }) })
    .click();
  await editor.fill({ texts: ['paris'] });
  await editor.apply();
  await editor.save();
  const after = await listAtHubSpot(listId);
  const [saved] = after.filterBranch.filterBranches as { filters: Json[] }[];
  expect(saved?.filters).toHaveLength(2);
  expect(JSON.stringify(saved?.filters[0])).toBe(JSON.stringify(group?.filters[0]));
  expect(saved?.filters[1]).toMatchObject(
    property('city', { operationType: 'MULTISTRING', operator: 'CONTAINS', values: ['paris'] }),
  );
});

test('an unsaved name and filters wait as a draft, in this browser and in another one', async ({
  page,
  browser,
}) => {
  const editor = segmentEditor(page, t);
  await page.goto(newSegment);
  await editor.rename('First name');
  await editor.addFilter(1, 'City', { operator: 'textEquals', values: { texts: ['Roma'] } });
  await editor.rename('Second name');
  await expect(page.getByText(draftSaved).filter({ visible: true })).toBeVisible();
  await page.getByRole('button', { name: t('segments.editor.exit') }).click();
  await page.getByRole('button', { name: t('segments.editor.keepDraft') }).click();
  await page.waitForURL('**/segments');

  const context = await browser.newContext(session.options());
  const elsewhere = await context.newPage();
  const there = segmentEditor(elsewhere, t);
  await elsewhere.goto(newSegment);
  await expect(elsewhere.getByRole('heading', { level: 1 })).toContainText('Second name');
  await expect(there.row(/^City is equal to any of Roma/)).toBeVisible();
  await there.rename('Third name');
  await expect(elsewhere.getByText(draftSaved).filter({ visible: true })).toBeVisible();
  await context.close();

  await page.goto(newSegment);
  await expect(page.getByText(draftFound)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Third name');
  const listId = await editor.save();
  expect(await listIdOf('Third name')).toBe(listId);
  await page.goto(newSegment);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(t('segments.editor.untitled'));
  await expect(editor.row(/^City/)).toBeHidden();
});

const draftSaved = new RegExp(
  t('segments.editor.draftSaved', { time: 'TIME' }).replace('TIME', '\\d\\d:\\d\\d'),
);
const draftFound = new RegExp(t('segments.editor.draftFound', { when: 'WHEN' }).replace('WHEN', '.+'));

test('a property that was deleted in HubSpot is said so, and saving waits until the filter is removed', async ({
  page,
}) => {
  const listId = await createList(
    'Blue badges',
    rootOf(
      and(
        property('badge_colour', { operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', values: ['blue'] }),
        known,
      ),
    ),
  );
  await hubspotApi('DELETE', '/crm/v3/properties/contacts/badge_colour');
  const editor = segmentEditor(page, t);
  await page.goto(`/segments/${listId}/edit`);
  const row = editor.row(/badge_colour/);
  await expect(row).toContainText(t('segments.editor.missingProperty'));
  await expect(editor.review).toBeDisabled();
  await row.hover();
  await row.getByRole('button', { name: new RegExp(`^${t('segments.editor.deleteFilter')}`) }).click();
  await expect(editor.review).toBeEnabled();
  await editor.save();
  expect((await listAtHubSpot(listId)).filterBranch).toMatchObject({
    filterBranches: [{ filters: [known] }],
  });
});

test('a name that is taken is told at the field, and another one is taken', async ({ page }) => {
  const editor = segmentEditor(page, t);
  await page.goto(newSegment);
  await editor.rename(customers);
  await editor.addFilter(1, 'Email', { operator: 'known' });
  await editor.review.click();
  const submit = editor.panel.getByRole('button', { name: t('segments.save.submit') });
  await submit.click();
  const name = editor.panel.getByRole('textbox', { name: t('segments.save.name') });
  await expect(editor.panel.getByText(t('errors.segment_name_taken'))).toBeVisible();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await name.fill('A name of its own');
  await submit.click();
  await expect(page.getByRole('heading', { level: 1, name: 'A name of its own' })).toBeVisible();
});

test('300 filters can be edited, but are refused with a word on how many are allowed', async ({ page }) => {
  const filters = Array.from({ length: 300 }, (_, at) =>
    property('city', { operationType: 'MULTISTRING', operator: 'IS_NOT_EQUAL_TO', values: [`City ${at}`] }),
  );
  const draft = { listId: '', name: 'Far too much', filterBranch: rootOf(and(...filters)) };
  const saved = await page.request.put('/api/segments/draft', {
    data: draft,
    headers: { origin: originOf() },
  });
  expect(saved.ok(), await saved.text()).toBe(true);
  const editor = segmentEditor(page, t);
  await page.goto(newSegment);
  await expect(editor.row(/^City is not equal to any of City 299/)).toBeAttached();
  await editor.review.click();
  await editor.panel.getByRole('button', { name: t('segments.save.submit') }).click();
  await expect(
    editor.panel.getByText(t('errors.segment_too_many_filters', { max: 250, count: 300 })),
  ).toBeVisible();
  await page.request.delete('/api/segments/draft', { headers: { origin: originOf() } });
});

function originOf(): string {
  return process.env.E2E_APP_URL ?? 'http://localhost:3000';
}
