import { setTimeout as delay } from 'node:timers/promises';
import type { Measure } from './measure.ts';
import { StartedApp } from './started-app.ts';

/** Until start-up, garbage and caches have settled. */
const SETTLE_MS = 20_000;
const IDLE_MS = 60_000;

/**
 * The overview of a cluster, left alone. Processor time is a part of one core. Memory is PSS: what main shares with nobody
 * counts in full, what all of Chromium's processes share counts in parts.
 */
export const atRest: Measure = {
  name: 'at-rest',
  figures: [
    { name: 'memory at rest, main and renderer', unit: 'MB', atMost: 250 },
    { name: 'memory at rest, main', unit: 'MB' },
    { name: 'memory at rest, renderer', unit: 'MB' },
    { name: 'memory at rest, main and renderer (RSS)', unit: 'MB' },
    { name: 'idle processor time, main and renderer', unit: '%', atMost: 1 },
    { name: 'idle processor time, all processes', unit: '%' },
  ],
  rounds: 3,
  async sample(subject) {
    await using app = await StartedApp.start(subject, ['--demo']);
    await app.page.waitForSelector('main ul li strong');
    await delay(SETTLE_MS);
    const before = app.costs();
    await delay(IDLE_MS);
    const after = app.costs();
    const both = after.main.pssMb + after.renderer.pssMb;
    const spent = (of: typeof after): number => of.main.cpuMs + of.renderer.cpuMs;
    const everybody = (of: typeof after): number => spent(of) + of.others.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    const share = (ms: number): number => (ms / IDLE_MS) * 100;
    return [
      both,
      after.main.pssMb,
      after.renderer.pssMb,
      after.main.rssMb + after.renderer.rssMb,
      share(spent(after) - spent(before)),
      share(everybody(after) - everybody(before)),
    ];
  },
};
