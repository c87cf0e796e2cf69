import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSimulator } from '../../../main/simulator/process.ts';
import { temporaryHome } from '../../temporary-home.ts';
import type { Measure } from '../measure.ts';
import { StartedApp } from '../started-app.ts';

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
  async sample(subject) {
    const files = temporaryHome();
    const simulator = await spawnSimulator({ args: ['--nodes', String(NODES)], forSeconds: 600 });
    try {
      const path = join(files.path, 'talosconfig');
      await writeFile(path, simulator.talosconfig, { mode: 0o600 });
      await using app = await StartedApp.start(subject, ['--talosconfig', path]);
      const { page } = app;
      const screens = page.getByRole('navigation', { name: 'Screens' });
      await screens.getByRole('link', { name: 'Nodes' }).click();
      await page.getByRole('grid', { name: 'Nodes' }).getByRole('checkbox').nth(EXPLORED).waitFor({ timeout: 60_000 });
      for (let row = 1; row <= EXPLORED; row += 1)
        await page.getByRole('grid', { name: 'Nodes' }).getByRole('checkbox').nth(row).check();
      await screens.getByRole('link', { name: 'Explore' }).click();
      await page.getByTitle('Members.cluster.talos.dev', { exact: true }).click({ timeout: 60_000 });
      await page.locator(`main table[role=grid][aria-rowcount="${NODES * EXPLORED + 1}"]`).waitFor({ timeout: 60_000 });
      const times = await page.evaluate(timePalette);
      return [times.openMs, times.firstKeyMs, times.keyMs];
    } finally {
      await simulator.close();
      files.remove();
    }
  },
};

/** Runs in the page: what its main thread does, script, style and layout, without waiting for a frame. Medians. */
async function timePalette(): Promise<PaletteTimes> {
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const timed = async (act: () => void): Promise<number> => {
    await settle();
    const startedAt = performance.now();
    act();
    // The page is drawn anew in microtasks; asking for a height makes it lay itself out.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    void document.body.offsetHeight;
    return performance.now() - startedAt;
  };
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const opened: number[] = [];
  const first: number[] = [];
  const others: number[] = [];
  const word = 'worker-5';
  for (let round = 0; round < 5; round += 1) {
    opened.push(await timed(() => document.querySelector<HTMLElement>('header button.search')?.click()));
    const input = document.querySelector<HTMLInputElement>('dialog[open] input[role=combobox]');
    if (input === null) throw new Error('the palette is not open');
    for (let end = 1; end <= word.length; end += 1) {
      const ms = await timed(() => {
        input.value = word.slice(0, end);
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      });
      (end === 1 ? first : others).push(ms);
    }
    if (document.querySelectorAll('dialog[open] [role=option]').length === 0) throw new Error('nothing is found');
    document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
  }
  return { openMs: median(opened), firstKeyMs: median(first), keyMs: median(others) };
}
