import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure, Measure } from './measure.ts';

const LIMIT_MS = 900_000;

/** One scenario of health in a process of its own, whose cluster is another one. */
const scenario = (name: string, figures: readonly Figure[]): Measure => ({
  name: `health-${name}`,
  figures,
  rounds: 1,
  async sample({ root }) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', join(root, 'scripts/bench/health-probe.ts'), name],
      { timeout: LIMIT_MS },
    );
    return JSON.parse(stdout) as readonly number[];
  },
});

/** What it costs main to know how nodes and clusters are. */
export const HEALTH_MEASURES: readonly Measure[] = [
  scenario('watched', [
    { name: 'health: 60 nodes watched, processor time of main', unit: '%', atMost: 15 },
    { name: 'health: 60 nodes watched, calls', unit: '/s' },
  ]),
  scenario('charts', [
    { name: 'health: 60 nodes watched with charts at 3 s, processor time of main', unit: '%', atMost: 15 },
    { name: 'health: 60 nodes watched with charts at 3 s, calls', unit: '/s' },
    { name: 'health: 60 nodes watched with charts at 3 s, growth of the heap in 10 minutes', unit: 'MB', atMost: 10 },
  ]),
  scenario('rest', [
    { name: 'health: 1,000 nodes at rest, processor time of main', unit: '%', atMost: 5 },
    { name: 'health: 1,000 nodes at rest, calls', unit: '/s', atMost: 60 },
  ]),
  scenario('start', [
    { name: 'health: 60 nodes, 20 of them dead, the other 40 known', unit: 'ms', atMost: 2_000 },
    { name: 'health: 60 nodes, 20 of them dead, processor time of main until then', unit: 'ms' },
  ]),
  scenario('fleet', [
    { name: 'fleet: 200 contexts, half of them dead, first row looked at', unit: 'ms', atMost: 300 },
    { name: 'fleet: 200 contexts, half of them dead, all judged', unit: 's', atMost: 15 },
  ]),
];
