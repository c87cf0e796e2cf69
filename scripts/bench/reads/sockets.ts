import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSimulator } from '../../../main/simulator/process.ts';
import { temporaryHome } from '../../temporary-home.ts';
import type { Measure } from '../measure.ts';
import { StartedApp } from '../started-app.ts';

const SOCKETS = 20_000;

interface PageTimes {
  readonly firstRowMs: number;
  readonly firstKeyMs: number;
  readonly filterMs: number;
  readonly peersMs: number;
}

/** The sockets of a busy node: from the click to the first row, keys in the filter, and who talks to whom. */
export const manySockets: Measure = {
  name: 'sockets',
  figures: [
    { name: '20,000 sockets, click to first row', unit: 'ms', atMost: 250 },
    { name: '20,000 sockets, first key in the filter', unit: 'ms', atMost: 16 },
    { name: '20,000 sockets, one key in the filter', unit: 'ms', atMost: 16 },
    { name: '20,000 sockets, who talks to whom', unit: 'ms' },
  ],
  rounds: 3,
  async sample(subject) {
    const files = temporaryHome();
    const simulator = await spawnSimulator({ args: ['--nodes', '1', '--control-planes', '1'], forSeconds: 300 });
    try {
      await simulator.setNodeFault('cp-1', { kind: 'crowded', items: SOCKETS });
      const path = join(files.path, 'talosconfig');
      await writeFile(path, simulator.talosconfig, { mode: 0o600 });
      await using app = await StartedApp.start(subject, ['--talosconfig', path]);
      const { page } = app;
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Nodes' }).click();
      await page.getByRole('heading', { name: 'Nodes 1' }).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: /^Run on / }).click();
      const item = page.getByRole('menuitem', { name: 'Sockets', exact: true });
      const times = await item.evaluate(timeSockets);
      return [times.firstRowMs, times.firstKeyMs, times.filterMs, times.peersMs];
    } finally {
      await simulator.close();
      files.remove();
    }
  },
};

/** Runs in the page: clicks, looks once per frame for the first row, then types into the filter when all rows are there. */
async function timeSockets(item: HTMLElement): Promise<PageTimes> {
  const drawer = (): HTMLElement | null =>
    document.querySelector('section[aria-label="Runs"], [role="region"][aria-label="Runs"]');
  const until = (isThere: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isThere()) resolve();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  const timed = async (act: () => void): Promise<number> => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    const startedAt = performance.now();
    act();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    void document.body.offsetHeight;
    return performance.now() - startedAt;
  };
  const startedAt = performance.now();
  item.click();
  await until(() => /:443/.test(drawer()?.querySelector('table[role=grid] tbody')?.textContent ?? ''));
  const firstRowMs = performance.now() - startedAt;
  await until(() => /· 1 ok ·/.test(drawer()?.textContent ?? ''));
  // Nobody is at the filter sooner.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const input = drawer()?.querySelector<HTMLInputElement>('[aria-label="Filter answers"] input');
  if (!input) throw new Error('the drawer has no filter');
  const filter: number[] = [];
  const word = '10.64.12';
  for (let end = 1; end <= word.length; end += 1) {
    filter.push(
      await timed(() => {
        input.value = word.slice(0, end);
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }),
    );
  }
  const peers = [...(drawer()?.querySelectorAll('button') ?? [])].find((one) => one.textContent.includes('Who talks'));
  if (!peers) throw new Error('the drawer does not show who talks to whom');
  const peersMs = await timed(() => peers.click());
  const sorted = [...filter].sort((a, b) => a - b);
  return {
    firstRowMs,
    firstKeyMs: filter[0] ?? Number.NaN,
    filterMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    peersMs,
  };
}
