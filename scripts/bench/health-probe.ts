/** Prints the figures of one scenario of health as a JSON list: `node scripts/bench/health-probe.ts rest`. */
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { NodeState } from '../../preload/contract/index.ts';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import { parseTalosconfig } from '../../main/talosconfig/parse-talosconfig.ts';
import { withWorkspace } from './reads/with-workspace.ts';

const CONTEXTS = 200;
const DEAD = 20;
const SETTLE_MS = 15_000;
const TEN_MINUTES_MS = 600_000;
const DEAD_PORT = 50_000;

const SCENARIOS: Readonly<Record<string, () => Promise<readonly number[]>>> = {
  watched: () => watching(60, 60, 15_000, 20_000),
  charts: () => charting(TEN_MINUTES_MS),
  rest: () => watching(1_000, 30, 75_000, 60_000),
  start: starting,
  fleet,
};

const SAMPLE_MS = 3_000;
const HEAP_LOOKS = 10;

/**
 * 60 nodes watched, and the load of all every 3 s as charts want it: processor time in percent of one core, calls a second, and by how much
 * the heap has grown in ten minutes by its trend, in MB.
 */
async function charting(forMs: number): Promise<readonly number[]> {
  const simulator = await spawnSimulator({ args: ['--nodes', '60'], forSeconds: 1_200 });
  try {
    return await withWorkspace(simulator.talosconfig, async ({ talosconfig, clusters, healths, samples }) => {
      const id = talosconfig.all[0]?.summary.id ?? '';
      const stop = new AbortController();
      const stops = [
        clusters.nodes(id).subscribe(copied),
        healths.health(id).subscribe(copied),
        healths.attention(id).subscribe(copied),
      ];
      await clusters.get(id).nodes.refresh();
      const nodes = clusters.get(id).nodes.current.nodes.map(({ target }) => target);
      healths.look(id, 0, nodes.slice(0, 30));
      const following = (async (): Promise<void> => {
        const wish = { context: id, nodes, everyMs: SAMPLE_MS } as const;
        for await (const item of samples.stream(wish, stop.signal)) copied(item);
      })();
      await delay(SETTLE_MS);
      await simulator.command({ calls: { clear: true } });
      const before = process.cpuUsage();
      const startedMs = performance.now();
      const heap: number[] = [];
      for (let look = 0; look < HEAP_LOOKS; look++) {
        await delay(forMs / HEAP_LOOKS);
        global.gc?.();
        heap.push(process.memoryUsage().heapUsed / 1e6);
      }
      const { user, system } = process.cpuUsage(before);
      const tookMs = performance.now() - startedMs;
      const calls = await simulator.calls();
      stop.abort();
      await following.catch(() => undefined);
      for (const end of stops) end();
      const grown = (mean(heap.slice(HEAP_LOOKS / 2)) - mean(heap.slice(0, HEAP_LOOKS / 2))) / (tookMs / 2);
      return [((user + system) / 1000 / tookMs) * 100, (calls.length / tookMs) * 1000, grown * TEN_MINUTES_MS];
    });
  } finally {
    await simulator.close();
  }
}

/** Each value is copied, as it is on its way to the page. */
const copied = (value: unknown): void => void structuredClone(value);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Processor time of this process in percent of one core, and calls a second, once everything has settled. */
async function watching(
  nodes: number,
  inView: number,
  settleMs: number,
  measureMs: number,
): Promise<readonly number[]> {
  const simulator = await spawnSimulator({ args: ['--nodes', String(nodes)], forSeconds: 600 });
  try {
    return await withWorkspace(simulator.talosconfig, async ({ talosconfig, clusters, healths }) => {
      const id = talosconfig.all[0]?.summary.id ?? '';
      const stops = [
        clusters.nodes(id).subscribe(copied),
        healths.health(id).subscribe(copied),
        healths.attention(id).subscribe(copied),
        healths.overview(id).subscribe(copied),
        healths.etcd(id).subscribe(copied),
      ];
      await clusters.get(id).nodes.refresh();
      healths.look(
        id,
        0,
        clusters
          .get(id)
          .nodes.current.nodes.slice(0, inView)
          .map(({ target }) => target),
      );
      await delay(settleMs);
      await simulator.command({ calls: { clear: true } });
      const before = process.cpuUsage();
      const startedMs = performance.now();
      await delay(measureMs);
      const { user, system } = process.cpuUsage(before);
      const tookMs = performance.now() - startedMs;
      const calls = await simulator.calls();
      for (const stop of stops) stop();
      return [((user + system) / 1000 / tookMs) * 100, (calls.length / tookMs) * 1000];
    });
  } finally {
    await simulator.close();
  }
}

