/**
 * How long a command takes on many nodes, main side: from opening the stream until its last message, through the
 * registry of runs and the pump, with a reader that always gives credit. The simulator is a process of its own, so its
 * work is not counted. `node scripts/bench/runs.ts [nodes]` prints a table.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../main/lib/clock.ts';
import { channelCredentials } from '../../main/credentials/channel-credentials.ts';
import type { CommandParams } from '../../main/operations/commands/kit/definition.ts';
import type { RunInput, Runs } from '../../main/operations/work/runs.ts';
import { readContext } from '../../main/operations/talosconfigs/context-reading.ts';
import { createPool, poolProbe } from '../../main/pool/pool.ts';
import { spawnSimulator } from '../../main/simulator/process.ts';
import { Credit, pump } from '../../main/streams/pump.ts';
import { requestMetadata } from '../../main/talos/metadata.ts';
import { MAX_CREDIT, type ProducerMessage, type RunEvent } from '../../preload/contract/index.ts';
import { askAll, askPool } from './pool-calls.ts';
import { openRuns } from './reads/open-runs.ts';
import { median, pairedRatio } from './statistics.ts';

/** One run, measured. */
export interface RunMeasure {
  readonly nodes: number;
  readonly rows: number;
  /** From opening the stream to its end. */
  readonly wallMs: number;
  /** From opening the stream to the batch with the first row. */
  readonly firstRowMs: number;
  /** Processor time of this process, all threads. */
  readonly cpuMs: number;
  /** Longest time the event loop did nothing else. */
  readonly maxLoopDelayMs: number;
  /** Memory in use at its highest point above where it began; a garbage collection in between makes it smaller. */
  readonly memoryGrowthBytes: number;
}

/** What one piece of work took: wall time, and processor time of all threads of this process. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A cluster to measure on; whoever opens it closes it. */
export interface RunBench {
  readonly nodes: number;
  /** Runs a command on every node. Throws when a node does not answer. */
  measure(command: string, params?: CommandParams): Promise<RunMeasure>;
  /** The first node has so many of everything from now on. */
  crowd(items: number): Promise<void>;
  /** Asks every node for its version over a pool that is made as main makes it, and does nothing with the answers. */
  poolAlone(): Promise<Cost>;
  close(): Promise<void>;
}

const DEADLINE_MS = 120_000;
const VERSION = '/machine.MachineService/Version';

/** Starts a simulated cluster of so many nodes, with three endpoints, and connects to each once. */
export async function openRunBench(nodes = 1000): Promise<RunBench> {
  const simulator = await spawnSimulator({ args: ['--nodes', String(nodes)] });
  const { proto, raw, place, clusters, runs } = openRuns(simulator.talosconfig);
  const names = simulator.clusters[0]?.nodes.map(({ name }) => name) ?? [];
  const { identity } = readContext(raw, place, Date.now());
  if (identity === undefined) throw new Error('The simulator gave no identity.');
  const pool = createPool({
    endpoints: raw.endpoints,
    credentials: (_target, hooks) => channelCredentials(identity, hooks),
    methodClass: () => 'read',
    probe: poolProbe({ method: proto.method(VERSION), request: {}, metadata: requestMetadata({}) }),
    clock: systemClock,
    random: Math.random,
  });
  await pool.test();
  await clusters.get(raw.name).test();
  return {
    nodes: names.length,
    measure: (command, params = {}) => measure(runs, { context: raw.name, command, params, nodes: names }),
    crowd: (items) => simulator.setNodeFault(names[0] ?? '', { kind: 'crowded', items }),
    poolAlone: () => costOf(() => askAll(askPool(pool, proto), names)),
    close: async () => {
      await pool.close();
      await clusters.close();
      await simulator.close();
    },
  };
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const wallMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  return { wallMs, cpuMs: (cpu.user + cpu.system) / 1000 };
}

/**
 * Version on every node by main alone and by the pool alone, in pairs, the order changing, after both were warmed up: the
 * median of the ratios of wall time, of processor time, and what each took.
 */
