import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './e2e/support/chromium.ts';

const appUrl = process.env.E2E_APP_URL ?? 'http://localhost:3000';

// `npm test` starts the app on free ports and says where; alone, the config uses the one that runs.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // One app, one database, two cores: journeys run one after the other, each on freshly reset CRMs.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: process.env.E2E_REPORT ? [['list'], ['json', { outputFile: process.env.E2E_REPORT }]] : 'list',
  use: {
    baseURL: appUrl,
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    // A trace makes each step a third dearer: it is kept when somebody looks for a cause.
    trace: process.env.E2E_TRACE ? 'on' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: await chromiumLaunch(),
  },
});