const KNOWN: ReadonlySet<NodeState> = new Set(['well', 'unwell', 'unstable']);

/** Ms from looking at a cluster of 60 for the first time, 20 of them black holes, until the other 40 are known, and processor time. */
async function starting(): Promise<readonly number[]> {
  const simulator = await spawnSimulator({ args: ['--nodes', '60'], forSeconds: 600 });
  try {
    const names = simulator.clusters[0]?.nodes.map(({ name }) => name) ?? [];
    for (const name of names.slice(-DEAD)) await simulator.setNodeFault(name, { kind: 'black-hole' });
    return await withWorkspace(simulator.talosconfig, async ({ talosconfig, clusters, healths }) => {
      const id = talosconfig.all[0]?.summary.id ?? '';
      const before = process.cpuUsage();
      const startedMs = performance.now();
      const { promise, resolve } = Promise.withResolvers<void>();
      const stops = [
        clusters.nodes(id).subscribe(() => undefined),
        healths.health(id).subscribe(({ nodes }) => {
          if (nodes.filter(({ state }) => KNOWN.has(state)).length >= names.length - DEAD) resolve();
        }),
      ];
      healths.look(id, 0, names.slice(0, 30));
      await promise;
      const tookMs = performance.now() - startedMs;
      const { user, system } = process.cpuUsage(before);
      for (const stop of stops) stop();
      return [tookMs, (user + system) / 1000];
    });
  } finally {
    await simulator.close();
  }
}

/** Accepts connections and never says a word. */
async function deadEnd(): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(DEAD_PORT, '127.0.0.250', resolve));
  return server;
}

/** A talosconfig of so many contexts for one cluster, every other one with an endpoint that never answers. */
function manyContexts(simulator: ChildSimulator): string {
  const [context] = parseTalosconfig(simulator.talosconfig).contexts;
  if (context === undefined) throw new Error('The simulator gave no context.');
  const entry = (index: number): string => {
    const endpoints = index % 2 === 0 ? context.endpoints : ['127.0.0.250'];
    const key = (name: string, value: string | undefined): string => `        ${name}: ${value ?? ''}\n`;
    return `    c${index}:\n        endpoints: [${endpoints.map((one) => JSON.stringify(one)).join(', ')}]\n${key('ca', context.ca?.reveal())}${key('crt', context.crt?.reveal())}${key('key', context.key?.reveal())}`;
  };
  return `context: c0\ncontexts:\n${Array.from({ length: CONTEXTS }, (_each, index) => entry(index)).join('')}`;
}

async function fleet(): Promise<readonly number[]> {
  const simulator = await spawnSimulator({ args: ['--nodes', '5'], forSeconds: 600 });
  const dead = await deadEnd();
  try {
    return await withWorkspace(manyContexts(simulator), async ({ fleet: all }) => {
      const startedMs = performance.now();
      let firstMs: number | undefined;
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = all.subscribe(({ rows, check }) => {
        structuredClone(rows);
        if (rows.some(({ atMs }) => atMs !== undefined)) firstMs ??= performance.now() - startedMs;
        if (check === undefined && rows.every(({ atMs }) => atMs !== undefined)) resolve();
      });
      await promise;
      const allMs = performance.now() - startedMs;
      const states = new Set(all.current.rows.map(({ state }) => state));
      if (!states.has('up') || !states.has('down'))
        throw new Error(`the rows are ${[...states].join(', ')}: ${all.current.rows[0]?.failure?.message ?? ''}`);
      stop();
      return [firstMs ?? Number.NaN, allMs / 1000];
    });
  } finally {
    dead.close();
    await simulator.close();
  }
}

const [, , name = ''] = process.argv;
const scenario = SCENARIOS[name];
if (scenario === undefined)
  throw new Error(`There is no scenario ${name}. There are: ${Object.keys(SCENARIOS).join(', ')}.`);
console.log(JSON.stringify(await scenario()));
process.exit(0);