export async function mainBesidePool(nodes = 1000, pairs = 15): Promise<readonly number[]> {
  const bench = await openRunBench(nodes);
  try {
    const both = [() => bench.measure('version'), () => bench.poolAlone()];
    const costs: Cost[][] = [[], []];
    for (let pair = -3; pair < pairs; pair += 1) {
      for (const index of pair % 2 === 0 ? [0, 1] : [1, 0]) {
        const cost = await both[index]?.();
        if (pair >= 0 && cost !== undefined) costs[index]?.push(cost);
      }
    }
    const [main = [], pool = []] = costs;
    const wall = (of: readonly Cost[]): number[] => of.map(({ wallMs }) => wallMs);
    const cpu = (of: readonly Cost[]): number[] => of.map(({ cpuMs }) => cpuMs);
    return [
      pairedRatio(wall(pool), wall(main)),
      pairedRatio(cpu(pool), cpu(main)),
      median(cpu(main)),
      median(cpu(pool)),
    ];
  } finally {
    await bench.close();
  }
}

async function measure(
  runs: Runs,
  asked: Pick<RunInput, 'context' | 'command' | 'params' | 'nodes'>,
): Promise<RunMeasure> {
  const { nodes, command } = asked;
  const { signal } = new AbortController();
  const delays = monitorEventLoopDelay({ resolution: 5 });
  const credit = new Credit();
  let rows = 0;
  let firstRowAt = 0;
  let ok = 0;
  let highest = 0;
  const receive = (message: ProducerMessage): void => {
    if (message.type !== 'batch') return;
    credit.accept({ type: 'credit', batches: 1 });
    for (const event of message.items as readonly RunEvent[]) {
      if (event.type === 'rows' || event.type === 'answered') rows += event.rows.length;
      if (event.type === 'finished') ok = event.ok;
    }
    if (rows > 0 && firstRowAt === 0) firstRowAt = performance.now();
    highest = Math.max(highest, process.memoryUsage.rss());
  };

  credit.accept({ type: 'credit', batches: MAX_CREDIT });
  const memoryBefore = process.memoryUsage.rss();
  const cpuBefore = process.cpuUsage();
  delays.enable();
  const startedAt = performance.now();
  const events = runs.start({ ...asked, deadlineMs: DEADLINE_MS }, signal);
  await pump(events, credit, receive, signal, { clock: systemClock, maxDelayMs: 16 });
  const wallMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  // One more turn, so that a delay that is not over yet counts.
  await new Promise((resolve) => setImmediate(resolve));
  delays.disable();

  if (ok !== nodes.length) throw new Error(`Only ${ok} of ${nodes.length} nodes answered ${command}.`);
  return {
    nodes: nodes.length,
    rows,
    wallMs,
    firstRowMs: firstRowAt - startedAt,
    cpuMs: (cpu.user + cpu.system) / 1000,
    maxLoopDelayMs: delays.max / 1e6,
    memoryGrowthBytes: Math.max(0, highest - memoryBefore),
  };
}

/** What is measured, by name. Each works on an open bench. */
export const RUN_BENCHES: Readonly<Record<string, (bench: RunBench) => Promise<RunMeasure>>> = {
  'Version on every node': (bench) => bench.measure('version'),
  'services on every node': (bench) => bench.measure('services'),
  'processes on every node': (bench) => bench.measure('processes'),
};

/** The middle one of several measures, field by field. */
export function medianMeasure(measures: readonly RunMeasure[]): RunMeasure {
  const [first] = measures;
  if (first === undefined) throw new Error('Nothing was measured.');
  const middle = (field: keyof RunMeasure): number =>
    measures.map((measure) => measure[field]).sort((a, b) => a - b)[Math.floor(measures.length / 2)] ?? 0;
  return {
    nodes: first.nodes,
    rows: middle('rows'),
    wallMs: middle('wallMs'),
    firstRowMs: middle('firstRowMs'),
    cpuMs: middle('cpuMs'),
    maxLoopDelayMs: middle('maxLoopDelayMs'),
    memoryGrowthBytes: middle('memoryGrowthBytes'),
  };
}

/** Measures everything on one cluster, interleaved: once to warm up, then `times` times. Medians. */
export async function benchRuns(nodes = 1000, times = 5): Promise<Readonly<Record<string, RunMeasure>>> {
  const bench = await openRunBench(nodes);
  try {
    const measures = new Map<string, RunMeasure[]>();
    for (let round = 0; round <= times; round += 1) {
      for (const [name, run] of Object.entries(RUN_BENCHES)) {
        const measured = await run(bench);
        if (round > 0) measures.set(name, [...(measures.get(name) ?? []), measured]);
      }
    }
    return Object.fromEntries([...measures].map(([name, list]) => [name, medianMeasure(list)]));
  } finally {
    await bench.close();
  }
}

if (import.meta.main) console.table(await benchRuns(Number(process.argv[2] ?? 1000)));
