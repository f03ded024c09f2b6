import { expect, test } from '@playwright/test';
import { hubspot, hubspotApi, salesforce } from './support/app.ts';
import { article, inclusionSetting, literally } from './support/inclusion-setting.ts';
import { listAtHubSpot, segmentEditor } from './support/segment-editor.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const salesReady = 'Sales-ready contacts, EMEA and US';
const nothing = { writes: { created: 0, changed: 0, deleted: 0 } };

// Each language chooses anew and makes a segment of its own; none needs what another one left.
sharedSession('languages', {}, async () => {
  await hubspot.post('config', { listProcessingMs: 300 });
});

/** The banner of a processed segment, with whatever number. */
function processed(locale: string): RegExp {
  const [before = '', after = ''] = words(locale)('segments.page.done', { count: 77 }).split('77');
  return new RegExp(`${literally(before)}[\\d.,\\s]+${literally(after)}`);
}

for (const [locale, labels] of Object.entries(article)) {
  test.describe(locale, () => {
    test.use({ locale });

    test('the article’s steps: an existing segment, then a new one', async ({ page }) => {
      const t = words(locale);
      const setting = inclusionSetting(page, labels, t);
      const editor = segmentEditor(page, t);
      const name = `Buyers in Italy, ${locale}`;

      // Set up an inclusion segment: the way to the setting, an existing segment, it updates by itself.
      await page.goto('/segments');
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      const before = await Promise.all([salesforce.get('requests'), hubspot.get('requests')]);
      await setting.open();
      await setting.choose(salesReady);
      await page.reload();
      await expect(setting.chosen(salesReady)).toBeVisible();
      if (locale === 'en') {
        // Choosing alone starts nothing.
        expect(before).toMatchObject([nothing, nothing]);
        expect(await salesforce.get('requests')).toMatchObject(nothing);
        expect(await hubspot.get('requests')).toMatchObject(nothing);
      }

      // "+ Create Inclusion List" leads to the segments tool.
      await setting.field.click();
      await page.getByRole('button', { name: labels.create, exact: true }).click();
      if ('createInTool' in labels) {
        await page.waitForURL('**/segments?for=salesforce');
        await expect(page.getByRole('heading', { level: 1, name: labels.tool })).toBeVisible();
        await page.getByRole('button', { name: labels.createInTool, exact: true }).click();
      }
      await page.waitForURL('**/segments/new?object=contact&for=salesforce');

      // The pencil and a name, the criteria, "Review and save".
      await editor.rename(name);
      await editor.addFilter(1, 'Country', { values: { options: ['Italy'] } });
      const size = await editor.estimate();
      await expect(editor.review).toHaveText(new RegExp(literally(labels.review)));
      const listId = await editor.save();

      // Processing takes a moment; the page tells when it is done.
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      await expect(page.getByText(processed(locale))).toBeVisible();
      expect(await listAtHubSpot(listId)).toMatchObject({ size });
      expect(await hubspotApi('GET', `/crm/v3/lists/${listId}`)).toMatchObject({
        list: { name, objectTypeId: '0-1', processingType: 'DYNAMIC' },
      });

      // Back in the settings the new segment is chosen, and stays.
      await page.getByRole('link', { name: t('segments.page.backToSettings') }).click();
      await setting.choose(name);
      await page.reload();
      await expect(setting.chosen(name)).toBeVisible();
    });
  });
}
