import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { spawnSimulator } from '../../main/simulator/process.ts';
import { temporaryHome } from '../temporary-home.ts';
import { watchPage } from './lens/in-page.ts';
import type { Measure, Subject } from './measure.ts';
import { StartedApp } from './started-app.ts';
import { percentile } from './statistics.ts';

const NODES = 60;
const SETTLE_MS = 20_000;
const CHARTS_MS = 60_000;
const TEN_MINUTES_MS = 600_000;
/** Each has a member and an affiliate, so that there are more than 2,000 resources to draw. */
const LARGE_CLUSTER = 1000;
const GRAPH_MS = 8_000;

/** Charts of 60 nodes, live at 3 s, in the window as a user has it. */
export const chartsWindow: Measure = {
  name: 'charts-window',
  figures: [
    { name: 'charts of 60 nodes at 3 s: processor time of main and page', unit: '%', atMost: 15 },
    { name: 'charts of 60 nodes at 3 s: processor time of the page', unit: '%' },
    { name: 'charts of 60 nodes at 3 s: frames, p99', unit: 'ms', atMost: 20 },
    { name: 'charts of 60 nodes at 3 s: heap of the page, growth in ten minutes', unit: 'MB', atMost: 10 },
  ],
  rounds: 1,
  async sample(subject) {
    await using bench = await openOn(subject, NODES);
    const { app } = bench;
    const { page } = app;
    await show(page, 'Charts');
    await page.getByLabel('every').selectOption('3 s');
    await page.getByRole('img', { name: /^CPU: highest/ }).waitFor({ timeout: 60_000 });
    await delay(SETTLE_MS);
    const heapBefore = await heapMb(page);
    const before = app.costs();
    const startedAt = performance.now();
    const { framesMs } = await page.evaluate(watchPage, CHARTS_MS);
    const tookMs = performance.now() - startedAt;
    const after = app.costs();
    const grown = (await heapMb(page)) - heapBefore;
    const main = after.main.cpuMs - before.main.cpuMs;
    const renderer = after.renderer.cpuMs - before.renderer.cpuMs;
    return [
      ((main + renderer) / tookMs) * 100,
      (renderer / tookMs) * 100,
      percentile(framesMs, 99),
      (grown / tookMs) * TEN_MINUTES_MS,
    ];
  },
};

/** A graph of more than 2,000 nodes, moved and zoomed with every frame. */
export const graphWindow: Measure = {
  name: 'graph-window',
  figures: [
    { name: 'graph of 2,000 nodes while it is moved: frames, p99', unit: 'ms', atMost: 34 },
    { name: 'graph of 2,000 nodes while it is zoomed: frames, p99', unit: 'ms', atMost: 34 },
  ],
  rounds: 1,
  async sample(subject) {
    await using bench = await openOn(subject, LARGE_CLUSTER);
    const { page } = bench.app;
    await show(page, 'Explore');
    await page.getByRole('button', { name: 'Dependencies' }).click();
    await page.getByLabel('with resources').check();
    const graph = page.getByRole('img', { name: /^Graph of \d{4,} nodes/ });
    await graph.waitFor({ timeout: 120_000 });
    const nodes = Number(/\d+/.exec((await graph.getAttribute('aria-label')) ?? '')?.[0]);
    if (!(nodes >= 2_000)) throw new Error(`the graph has ${nodes} nodes`);
    const moved = await page.evaluate(moveGraph, { forMs: GRAPH_MS, isZoomed: false });
    const zoomed = await page.evaluate(moveGraph, { forMs: GRAPH_MS, isZoomed: true });
    return [percentile(moved, 99), percentile(zoomed, 99)];
  },
};

/** Runs in the page: turns the wheel or presses an arrow with each frame, there and back; the time of each frame. */
function moveGraph({ forMs, isZoomed }: { readonly forMs: number; readonly isZoomed: boolean }): Promise<number[]> {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas[role="img"]');
  if (canvas === null) throw new Error('the page has no graph');
  return new Promise((resolve) => {
    const framesMs: number[] = [];
    const startedAt = performance.now();
    let last = startedAt;
    const frame = (): void => {
      const now = performance.now();
      framesMs.push(now - last);
      last = now;
      if (now - startedAt >= forMs) {
        resolve(framesMs);
        return;
      }
      const isBack = framesMs.length % 60 >= 30;
      const wheel = { deltaY: isBack ? 60 : -60, bubbles: true, cancelable: true };
      if (isZoomed) canvas.dispatchEvent(new WheelEvent('wheel', wheel));
      else canvas.dispatchEvent(new KeyboardEvent('keydown', { key: isBack ? 'ArrowLeft' : 'ArrowRight' }));
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

async function show(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
  await page.getByRole('main', { name: screen }).waitFor();
}

/** After everything that nobody needs was let go. */
async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

async function openOn(subject: Subject, nodes: number) {
  const files = temporaryHome();
  const simulator = await spawnSimulator({ args: ['--nodes', String(nodes)], forSeconds: 1_200 });
  const close = async (): Promise<void> => {
    await simulator.close();
    files.remove();
  };
  try {
    const path = join(files.path, 'talosconfig');
    await writeFile(path, simulator.talosconfig, { mode: 0o600 });
    const app = await StartedApp.start(subject, ['--talosconfig', path]);
    await app.page.getByRole('navigation', { name: 'Screens' }).waitFor();
    return {
      app,
      [Symbol.asyncDispose]: async () => {
        await app[Symbol.asyncDispose]();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
