import type { Measure } from '../measure.ts';
import { onCluster } from '../app/on-cluster.ts';
import { installPageTimer } from '../app/page-timer.ts';

const NODES = 1000;
/** Each lists every node of the cluster as a member. */
const EXPLORED = 5;

interface PaletteTimes {
  readonly openMs: number;
  readonly firstKeyMs: number;
  readonly keyMs: number;
}

/** The palette over 1,000 nodes and 5,000 resources on the screen: opening it, and one key in it. */
export const paletteOfLarge: Measure = {
  name: 'palette',
  figures: [
    { name: 'palette over 1,000 nodes and 5,000 resources, opened', unit: 'ms', atMost: 50 },
    { name: 'palette over 1,000 nodes and 5,000 resources, first key', unit: 'ms', atMost: 16 },
    { name: 'palette over 1,000 nodes and 5,000 resources, one key', unit: 'ms', atMost: 16 },
  ],
  rounds: 3,
  sample(subject) {
    return onCluster(subject, { args: ['--nodes', String(NODES)], forSeconds: 600 }, async ({ page }) => {
      const screens = page.getByRole('navigation', { name: 'Screens' });
      await screens.getByRole('link', { name: 'Nodes' }).click();
      await page.getByRole('grid', { name: 'Nodes' }).getByRole('checkbox').nth(EXPLORED).waitFor({ timeout: 60_000 });
      for (let row = 1; row <= EXPLORED; row += 1)
        await page.getByRole('grid', { name: 'Nodes' }).getByRole('checkbox').nth(row).check();
      await screens.getByRole('link', { name: 'Explore' }).click();
      await page.getByTitle('Members.cluster.talos.dev', { exact: true }).click({ timeout: 60_000 });
      await page.locator(`main table[role=grid][aria-rowcount="${NODES * EXPLORED + 1}"]`).waitFor({ timeout: 60_000 });
      await page.evaluate(installPageTimer, 6);
      const times = await page.evaluate(timePalette);
      return [times.openMs, times.firstKeyMs, times.keyMs];
    });
  },
};

/** Runs in the page: what its main thread does, script, style and layout, without waiting for a frame. Medians. */
async function timePalette(): Promise<PaletteTimes> {
  const { timed, typed, median } = globalThis.pageTimer;
  const opened: number[] = [];
  const first: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    opened.push(await timed(() => document.querySelector<HTMLElement>('header button.search')?.click()));
    const input = document.querySelector<HTMLInputElement>('dialog[open] input[role=combobox]');
    if (input === null) throw new Error('the palette is not open');
    const [one = Number.NaN, ...rest] = await typed(input, 'worker-5');
    first.push(one);
    others.push(...rest);
    if (document.querySelectorAll('dialog[open] [role=option]').length === 0) throw new Error('nothing is found');
    document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
  }
  return { openMs: median(opened), firstKeyMs: median(first), keyMs: median(others) };
}
