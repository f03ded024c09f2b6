import { expect, test } from '@playwright/test';
import { hubspot } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { tabTo } from './support/keyboard.ts';
import { listAtHubSpot, segmentEditor } from './support/segment-editor.ts';
import { sharedSession } from './support/session.ts';
import { words } from './support/words.ts';

const t = words('en');
const newSegment = '/segments/new?object=contact';
/** Checked the other way round, so that each state is left at the width at which it was made. */
const widths = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

sharedSession('segments-keyboard');

test('the whole editor without a mouse', async ({ page }) => {
  const editor = segmentEditor(page, t);
  const { keyboard } = page;
  const button = (key: string) => page.getByRole('button', { name: t(key), exact: true });
  await page.goto(newSegment);
  await tabTo(page, button('segments.editor.editName'));
  await keyboard.press('Enter');
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('Typed by hand');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Typed by hand');

  // A filter with options, from the picker to the chips.
  await tabTo(
    page,
    editor.group(1).getByRole('button', { name: t('segments.editor.addFilter'), exact: true }),
  );
  await keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: t('segments.picker.search') })).toBeFocused();
  await keyboard.type('Country');
  await keyboard.press('Enter');
  await expect(editor.form.getByRole('button', { name: t('segments.editor.operator') })).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.type('Italy');
  await expect(page.getByRole('option')).toHaveText(['Italy']);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  // While the list is open, the rest of the page is hidden from who listens.
  await keyboard.press('Escape');
  await expect(
    editor.form.getByRole('button', { name: t('segments.editor.removeValue', { value: 'Italy' }) }),
  ).toBeVisible();
  await tabTo(page, button('segments.editor.apply'));
  await keyboard.press('Enter');
  await expect(editor.row(/^Country\/Region is any of Italy/)).toBeVisible();

  // The focus is back in the group: A adds another one, and Esc leaves the picker again.
  await expect(
    editor.group(1).getByRole('button', { name: t('segments.editor.addFilter'), exact: true }),
  ).toBeFocused();
  await keyboard.press('a');
  await keyboard.type('Job Title');
  await keyboard.press('Enter');
  await expect(editor.form).toBeVisible();
  await keyboard.press('Enter');
  await keyboard.press('End');
  await keyboard.press('Enter');
  await tabTo(page, button('segments.editor.apply'));
  await keyboard.press('Enter');
  await expect(editor.row(/^Job Title is unknown/)).toBeVisible();

  await tabTo(page, button('segments.editor.addGroup'));
  await keyboard.press('Enter');
  await expect(editor.group(2)).toBeVisible();
  await keyboard.press('ControlOrMeta+z');
  await expect(editor.group(2)).toBeHidden();
  await keyboard.press('ControlOrMeta+z');
  await expect(editor.row(/^Job Title/)).toBeHidden();
  await keyboard.press('ControlOrMeta+Shift+z');
  await expect(editor.row(/^Job Title is unknown/)).toBeVisible();
  await keyboard.press('ControlOrMeta+z');
  await expect(editor.row(/^Job Title/)).toBeHidden();
  const estimate = await editor.estimate();

  await keyboard.press('ControlOrMeta+s');
  await expect(editor.panel).toBeVisible();
  await tabTo(page, editor.panel.getByRole('button', { name: t('segments.save.submit') }));
  await keyboard.press('Enter');
  await page.waitForURL(/\/segments\/\d+(\?|$)/);
  await expect(page.getByText(/^Processed\. /)).toBeVisible();
  const listId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  expect(await listAtHubSpot(listId)).toMatchObject({ size: estimate });
});

test('every state of the editor is accessible at both widths', async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const editor = segmentEditor(page, t);
  const check = async () => {
    for (const size of widths) {
      await page.setViewportSize(size);
      await expectAccessible(page);
    }
  };
  await page.goto(newSegment);
  await expect(editor.group(1)).toBeVisible();
  await check();
  await editor
    .group(1)
    .getByRole('button', { name: t('segments.editor.addFilter'), exact: true })
    .click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await check();
  await page.keyboard.press('Escape');

  await editor.pick(1, 'Country/Region');
  await editor.form.getByRole('combobox', { name: t('segments.editor.values') }).fill('Ital');
  await expect(page.getByRole('option', { name: 'Italy', exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('option', { name: 'Italy', exact: true }).click();
  await page.keyboard.press('Escape');
  await editor.apply();
  await editor.pick(1, 'Create Date');
  await editor.operator('dayBetween');
  await editor.apply();
  await expect(editor.form.getByText(t('segments.editor.problems.needsDay')).first()).toBeVisible();
  await check();
  await editor.form.getByRole('button', { name: t('segments.editor.cancel'), exact: true }).click();

  await editor.estimate();
  const person = page.getByRole('combobox', { name: t('segments.test.label') });
  await person.fill('a');
  await expect(page.getByText(t('segments.test.searching'))).toBeHidden();
  await page.getByRole('option').first().click();
  await expect(page.getByText(/^(Meets|Doesn’t meet) the criteria/)).toBeVisible();
  await check();

  await editor.rename('Accessible');
  await editor.review.click();
  await expect(editor.panel).toBeVisible();
  await check();
  await hubspot.post('config', { listProcessingMs: 600_000 });
  await editor.panel.getByRole('button', { name: t('segments.save.submit') }).click();
  await expect(page.getByRole('progressbar', { name: t('segments.page.progressLabel') })).toBeVisible();
  await check();
});
