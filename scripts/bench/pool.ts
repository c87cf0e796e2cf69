import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure, Measure } from './measure.ts';

/** Nobody waits for it on a quiet machine: it ends what hangs. Above {@link openPoolCluster}'s own. */
const LIMIT_MS = 660_000;

/**
 * One scenario of the pool with a simulated cluster: a process for us and one for the cluster, so that neither counts the
 * work of the other or of the measures before. Ends by itself.
 */
const scenario = (name: string, figures: readonly Figure[], rounds: number): Measure => ({
  name: `pool-${name}`,
  figures,
  rounds,
  async sample({ root }) {
    const args = ['--expose-gc', join(root, 'scripts/bench/pool-probe.ts'), name];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: LIMIT_MS });
    return JSON.parse(stdout) as readonly number[];
  },
});

const versionBesideBare = (nodes: number): Measure => {
  const what = `Version on ${nodes.toLocaleString('en')} nodes`;
  return scenario(
    `version-${nodes}`,
    [
      { name: `pool: ${what}, processor time beside one bare channel`, unit: '×', atMost: 1.15 },
      { name: `pool: ${what}, processor time`, unit: 'ms' },
      { name: `pool: ${what}, wall time`, unit: 'ms' },
      { name: `one bare channel: ${what}, wall time`, unit: 'ms' },
    ],
    1,
  );
};

/** What the failover pool costs and saves. Samples of ratios are medians of 31 pairs already. */
export const POOL_MEASURES: readonly Measure[] = [
  scenario(
    'kill',
    [
      { name: 'pool: latency added by killing one of three endpoints, p99', unit: 'ms', atMost: 500 },
      { name: 'pool: latency added by killing one of three endpoints, most', unit: 'ms' },
    ],
    5,
  ),
  scenario(
    'power-loss',
    [
      { name: 'pool: latency added when one of three endpoints falls silent, p99', unit: 'ms', atMost: 500 },
      { name: 'pool: latency added when one of three endpoints falls silent, most', unit: 'ms' },
    ],
    3,
  ),
  scenario(
    'first-answer',
    [
      { name: 'pool: first answer, new pool', unit: 'ms' },
      { name: 'pool: first answer, first endpoint refuses', unit: 'ms', atMost: 50 },
      { name: 'pool: first answer, first endpoint is a black hole', unit: 'ms', atMost: 300 },
    ],
    3,
  ),
  versionBesideBare(100),
  versionBesideBare(1000),
  scenario(
    'bulk',
    [
      { name: 'pool: 8 MiB at 50 ms round trip, bulk connection', unit: 'MiB/s' },
      { name: 'grpc-js as it comes: 8 MiB at 50 ms round trip', unit: 'MiB/s' },
      { name: 'pool: rate of 8 MiB beside grpc-js as it comes', unit: '×', atLeast: 50 },
      { name: 'pool: 8 MiB without delay, bulk connection', unit: 'MiB/s' },
    ],
    3,
  ),
  scenario(
    'paused',
    [
      // 100 windows of 1 MiB, a quarter of that read ahead, and what holds them.
      { name: 'pool: memory of 100 paused log streams', unit: 'MB', atMost: 150 },
      { name: 'pool: memory of each', unit: 'MB' },
      { name: 'pool: a call beside them', unit: 'ms' },
    ],
    1,
  ),
];
