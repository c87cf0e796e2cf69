import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { sandboxArguments } from '../../runtime.ts';
import { homeEnvironment, temporaryHome, userDataOf } from '../../temporary-home.ts';
import type { Measure } from '../measure.ts';
import { familyOf } from '../process-cost.ts';

/** Caches fill in the first half; growth is that of the second. */
const HALF_MS = 300_000;

/**
 * A table of fourteen nodes that is asked anew again and again (Live), with the demo's overview behind it. What both processes hold once what
 * nobody needs was let go: without that it rises for minutes until it is collected, and a figure says when that was. PSS, as at rest; main has an
 * inspector, which asks it to collect.
 */
export const liveTable: Measure = {
  name: 'live-table',
  figures: [
    { name: 'memory after 10 minutes of a live table, main and renderer', unit: 'MB' },
    { name: 'memory growth in the last 5 of these minutes', unit: 'MB', atMost: 10 },
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
      const before = await heldMb(app, page);
      await delay(HALF_MS);
      const after = await heldMb(app, page);
      return [after, after - before];
    } finally {
      await app.close();
      home.remove();
    }
  },
};

async function heldMb(app: ElectronApplication, page: Page): Promise<number> {
  await app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    collect();
    collect();
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const [main, ...rest] = familyOf(app.process().pid ?? 0);
  const [renderer] = rest
    .filter(({ command }) => command.includes('--type=renderer'))
    .sort((a, b) => b.pssMb - a.pssMb);
  if (main === undefined || renderer === undefined) throw new Error('the app is not running');
  return main.pssMb + renderer.pssMb;
}
