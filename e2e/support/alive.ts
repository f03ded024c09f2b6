import { expect, type Locator } from '@playwright/test';

/**
 * Waits until React has taken over an element that the server rendered: what is pressed before, nobody hears.
 */
export async function untilAlive(element: Locator): Promise<void> {
  await expect
    .poll(() => element.evaluate((node) => Object.keys(node).some((key) => key.startsWith('__reactProps'))))
    .toBe(true);
}
