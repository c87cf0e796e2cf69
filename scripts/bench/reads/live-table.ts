import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { sandboxArguments } from '../../runtime.ts';
import { homeEnvironment, temporaryHome, userDataOf } from '../../temporary-home.ts';
import type { Measure } from '../measure.ts';

/** Caches fill in the first half; growth is that of the second. */
const HALF_MS = 300_000;

/**
 * A table of fourteen nodes that is asked anew again and again (Live), with the demo's overview behind it. What both processes have in use once
 * what nobody needs was let go. The memory that they hold of the system says nothing here: V8 keeps between 120 and 240 MB for the same use,
 * by when it last collected. Main has an inspector, which asks it to collect.
 */
export const liveTable: Measure = {
  name: 'live-table',
  figures: [
    { name: 'memory in use after 10 minutes of a live table, main and renderer', unit: 'MB' },
    { name: 'its growth in the last 5 of these minutes', unit: 'MB', atMost: 10 },
  ],
  rounds: 1,
  async sample({ root, runtime }) {
    const home = temporaryHome();
    const app = await _electron.launch({
      executablePath: runtime.executablePath,
      args: [...sandboxArguments(), `--user-data-dir=${userDataOf(home.path)}`, root, '--demo'],
      env: Object.fromEntries(Object.entries(homeEnvironment(home.path)).map(([name, value]) => [name, value ?? ''])),
    });
    try {
      const page = await app.firstWindow();
      await page.waitForSelector('main ul li strong');
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Nodes' }).click();
      await page.getByRole('button', { name: /^Run on / }).click();
      await page.getByRole('menuitem', { name: 'Memory', exact: true }).click();
      const runs = page.getByRole('region', { name: 'Runs' });
      await runs.getByText('13 ok · 1 failed').waitFor();
      await runs.getByRole('button', { name: 'Live' }).click();
      await delay(HALF_MS);
      const before = await inUseMb(app, page);
      await delay(HALF_MS);
      const after = await inUseMb(app, page);
      return [after, after - before];
    } finally {
      await app.close();
      home.remove();
    }
  },
};

async function inUseMb(app: ElectronApplication, page: Page): Promise<number> {
  const main = await app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return (main + usedSize) / 1e6;
}
