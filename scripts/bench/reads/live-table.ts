import { setTimeout as delay } from 'node:timers/promises';
import type { Measure } from '../measure.ts';
import { StartedApp } from '../started-app.ts';

/** Caches fill and garbage settles in the first half; growth is that of the second. */
const HALF_MS = 120_000;

/** A table of fourteen nodes that is asked anew again and again (Live), with the demo's overview behind it. PSS, as at rest. */
export const liveTable: Measure = {
  name: 'live-table',
  figures: [
    { name: 'memory after 4 minutes of a live table, main and renderer', unit: 'MB' },
    { name: 'memory growth in the last 2 of these minutes', unit: 'MB', atMost: 10 },
  ],
  rounds: 1,
  async sample(subject) {
    await using app = await StartedApp.start(subject, ['--demo']);
    const { page } = app;
    await page.waitForSelector('main ul li strong');
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Nodes' }).click();
    await page.getByRole('button', { name: /^Run on / }).click();
    await page.getByRole('menuitem', { name: 'Memory', exact: true }).click();
    const runs = page.getByRole('region', { name: 'Runs' });
    await runs.getByText('13 ok · 1 failed').waitFor();
    await runs.getByRole('button', { name: 'Live' }).click();
    const held = (): number => {
      const { main, renderer } = app.costs();
      return main.pssMb + renderer.pssMb;
    };
    await delay(HALF_MS);
    const before = held();
    await delay(HALF_MS);
    const after = held();
    return [after, after - before];
  },
};
