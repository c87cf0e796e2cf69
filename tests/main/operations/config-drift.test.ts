import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComparedWith, ConfigDrift } from '../../../preload/contract/index.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { collectEvents, openBench, type Bench } from './work/runs-harness.ts';

let bench: Bench;
let folder: string;
const TOKEN = 'sekret.0123456789abcdef';
const configOf = (name: string, value: string): string =>
  `version: v1alpha1\nmachine:\n  type: worker\n  token: ${TOKEN}\n  network: {hostname: ${name}}\n  sysctls: {vm.max_map_count: "${value}"}\n`;

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 3 });
  folder = await mkdtemp(join(tmpdir(), 'minos-drift-'));
  for (const name of ['worker-01', 'worker-02', 'worker-03'])
    bench.simulator.node(name).machine.setConfig(configOf(name, name === 'worker-03' ? '1' : '262144'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  expect(await bench.close()).toBe(0);
});

const WORKERS = ['worker-01', 'worker-02', 'worker-03'];
const { signal } = new AbortController();

async function compare(nodes: readonly string[], against?: ComparedWith): Promise<ConfigDrift> {
  const { clusters, machineConfigs } = bench.workspace;
  const wish = { context: 'sim', nodes, ...(against && { against }) };
  const items = await collectEvents(machineConfigs.comparisons.compare(clusters.of('sim'), wish, signal));
  const last = items.at(-1);
  if (last?.type !== 'compared') throw new Error('nothing was compared');
  return last.drift;
}

describe('configs of nodes', () => {
  it('are read, each progress is told, and compared; nothing secret leaves', async () => {
    const { clusters, machineConfigs } = bench.workspace;
    const wish = { context: 'sim', nodes: WORKERS };
    const items = await collectEvents(machineConfigs.comparisons.compare(clusters.of('sim'), wish, signal));
    const told = items.flatMap((item) => (item.type === 'progress' ? [`${item.done}/${item.of}`] : []));
    expect([told[0], told.at(-1)]).toEqual(['0/3', '3/3']);
    expect(items.at(-1)).toMatchObject({
      drift: {
        groups: [{ nodes: ['worker-01', 'worker-02'], isBase: false }, { nodes: ['worker-03'] }],
        columns: 2,
        rows: [
          { path: 'machine.sysctls.vm.max_map_count' },
          { path: 'machine.network.hostname', expected: 'host names' },
        ],
        failed: [],
      },
    });
    expect(JSON.stringify(items)).not.toContain(TOKEN);
  });

  it('tell no secret either where one stands in a name, or in a config that cannot be read', async () => {
    const setConfig = (text: string): void => bench.simulator.node('worker-02').machine.setConfig(text);
    setConfig(`${configOf('worker-02', '1')}  env: {"${TOKEN}": a}\n`);
    const named = await compare(['worker-01', 'worker-02']);
    expect(named.rows.map(({ path }) => path)).toContain('machine.env.<secret-1>');
    setConfig(`${configOf('worker-02', '1')}---\nkind: ${TOKEN}\n`);
    const unread = await compare(['worker-01', 'worker-02']);
    expect(unread.failed).toHaveLength(1);
    expect(JSON.stringify([named, unread])).not.toContain(TOKEN);
    setConfig(configOf('worker-02', '262144'));
  });

  it('that cannot be read are named, and the others compared', async () => {
    const drift = await compare(['worker-01', 'nobody', 'worker-02']);
    expect(drift.groups).toMatchObject([{ nodes: ['worker-01', 'worker-02'] }]);
    expect(drift.failed.map(({ node }) => node)).toEqual(['nobody']);
    bench.simulator.node('worker-02').machine.setConfig('no: config\n');
    expect((await compare(['worker-01', 'worker-02'])).failed).toMatchObject([
      { node: 'worker-02', failure: { code: 'file-invalid' } },
    ]);
    bench.simulator.node('worker-02').machine.setConfig(configOf('worker-02', '262144'));
  });

  it('are compared with a node, a file that was opened, and one that a deed replaced', async () => {
    const { machineConfigs } = bench.workspace;
    expect((await compare(['worker-01', 'worker-02'], { kind: 'node', node: 'worker-03' })).groups).toMatchObject([
      { nodes: ['worker-03'], isBase: true },
      { nodes: ['worker-01', 'worker-02'], isBase: false },
    ]);
    const path = join(folder, 'worker.yaml');
    await writeFile(path, configOf('any', '262144'));
    const { token } = await machineConfigs.open(path);
    expect((await compare(['worker-02', 'worker-03'], { kind: 'opened', token })).groups).toMatchObject([
      { nodes: ['worker-02'], isBase: true },
      { nodes: ['worker-03'] },
    ]);
    const earlier = { kind: 'earlier', node: 'worker-01', id: 'f3b7d0de-4f5b-4f2e-8a5c-0f6b1b2a3c4d' } as const;
    await expect(compare(['worker-01'], earlier)).rejects.toThrow('is not kept any more');
    await expect(compare(['worker-01'], { kind: 'opened', token: earlier.id })).rejects.toThrow('too old');
  });

  it('lead to a patch for one of them, which has no secrets', async () => {
    const { comparisons } = bench.workspace.machineConfigs;
    const { token, rows } = await compare(WORKERS);
    const ids = rows.map(({ id }) => id);
    const made = await comparisons.alike(token, 'worker-03', 'worker-01', ids);
    expect(made).toMatchObject({ patch: 'machine:\n  sysctls:\n    vm.max_map_count: "262144"\n', kind: 'merge' });
    expect(made.leftOut).toMatchObject([{ path: 'v1alpha1: machine.network.hostname' }]);
    await expect(comparisons.alike(token, 'nobody', 'worker-01', ids)).rejects.toThrow(Failed);
  });

  it('are not read any more once it is cancelled', async () => {
    const { clusters, machineConfigs } = bench.workspace;
    const stop = new AbortController();
    stop.abort();
    const wish = { context: 'sim', nodes: WORKERS };
    await expect(
      collectEvents(machineConfigs.comparisons.compare(clusters.of('sim'), wish, stop.signal)),
    ).rejects.toThrow();
  });
});
