import { expect, type Page } from '@playwright/test';
import { hubspotApi } from './app.ts';
import type { Words } from './words.ts';

export type Json = Record<string, unknown>;
/** A value of a filter: the options to pick, texts to type, a number, a day, or the name of a segment. */
type Values = { options: string[] } | { texts: string[] } | { number: string } | { segment: string };

/** What a person does in the segment editor, by the roles and names that it has in one language. */
export function segmentEditor(page: Page, t: Words) {
  const group = (number: number) =>
    page.getByRole('region', { name: t('segments.editor.groupName', { number }) });
  const review = page.getByRole('button', { name: t('segments.editor.review') });
  const panel = page.getByRole('dialog', { name: t('segments.save.title') });
  const form = page.locator('[data-editing-filter]');

  async function pick(number: number, property: string): Promise<void> {
    await group(number)
      .getByRole('button', { name: t('segments.editor.addFilter'), exact: true })
      .click();
    const picker = page.getByRole('dialog', { name: t('segments.picker.dialog', { number }) });
    await picker.getByRole('combobox', { name: t('segments.picker.search') }).fill(property);
    await picker.getByRole('option', { name: property }).first().click();
  }

  async function operator(key: string): Promise<void> {
    await form.getByRole('button', { name: t('segments.editor.operator') }).click();
    await page.getByRole('option', { name: t(`segments.operators.${key}`), exact: true }).click();
  }

  async function fill(values: Values): Promise<void> {
    if ('texts' in values) {
      for (const text of values.texts) {
        await form.getByRole('textbox', { name: t('segments.editor.values') }).fill(text);
        await page.keyboard.press('Enter');
      }
    } else if ('number' in values) {
      const name = new RegExp(`^(${t('segments.editor.value')}|${t('segments.editor.days')})$`);
      await form.getByRole('textbox', { name }).fill(values.number);
    } else if ('segment' in values) {
      await form.getByRole('combobox', { name: t('segments.editor.segment') }).fill(values.segment);
      await expect(page.getByRole('option')).toHaveText([values.segment]);
      await page.getByRole('option', { name: values.segment }).click();
    } else {
      for (const option of values.options) {
        await form.getByRole('combobox', { name: t('segments.editor.values') }).fill(option);
        // Until the list is filtered, the option is still on its way to where it will be.
        await expect(page.getByRole('option').first()).toHaveText(option);
        await page.getByRole('option', { name: option, exact: true }).click();
      }
      await page.keyboard.press('Escape');
    }
  }

  const apply = () => form.getByRole('button', { name: t('segments.editor.apply') }).click();

  return {
    group,
    review,
    panel,
    form,
    pick,
    operator,
    fill,
    apply,
    addGroup: () => page.getByRole('button', { name: t('segments.editor.addGroup') }).click(),
    row: (name: RegExp | string) => page.getByRole('listitem', { name }),
    /** One filter, from the picker to *Apply filter*. */
    async addFilter(number: number, property: string, filter: { operator?: string; values?: Values }) {
      await pick(number, property);
      if (filter.operator) await operator(filter.operator);
      if (filter.values) await fill(filter.values);
      await apply();
      await expect(form).toBeHidden();
    },
    async rename(name: string) {
      await page.getByRole('button', { name: t('segments.editor.editName') }).click();
      await page.getByRole('textbox', { name: t('segments.editor.nameField') }).fill(name);
      await page.keyboard.press('Enter');
    },
    /** The settled number of the preview. */
    async estimate(): Promise<number> {
      const status = page
        .getByRole('region', { name: t('segments.preview.title') })
        .getByRole('status')
        .first();
      await expect(status).toHaveText(/\d/);
      return Number((await status.innerText()).replace(/\D/g, ''));
    },
    /** *Review and save*; answers the id of the segment on whose page it ends. */
    async save(): Promise<string> {
      await review.click();
      await panel.getByRole('button', { name: t('segments.save.submit') }).click();
      await page.waitForURL(/\/segments\/\d+(\?|$)/);
      return new URL(page.url()).pathname.split('/').at(-1) ?? '';
    },
  };
}

/** A list as HubSpot has it. */
export async function listAtHubSpot(
  listId: string,
): Promise<{ filterBranch: Json; size: number; status: string }> {
  const { list } = (await hubspotApi('GET', `/crm/v3/lists/${listId}?includeFilters=true`)) as {
    list: { filterBranch: Json; processingStatus: string; size: number };
  };
  return { filterBranch: list.filterBranch, size: Number(list.size), status: list.processingStatus };
}

/** The id of a list by its whole name. */
export async function listIdOf(name: string): Promise<string> {
  const { lists } = (await hubspotApi('POST', '/crm/v3/lists/search', {
    query: name,
    offset: 0,
    count: 5,
    additionalProperties: [],
  })) as { lists: { listId: string; name: string }[] };
  const found = lists.find((list) => list.name === name);
  if (!found) throw new Error(`HubSpot has no list ${name}.`);
  return found.listId;
}
