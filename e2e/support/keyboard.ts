import { expect, type Locator, type Page } from '@playwright/test';

const mostPresses = 80;

/** Presses a key until this has the focus; it may still be on its way. */
export async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  const isThere = async () =>
    (await target.count()) > 0 && (await target.evaluate((element) => element === document.activeElement));
  for (let pressed = 0; !(await isThere()); pressed++) {
    expect(pressed, `${target} cannot be reached by ${key}`).toBeLessThan(mostPresses);
    await page.keyboard.press(key);
  }
}

/** Goes there by Tab, and presses a key. */
export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
