/** Prints the figures of one scenario of the pool as a JSON list: `node scripts/bench/pool-probe.ts kill`. */
import { setTimeout as delay } from 'node:timers/promises';
import type { StreamItem } from '../../main/pool/calls/call-options.ts';
import { requestMetadata } from '../../main/talos/metadata.ts';
import { askAll, askBare, askPool, type AskVersion } from './pool-calls.ts';
import { openPoolCluster, type PoolCluster } from './pool-cluster.ts';
import { median, pairedRatio, percentile } from './statistics.ts';

const MIB = 2 ** 20;
const PAUSED = 100;
/** Of samples of ours and theirs: many, since what others do on the machine falls on single ones. */
const PAIRS = 31;
const DEADLINE_MS = 300_000;
const SNAPSHOT = '/machine.MachineService/EtcdSnapshot';

/** What a scenario is called, and what it does. */
const SCENARIOS: Readonly<Record<string, () => Promise<readonly number[]>>> = {
  kill: () => killOneOfThree('refuse'),
  'power-loss': () => killOneOfThree('black-hole'),
  'first-answer': firstAnswer,
  'version-100': () => versionBesideBare(100, 4),
  'version-1000': () => versionBesideBare(1000, 1),
  bulk,
  paused: pausedLogs,
};

async function on<T>(args: readonly string[], work: (cluster: PoolCluster) => Promise<T>): Promise<T> {
  const cluster = await openPoolCluster(args);
  try {
    return await work(cluster);
  } finally {
    await cluster.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/**
 * 50 readers ask all the time; one of three endpoints dies. What it adds: the reads under way at that moment, and those
 * begun in the second after it, beside the median of the second before. A read that fails ends the scenario.
 */
const killOneOfThree = (kind: 'refuse' | 'black-hole'): Promise<readonly number[]> =>
  on(['--nodes', '53', '--endpoints', '3'], async ({ simulator, proto, targets, nodes, pool }) => {
    const readers = nodes.slice(3, 53);
    for (const node of readers) await simulator.setNodeFault(node, { kind: 'slow', latencyMs: 20 });
    const failover = pool();
    await failover.test();
    const ask = askPool(failover, proto);
    const reads: { readonly startMs: number; readonly endMs: number }[] = [];
    let ends = false;
    const running = Promise.all(
      readers.map(async (node) => {
        while (!ends) {
          const startMs = performance.now();
          await ask(node);
          reads.push({ startMs, endMs: performance.now() });
        }
      }),
    );
    await delay(2000);
    const killedMs = performance.now();
    await simulator.setEndpointFault(targets[1] ?? '', { kind });
    await delay(kind === 'refuse' ? 1500 : 5000);
    ends = true;
    await running;
    const lasted = (which: typeof reads): number[] => which.map(({ startMs, endMs }) => endMs - startMs);
    const usual = median(lasted(reads.filter(({ endMs }) => endMs > killedMs - 1000 && endMs < killedMs)));
    const hit = lasted(reads.filter(({ startMs, endMs }) => endMs >= killedMs && startMs < killedMs + 1000));
    return [percentile(hit, 99) - usual, Math.max(...hit) - usual];
  });

/** A new pool whose first endpoint is well, refuses, or swallows everything: time to its first answer. */
function firstAnswer(): Promise<readonly number[]> {
  return on(['--nodes', '5'], async ({ simulator, proto, targets, pool }) => {
    const [first = ''] = targets;
    const once = async (): Promise<number> => {
      const made = pool();
      const tookMs = await timed(() => askPool(made, proto)());
      await made.close();
      return tookMs;
    };
    const several = async (): Promise<number> => {
      const took: number[] = [];
      for (let round = 0; round < 9; round += 1) took.push(await once());
      return median(took);
    };
    await several(); // Until everything is compiled.
    const well = await several();
    await simulator.setEndpointFault(first, { kind: 'refuse' });
    const refused = await several();
    await simulator.clearFaults();
    await simulator.setEndpointFault(first, { kind: 'black-hole' });
    return [well, refused, await several()];
  });
}

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** The same calls over the pool and over one bare channel, in pairs, the order changing. Ratios are medians over the pairs. */
function versionBesideBare(count: number, repeats: number): Promise<readonly number[]> {
  return on(['--nodes', String(count), '--endpoints', '3'], async ({ proto, nodes, pool, bare }) => {
    const both: readonly AskVersion[] = [askPool(pool(), proto), askBare(bare(), proto)];
    const once = async (ask: AskVersion): Promise<Cost> => {
      const before = process.cpuUsage();
      const wallMs = await timed(async () => {
        for (let each = 0; each < repeats; each += 1) await askAll(ask, nodes);
      });
      const { user, system } = process.cpuUsage(before);
      return { wallMs: wallMs / repeats, cpuMs: (user + system) / 1000 / repeats };
    };
    for (let warm = 0; warm < 3; warm += 1) for (const ask of both) await once(ask);
    const costs: Cost[][] = [[], []];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      for (const index of pair % 2 === 0 ? [0, 1] : [1, 0]) {
        const ask = both[index];
        if (ask !== undefined) costs[index]?.push(await once(ask));
      }
    }
    const [ours = [], plain = []] = costs;
    const wall = (of: readonly Cost[]): number[] => of.map(({ wallMs }) => wallMs);
    const cpu = (of: readonly Cost[]): number[] => of.map(({ cpuMs }) => cpuMs);
    return [pairedRatio(cpu(plain), cpu(ours)), median(cpu(ours)), median(wall(ours)), median(wall(plain))];
  });
}

/**
 * 8 MiB over a line of 50 ms: the pool's bulk connection, and grpc-js as it comes. Both are connected before. Also the pool
 * without delay: the most that both processes together can do. Pieces of 256 KiB, because with Talos's own of 1 KiB the simulated server is the limit, at some 30 MiB/s.
 */
function bulk(): Promise<readonly number[]> {
  const args = ['--nodes', '1', '--control-planes', '1', '--snapshot-chunk-bytes', String(256 * 1024)];
  return on(args, async ({ simulator, proto, targets, pool, bare }) => {
    const { path, requestSerialize, responseDeserialize } = proto.method(SNAPSHOT);
    const failover = pool();
    const plain = bare();
    const ours = async (): Promise<number> => {
      let bytes = 0;
      const options = { deadlineMs: DEADLINE_MS, metadata: requestMetadata({}), channel: 'bulk' as const };
      for await (const item of failover.serverStream(proto.method(SNAPSHOT), {}, options)) {
        if (item.type === 'item') bytes += item.value.bytes.length;
      }
      return bytes;
    };
    const theirs = async (): Promise<number> => {
      let bytes = 0;
      const call = plain.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {}, requestMetadata({}));
      for await (const item of call as AsyncIterable<{ readonly bytes: Uint8Array }>) bytes += item.bytes.length;
      return bytes;
    };
    const rate = async (transfer: () => Promise<number>): Promise<number> => {
      const startedAt = performance.now();
      const bytes = await transfer();
      // A database has whole pages: it is a little smaller.
      if (bytes < 8 * MIB - 64 * 1024) throw new Error(`only ${bytes} bytes came`);
      return bytes / MIB / ((performance.now() - startedAt) / 1000);
    };
    const several = async (): Promise<number> => {
      const rates: number[] = [];
      for (let round = 0; round < 5; round += 1) rates.push(await rate(ours));
      return median(rates);
    };
    for (let warm = 0; warm < 3; warm += 1) for (const each of [ours, theirs]) await each();
    const near = await several();
    await simulator.setEndpointFault(targets[0] ?? '', { kind: 'line', roundTripMs: 50 });
    const far = await several();
    const usual = await rate(theirs);
    return [far, usual, far / usual, near];
  });
}

