/**
 * How many lines main alone takes from ten nodes over mutual TLS and makes batches of, as they would go to the page:
 * `node scripts/bench/lens/main.ts [seconds] [lines a second]` prints a line.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { Workspace } from '../../../main/operations/workspace.ts';
import { Credit, pump } from '../../../main/streams/pump.ts';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import type { LensItem } from '../../../preload/contract/index.ts';
import { startLogSource } from './start-source.ts';

/** Per second; `dropped` must be 0 where main keeps up. */
export interface LensMainMeasure {
  readonly lines: number;
  readonly dropped: number;
  /** Of one processor, %. */
  readonly processor: number;
  /** Processor time for a line, µs. */
  readonly lineUs: number;
  readonly rssMb: number;
}

const NODES = 10;
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Ten nodes that write so many lines of 100 bytes together, for so long; a page that always takes what it is sent. */
export async function measureLensMain(seconds = 10, linesPerSecond = 100_000): Promise<LensMainMeasure> {
  const source = await startLogSource(linesPerSecond / NODES);
  const home = mkdtempSync(join(tmpdir(), 'minos-bench-'));
  const path = join(home, 'config');
  writeFileSync(path, source.talosconfig, { mode: 0o600 });
  const workspace = new Workspace({
    choose: () => ({ path, reason: 'env', why: 'bench', exists: true, writable: true }),
    seal: () => undefined,
    proto: () => loadTalosProto(at('../../../proto/')),
    kubeconfigPlaces: () => ({ paths: [], origin: 'default' }),
    settingsPath: join(home, 'settings.json'),
    historyFolder: join(home, 'history'),
    snapshotWorkerFile: at('../../../main/operations/etcd/snapshot-file/snapshot-worker.ts'),
    textWorkerFile: at('../../../main/text-work/text-worker.ts'),
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    startDemo: () => Promise.reject(new Error('no demo')),
    confirm: () => Promise.reject(new Error('no question')),
  });
  await workspace.start();
  const stop = new AbortController();
  try {
    const sources = Array.from(
      { length: NODES },
      (_each, node) => ({ kind: 'service', node: `n${node}`, id: 'x' }) as const,
    );
    const items = workspace.lens.follow({ context: 'bench', sources, follow: true, tail: 0 }, stop.signal);
    const credit = new Credit();
    let lines = 0;
    let dropped = 0;
    credit.accept({ type: 'credit', batches: 64 });
    const pumped = pump(
      items,
      credit,
      (message) => {
        if (message.type !== 'batch') return;
        // As the port does, which copies what is sent.
        for (const item of structuredClone(message.items) as readonly LensItem[]) {
          if (item.type === 'lines') lines += item.count;
          if (item.type === 'dropped') dropped += item.count;
        }
        credit.accept({ type: 'credit', batches: 1 });
      },
      stop.signal,
      { clock: systemClock, maxDelayMs: 16 },
    ).catch(() => undefined);
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    // Connections and the first compilation are not what is measured.
    while (lines < linesPerSecond / 2) await pause(100);
    const before = { lines, dropped, cpu: process.cpuUsage(), at: performance.now() };
    await pause(seconds * 1000);
    const tookS = (performance.now() - before.at) / 1000;
    const { user, system } = process.cpuUsage(before.cpu);
    const result = {
      lines: (lines - before.lines) / tookS,
      dropped: (dropped - before.dropped) / tookS,
      processor: (user + system) / 1e4 / tookS,
      lineUs: (user + system) / (lines - before.lines),
      rssMb: process.memoryUsage().rss / 1e6,
    };
    stop.abort();
    await pumped;
    return result;
  } finally {
    stop.abort();
    source.close();
    await workspace.close();
    rmSync(home, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const measured = await measureLensMain(Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 100_000));
  const { lines, dropped, processor, lineUs, rssMb } = measured;
  console.log(
    `${lines.toFixed(0)} lines/s, ${dropped.toFixed(0)} dropped/s, ${processor.toFixed(0)} % of a processor, ${lineUs.toFixed(1)} µs a line, ${rssMb.toFixed(0)} MB`,
  );
}
