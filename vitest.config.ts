import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './lib/testing/longest-first.ts';

/** What `env()` needs; a database test replaces the address, a test with simulators those of the CRMs. */
const env = {
  APP_URL: 'http://localhost:3000',
  DATABASE_URL: 'postgresql://unused@127.0.0.1:1/unused',
  CRM_MODE: 'simulated',
  HUBSPOT_CLIENT_ID: 'segbridge-hubspot',
  HUBSPOT_CLIENT_SECRET: 'test-hubspot-secret',
  HUBSPOT_API_URL: 'http://127.0.0.1:1',
  HUBSPOT_APP_URL: 'http://127.0.0.1:1',
  SALESFORCE_CLIENT_ID: 'segbridge-salesforce',
  SALESFORCE_CLIENT_SECRET: 'test-salesforce-secret',
  SALESFORCE_LOGIN_URL: 'http://127.0.0.1:1',
  SALESFORCE_SANDBOX_LOGIN_URL: 'http://127.0.0.1:1',
  AUTH_SECRET: 'a secret for tests alone',
  ENCRYPTION_KEYS: Buffer.from('a key of 32 bytes for tests only').toString('base64url'),
  LOG_LEVEL: 'silent',
};

const exclude = [...configDefaults.exclude, '.data*/**', '.next/**', 'e2e/**'];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, '**/*.db.test.ts'],
          env,
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude,
          env,
          environment: 'node',
          globalSetup: ['lib/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
