import { expect, type Page, test } from '@playwright/test';
import { bareKeys, readPage } from './page-texts.ts';

export const desk = { width: 1440, height: 900 };
export const tablet = { width: 768, height: 1024 };
export const phone = { width: 390, height: 844 };

/** Goes there as a link does, without loading the app again. */
async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    const { next } = window as typeof window & { next: { router: { push: (href: string) => void } } };
    next.router.push(to);
  }, address);
  await page.waitForFunction(
    (to) =>
      location.pathname + location.search === to &&
      document.querySelector('h1') !== null &&
      document.querySelector('.animate-appear, [aria-busy=true]') === null,
    address,
  );
}

type Addresses = ReadonlyMap<string, string>;
type Look = (route: string, address: string) => Promise<string[]>;

/** Looks at every page of the map and fails with what is wrong on any of them. */
export async function walk(page: Page, addresses: Addresses, look: Look): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/segments');
  await lookAt(addresses, async (route, address) => {
    await page.setViewportSize(desk);
    await go(page, address);
    return look(route, address);
  });
}

/** The same without going anywhere: `look` does that in its own way. */
export async function lookAt(addresses: Addresses, look: Look): Promise<void> {
  const problems: Record<string, string[]> = {};
  for (const [route, address] of addresses) {
    const found = await test.step(route, () => look(route, address));
    if (found.length > 0) problems[route] = [...new Set(found)];
  }
  expect(problems).toEqual({});
}

/** Texts that are missing and boxes that are too small for theirs. */
export async function textProblems(page: Page): Promise<string[]> {
  const { texts, overflowing } = await readPage(page);
  return [...bareKeys(texts).map((text) => `key: ${text}`), ...overflowing];
}

const sizes = { desk, tablet, phone };

/** Makes the window this large, and lets the page notice: what floats moves to its new place. */
export async function resize(page: Page, size: typeof desk): Promise<void> {
  await page.setViewportSize(size);
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  await page.evaluate(frame);
  await page.evaluate(frame);
}

/** The same at every width; ends at the desk. */
export async function textProblemsAtAll(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [name, size] of Object.entries(sizes)) {
    await resize(page, size);
    found.push(...(await textProblems(page)).map((problem) => `${name}: ${problem}`));
  }
  await resize(page, desk);
  return found;
}
