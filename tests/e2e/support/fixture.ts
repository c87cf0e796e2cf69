import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base } from 'playwright/test';
import { spawnSimulator, type ChildSimulator } from '../../../main/simulator/process.ts';
import { hasDisplay } from '../../../scripts/display.ts';
import { temporaryHome } from '../../../scripts/temporary-home.ts';
import { openDisplay } from '../../electron/virtual-display.ts';
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
  /**
   * Starts a simulated cluster (arguments of `npm run simulator`) in a process of its own and writes its talosconfig
   * into the test's home. Ended after the test.
   */
  readonly simulate: (args: readonly string[]) => Promise<Simulated>;
}

/** What the tests of one worker share. */
interface MinosWorker {
  /** Where nobody looks, each worker has a display of its own: focus and clipboard are one per display. */
  readonly ownDisplay: void;
}

export interface Simulated {
  readonly simulator: ChildSimulator;
  /** The talosconfig with a context for each of its clusters. */
  readonly talosconfig: string;
}

/** Longer than any test waits, so that what a test does during a call can not come too late. */
export const NEVER_MS = 120_000;

/** Longer than any test, also on a busy machine: each ends its simulators itself. */
const SIMULATOR_LIFE_SECONDS = 300;

/**
 * Playwright's `test` with Minos. A test fails at its end when the page broke its policy, threw, or the app did not end
 * with 0; see {@link RunningApp.problems}.
 */
export const test = base.extend<MinosFixtures, MinosWorker>({
  ownDisplay: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      if (hasDisplay(process.env)) return use();
      const display = await openDisplay();
      process.env['DISPLAY'] = display.name;
      await use();
      display.close();
    },
    { scope: 'worker', auto: true },
  ],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  home: async ({}, use) => {
    const home = temporaryHome();
    await use(home.path);
    home.remove();
  },
  simulate: async ({ home }, use) => {
    const started: ChildSimulator[] = [];
    await use(async (args) => {
      const simulator = await spawnSimulator({ args, forSeconds: SIMULATOR_LIFE_SECONDS });
      started.push(simulator);
      const talosconfig = join(home, 'simulated-talosconfig');
      writeFileSync(talosconfig, simulator.talosconfig, { mode: 0o600 });
      return { simulator, talosconfig };
    });
    await Promise.all(started.map((simulator) => simulator.close()));
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
      const hasFailed = testInfo.status !== testInfo.expectedStatus;
      if (hasFailed) await attachEvidence(running, testInfo);
      await (hasFailed ? running.end() : running.close());
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