/** Logs whose readers stopped after their first message, and the memory they hold. */
function pausedLogs(): Promise<readonly number[]> {
  // 100 logs of a thousand lines a second each, so that every one of them has more to bring than its window holds.
  const args = ['--nodes', '3', '--log-interval-ms', '1'];
  return on(args, async ({ proto, nodes, pool }) => {
    const failover = pool();
    await failover.test();
    const ask = askPool(failover, proto);
    for (let warm = 0; warm < 500; warm += 1) await ask();
    const before = memory();
    const log = proto.method('/machine.MachineService/Logs');
    const request = { namespace: 'system', id: 'apid', driver: 'CONTAINERD' as const, follow: true, tail_lines: -1 };
    const readers: AsyncIterator<StreamItem<unknown>>[] = [];
    for (let index = 0; index < PAUSED; index += 1) {
      const metadata = requestMetadata({ node: nodes[index % nodes.length] });
      const stream = failover.serverStream(log, request, { deadlineMs: Infinity, metadata });
      const reader = stream[Symbol.asyncIterator]();
      readers.push(reader);
      await reader.next();
    }
    const held = (await plateau(() => memory() - before)) / 1e6;
    const askMs = await timed(() => ask());
    for (const reader of readers) await reader.return?.();
    return [held, held / PAUSED, askMs];
  });
}

/** Resident memory after what is not used was freed. */
function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** The value once it has not grown by more than a hundredth for three seconds. */
async function plateau(read: () => number): Promise<number> {
  const seen: number[] = [];
  for (let second = 0; second < 120; second += 1) {
    await delay(1000);
    seen.push(read());
    const [earlier, now] = [seen.at(-4), seen.at(-1)];
    if (earlier !== undefined && now !== undefined && second > 5 && now < earlier * 1.01) return now;
  }
  throw new Error(`the memory still grows: ${seen.map((bytes) => Math.round(bytes / 1e6)).join(', ')} MB`);
}

const [, , name = ''] = process.argv;
const scenario = SCENARIOS[name];
if (scenario === undefined)
  throw new Error(`There is no scenario ${name}. There are: ${Object.keys(SCENARIOS).join(', ')}.`);
console.log(JSON.stringify(await scenario()));
