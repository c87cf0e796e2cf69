import type { Measure } from './measure.ts';
import { onCluster } from './app/on-cluster.ts';
import { installPageTimer } from './app/page-timer.ts';

/** Nodes whose processes are about 10,000 together. */
const NODES = '260';
const WANTED_ROWS = 10_000;

/** What the page does with it, in ms of its main thread: script, style and layout, without waiting for a frame. */
interface PageTimes {
  readonly rows: number;
  readonly firstRowsMs: number;
  readonly firstKeyMs: number;
  readonly filterMs: number;
  readonly sortMs: number;
}

/** A finished result of 10,000 rows, as the page shows it: opening it, one key in its filter, sorting it. */
export const largeTable: Measure = {
  name: 'table',
  figures: [
    { name: '10,000 rows, first rows shown', unit: 'ms', atMost: 50 },
    { name: '10,000 rows, first key in the filter', unit: 'ms', atMost: 16 },
    { name: '10,000 rows, one key in the filter', unit: 'ms', atMost: 16 },
    { name: '10,000 rows, sorted by a column', unit: 'ms', atMost: 100 },
  ],
  rounds: 3,
  sample(subject) {
    return onCluster(subject, { args: ['--nodes', NODES], forSeconds: 300 }, async ({ page }) => {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Nodes' }).click();
      await page.getByRole('heading', { name: `Nodes ${NODES}` }).waitFor({ timeout: 60_000 });
      for (const command of ['Version', 'Processes']) {
        await page.getByRole('button', { name: /^Run on / }).click();
        await page.getByRole('menuitem', { name: command, exact: true }).click();
        await page
          .getByRole('region', { name: 'Runs' })
          .getByText(new RegExp(`· ${NODES} ok · [\\d.]+ m?s`))
          .waitFor({ timeout: 120_000 });
      }
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Runs' }).click();
      await page.evaluate(installPageTimer, 3);
      const times = await page.evaluate(timeTable);
      if (times.rows < WANTED_ROWS) throw new Error(`the result has only ${times.rows} rows`);
      return [times.firstRowsMs, times.firstKeyMs, times.filterMs, times.sortMs];
    });
  },
};

/** Runs in the page, on the screen of runs. Medians of what can be repeated. */
async function timeTable(): Promise<PageTimes> {
  const { timed, typed, median } = globalThis.pageTimer;
  const find = <E extends HTMLElement>(selector: string): E => {
    const element = document.querySelector<E>(selector);
    if (element === null) throw new Error(`the page has no ${selector}`);
    return element;
  };
  const press = (index: number) => (): void =>
    find(`ul[aria-label="Runs of this session"] li:nth-child(${index}) button`).click();

  const first: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await timed(press(2));
    first.push(await timed(press(1)));
    if (document.querySelector('main table[role=grid] tbody th') === null) throw new Error('no row is shown');
  }
  const rows = Number(find('main table[role=grid]').getAttribute('aria-rowcount')) - 1;

  // Nobody is at the filter sooner.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const input = find<HTMLInputElement>('main [aria-label="Filter answers"] input');
  const filter = await typed(input, 'containerd');
  input.value = '';
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));

  const sort: number[] = [];
  for (const title of ['PID', 'RESMEM', 'COMMAND', 'LABEL', 'PID']) {
    sort.push(await timed(() => find(`main table[role=grid] thead button[title="Sort by ${title}"]`).click()));
  }
  return {
    rows,
    firstRowsMs: median(first),
    firstKeyMs: filter[0] ?? Number.NaN,
    filterMs: median(filter),
    sortMs: median(sort),
  };
}
