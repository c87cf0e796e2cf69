import { defineConfig } from 'playwright/test';
import { hasDisplay } from './scripts/display.ts';

/**
 * The end-to-end tests: one window at a time on somebody's display; where there is none, two, each on an invisible display
 * of its own, since most of a test is waiting for a window. Where a person waits there are no second tries; in CI there is
 * one, and Playwright lists what needed it as flaky: that is a fault to mend, but not one that holds up everybody's work.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/global-setup.ts',
  outputDir: 'test-results',
  workers: hasDisplay(process.env) ? 1 : 2,
  retries: process.env['CI'] ? 1 : 0,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // Far above what anything takes, for machines that do other things as well.
  timeout: 100_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
