import { test as base } from 'playwright/test';
import { temporaryHome } from '../../scripts/temporary-home.ts';
import { type LaunchOptions, RunningApp } from './running-app.ts';

export { expect } from 'playwright/test';
export { dropFiles } from './drop-files.ts';
export { appUrl, isStandIn } from './runtime-under-test.ts';
export type { LaunchOptions, RunningApp } from './running-app.ts';

export interface MinosFixtures {
  /** A new, empty home, removed after the test. */
  readonly home: string;
  /** Starts Minos, in the test's home unless told otherwise. Everything started is closed after the test. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>;
}

/**
 * Playwright's `test` with Minos. A test fails at its end when the page broke its policy, threw, or the app did not end
 * with 0; see {@link RunningApp.problems}.
 */
export const test = base.extend<MinosFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  home: async ({}, use) => {
    const home = temporaryHome();
    await use(home.path);
    home.remove();
  },
  launch: async ({ home }, use, testInfo) => {
    const started: RunningApp[] = [];
    await use(async (options = {}) => {
      const running = await RunningApp.start(options.home ?? home, options);
      started.push(running);
      return running;
    });
    const problems: string[] = [];
    for (const running of started) {
      if (testInfo.status !== testInfo.expectedStatus) await attachEvidence(running, testInfo);
      await running.close();
      problems.push(...running.problems);
      if (problems.length > 0) await testInfo.attach('stderr', { body: running.stderr });
    }
    if (problems.length > 0) throw new Error(problems.join('\n'));
  },
});

const attachEvidence = async (running: RunningApp, testInfo: ReturnType<typeof test.info>): Promise<void> => {
  const image = await running.page.screenshot().catch(() => undefined);
  if (image) await testInfo.attach('window', { body: image, contentType: 'image/png' });
  await testInfo.attach('stderr', { body: running.stderr });
};
