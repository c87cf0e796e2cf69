import { defineConfig } from 'playwright/test';

/**
 * The end-to-end tests: one window at a time. Run by `npm test`, which also finds a display. Where a person waits there
 * are no second tries; in CI there is one, and Playwright lists what needed it as flaky: that is a fault to mend, but
 * not one that holds up everybody's work.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/global-setup.ts',
  outputDir: 'test-results',
  workers: 1,
  retries: process.env['CI'] ? 1 : 0,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // Far above what anything takes, for machines that do other things as well.
  timeout: 100_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
