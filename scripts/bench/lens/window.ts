import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { temporaryHome } from '../../temporary-home.ts';
import type { Measure } from '../measure.ts';
import { StartedApp } from '../started-app.ts';
import { percentile } from '../statistics.ts';
import { scrollThrough, timeSearch, watchPage } from './in-page.ts';
import { startLogSource } from './start-source.ts';

const NODES = 10;
const FAST = 100_000;
const USUAL = 25_000;
const FAST_MS = 60_000;
const USUAL_MS = 20_000;
const SETTLE_MS = 3000;
const HELD = 1_000_000;
/** Slow enough that a busy machine drops none. */
const HELD_RATE = 50_000;
/** What is not in use any more is given back a while after it was busy. */
const HELD_REST_MS = 20_000;
const TABS = 8;
const TAB_RATE = 100;
const HIDDEN_MS = 20_000;

/** A lens in the window as a user has it: ten nodes followed at two speeds. */
export const lensWindow: Measure = {
  name: 'lens-window',
  figures: [
    { name: 'lens at 25,000 lines/s: frames, p99', unit: 'ms', atMost: 25 },
    { name: 'lens at 25,000 lines/s: lag, p99', unit: 'ms' },
    { name: 'lens at 100,000 lines/s for 60 s: lines taken', unit: '/s', atLeast: 99_000 },
    { name: 'lens at 100,000 lines/s: frames, p99', unit: 'ms', atMost: 50 },
    { name: 'lens at 100,000 lines/s: lag, p99', unit: 'ms' },
    { name: 'lens at 100,000 lines/s: lines dropped on their way', unit: '/s', atMost: 0 },
  ],
  rounds: 1,
  async sample(subject) {
    await using bench = await openLens(subject, 0);
    const { source, app } = bench;
    const { page } = app;
    await paste(page, `talosctl -n ${nodeNames(NODES).join(',')} logs -f x --tail 0`);

    source.setRate(USUAL / NODES);
    await delay(SETTLE_MS);
    const usual = await page.evaluate(watchPage, USUAL_MS);
    source.setRate(FAST / NODES);
    await delay(SETTLE_MS);
    const before = await counts(page);
    const startedAt = performance.now();
    const fast = await page.evaluate(watchPage, FAST_MS);
    const after = await counts(page);
    const tookS = (performance.now() - startedAt) / 1000;
    return [
      ...[percentile(usual.framesMs, 99), percentile(usual.lagsMs, 99)],
      (after.held + after.letGo - before.held - before.letGo) / tookS,
      ...[percentile(fast.framesMs, 99), percentile(fast.lagsMs, 99)],
      (after.dropped - before.dropped) / tookS,
    ];
  },
};

/** A lens that holds exactly a million lines, in an app that has done nothing else. */
export const lensHeld: Measure = {
  name: 'lens-held',
  figures: [
    { name: 'lens: lines held', unit: 'lines', atLeast: HELD },
    { name: 'lens with 1,000,000 lines: memory of main', unit: 'MB' },
    { name: 'lens with 1,000,000 lines: memory of the renderer', unit: 'MB' },
    { name: 'lens with 1,000,000 lines: what they add to the renderer', unit: 'MB', atMost: 300 },
    { name: 'lens with 1,000,000 lines: text found, from key to count', unit: 'ms', atMost: 300 },
    { name: 'lens with 1,000,000 lines: frames without lines while scrolling', unit: '%', atMost: 0 },
  ],
  rounds: 1,
  async sample(subject) {
    await using bench = await openLens(subject, 0);
    const { source, app } = bench;
    const { page } = app;
    await delay(SETTLE_MS);
    const before = app.costs().renderer.pssMb;
    await paste(page, `talosctl -n ${nodeNames(NODES).join(',')} logs -f x --tail 0`);
    await delay(SETTLE_MS);
    source.setRate(HELD_RATE / NODES, HELD / NODES);
    let held = -1;
    for (let now = 0; now !== held; { held: now } = await counts(page)) {
      held = now;
      await delay(SETTLE_MS);
    }
    await delay(HELD_REST_MS);
    const { main, renderer } = app.costs();
    const searchMs = await page.evaluate(timeSearch, 'ERROR');
    const blank = await page.evaluate(scrollThrough, 3000);
    return [held, main.pssMb, renderer.pssMb, renderer.pssMb - before, searchMs, blank];
  },
};

/** Lenses that nobody looks at, beside the same ones when nothing comes. */
export const lensHidden: Measure = {
  name: 'lens-hidden',
  figures: [{ name: '8 hidden lenses of 100 lines/s each: processor time of main and renderer', unit: '%', atMost: 2 }],
  rounds: 1,
  async sample(subject) {
    await using bench = await openLens(subject, TAB_RATE);
    const { source, app } = bench;
    for (const node of nodeNames(TABS)) await paste(app.page, `talosctl -n ${node} logs -f x --tail 0`);
    await app.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Nodes' }).click();
    const spentMs = async (rate: number): Promise<number> => {
      source.setRate(rate);
      await delay(SETTLE_MS);
      const spent = (): number => {
        const { main, renderer } = app.costs();
        return main.cpuMs + renderer.cpuMs;
      };
      const before = spent();
      await delay(HIDDEN_MS);
      return spent() - before;
    };
    // In turns, so that what else goes on falls on both.
    const quiet = [await spentMs(0)];
    const busy = [await spentMs(TAB_RATE)];
    quiet.push(await spentMs(0));
    busy.push(await spentMs(TAB_RATE));
    const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);
    return [((sum(busy) - sum(quiet)) / (2 * HIDDEN_MS)) * 100];
  },
};

async function openLens(subject: Parameters<Measure['sample']>[0], linesPerSecond: number) {
  const files = temporaryHome();
  const source = await startLogSource(linesPerSecond);
  const close = (): void => {
    source.close();
    files.remove();
  };
  try {
    const path = join(files.path, 'talosconfig');
    await writeFile(path, source.talosconfig, { mode: 0o600 });
    const app = await StartedApp.start(subject, ['--talosconfig', path]);
    await app.page.getByRole('navigation', { name: 'Screens' }).waitFor();
    return {
      source,
      app,
      [Symbol.asyncDispose]: async () => {
        await app[Symbol.asyncDispose]();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

const nodeNames = (count: number): readonly string[] => Array.from({ length: count }, (_each, node) => `n${node}`);

/** Opens a lens with a command line, as the palette does. */
async function paste(page: Page, line: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill('Paste a talosctl');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Paste a talosctl command line' });
  await dialog.getByRole('textbox').fill(line);
  await dialog.getByRole('button', { name: 'Open in the log lens' }).click();
  await page
    .getByRole('listbox', { name: 'Lines' })
    .or(page.getByRole('region', { name: 'Lines' }))
    .waitFor();
}

/** What the line at the bottom says: held, let go because the memory was full, and dropped on their way. */
async function counts(
  page: Page,
): Promise<{ readonly held: number; readonly letGo: number; readonly dropped: number }> {
  const status = page.locator('.status').first();
  const text = (await status.textContent()) ?? '';
  const title =
    (await status
      .locator('.warn[title]')
      .first()
      .getAttribute('title')
      .catch(() => null)) ?? '';
  const number = (found: string | undefined): number => Number((found ?? '0').replaceAll(',', ''));
  const [letGo, onTheWay] = title.match(/[\d,]+(?= (?:older|that came))/g) ?? [];
  return { held: number(/([\d,]+) lines?/.exec(text)?.[1]), letGo: number(letGo), dropped: number(onTheWay) };
}
