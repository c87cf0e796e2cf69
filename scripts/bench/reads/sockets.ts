import type { Measure } from '../measure.ts';
import { onCluster, type MeasuredCluster } from '../app/on-cluster.ts';
import { installPageTimer } from '../app/page-timer.ts';

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
  sample(subject) {
    const cluster: MeasuredCluster = {
      ...{ args: ['--nodes', '1', '--control-planes', '1'], forSeconds: 300 },
      prepare: (simulator) => simulator.setNodeFault('cp-1', { kind: 'crowded', items: SOCKETS }),
    };
    return onCluster(subject, cluster, async ({ page }) => {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Nodes' }).click();
      await page.getByRole('heading', { name: 'Nodes 1' }).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: /^Run on / }).click();
      const item = page.getByRole('menuitem', { name: 'Sockets', exact: true });
      await page.evaluate(installPageTimer, 3);
      const times = await item.evaluate(timeSockets);
      return [times.firstRowMs, times.firstKeyMs, times.filterMs, times.peersMs];
    });
  },
};

/** Runs in the page: clicks, looks once per frame for the first row, then types into the filter when all rows are there. */
async function timeSockets(item: HTMLElement): Promise<PageTimes> {
  const { timed, typed, median } = globalThis.pageTimer;
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
  const startedAt = performance.now();
  item.click();
  await until(() => /:443/.test(drawer()?.querySelector('table[role=grid] tbody')?.textContent ?? ''));
  const firstRowMs = performance.now() - startedAt;
  await until(() => /· 1 ok ·/.test(drawer()?.textContent ?? ''));
  // Nobody is at the filter sooner.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const input = drawer()?.querySelector<HTMLInputElement>('[aria-label="Filter answers"] input');
  if (!input) throw new Error('the drawer has no filter');
  const filter = await typed(input, '10.64.12');
  const peers = [...(drawer()?.querySelectorAll('button') ?? [])].find((one) => one.textContent.includes('Who talks'));
  if (!peers) throw new Error('the drawer does not show who talks to whom');
  const peersMs = await timed(() => peers.click());
  return {
    firstRowMs,
    firstKeyMs: filter[0] ?? Number.NaN,
    filterMs: median(filter),
    peersMs,
  };
}
