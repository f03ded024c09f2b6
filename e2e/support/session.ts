import { join } from 'node:path';
import { type APIRequestContext, type BrowserContextOptions, test } from '@playwright/test';
import { beginAnew, dataDir } from './app.ts';
import { connect, enter } from './sign-in.ts';

type Shared = {
  /** Options of a further context that has the same session, such as another browser of the same person. */
  options: () => BrowserContextOptions;
};

/**
 * One reset, one log-in and one connection for all tests of a file, whose tests then touch only what they made
 * themselves. `seed` is added to what HubSpot begins with, `prepare` runs once afterwards
 * and may ask the app in the person's name.
 */
export function sharedSession(
  file: string,
  seed: object = {},
  prepare?: (app: APIRequestContext) => Promise<void>,
): Shared {
  const storageState = join(dataDir, `session-${file}.json`);
  test.use({ storageState });
  test.beforeAll(async ({ browser }) => {
    await beginAnew(seed);
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    await enter(context.request);
    await connect(context.request);
    await context.storageState({ path: storageState });
    await prepare?.(context.request);
    await context.close();
  });
  return { options: () => ({ storageState }) };
}
