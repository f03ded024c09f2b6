import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Where React Aria puts what is spoken for a moment; it may name an element that is gone by then. */
const spoken = '[data-live-announcer]';
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;
type Axe = { run: (context: object, options: object) => Promise<Results> };
/** What can only be looked at: colours are the same in every language, names are not. */
const looks = ['color-contrast', 'link-in-text-block'];

/**
 * The rules that the page breaks, and where. `namesOnly` leaves out the rules of mere looks, for a page that was
 * checked with them in another language.
 */
export async function accessibilityProblems(page: Page, { namesOnly = false } = {}): Promise<string[]> {
  await untilStill(page);
  // The builder puts axe on the page, where it stays as long as the document; it is needed just once.
  if (!(await page.evaluate(() => 'axe' in window))) {
    await new AxeBuilder({ page }).setLegacyMode().withRules('document-title').analyze();
  }
  const { violations } = await page.evaluate(
    ([without, only, disabled]) => {
      const { axe } = window as typeof window & { axe: Axe };
      return axe.run(
        { exclude: [without] },
        {
          runOnly: { type: 'tag', values: only },
          resultTypes: ['violations'],
          rules: Object.fromEntries(disabled.map((rule) => [rule, { enabled: false }])),
        },
      );
    },
    [spoken, tags, namesOnly ? looks : []] as const,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`),
  );
}

/** What is fading in has no colours to be judged yet; what turns for ever is not waited for. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Fails with the rules that the page breaks, and where. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
}
