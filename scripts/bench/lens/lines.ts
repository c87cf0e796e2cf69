/**
 * What the worker of a log lens does with a million lines, without a browser around it: `node --expose-gc
 * scripts/bench/lens/lines.ts [lines]` prints a line.
 */
import { performance } from 'node:perf_hooks';
import { LensEngine } from '../../../renderer/lens/worker/lens-engine.ts';
import type { LensFromWorker, LensState } from '../../../renderer/lens/protocol.ts';

/** See the names of the figures in `main-side.ts`. */
export interface LensLinesMeasure {
  readonly taken: number;
  readonly heldMb: number;
  readonly plainMs: number;
  readonly regexMs: number;
  readonly rowsMs: number;
}

const SOURCES = 10;
const LINES_OF_PIECE = 100;

/** Ten sources of 100-byte lines with times, one part in seventeen an error; searched, and looked at in the middle. */
export function measureLensLines(lines = 1_000_000): LensLinesMeasure {
  let state: LensState | undefined;
  let planned: (() => void)[] = [];
  const engine = new LensEngine({
    post: (message: LensFromWorker) => {
      if (message.type === 'state') ({ state } = message);
      if (message.type === 'rows') engine.take({ type: 'drawn' });
    },
    now: () => performance.now(),
    after: (_ms, run) => planned.push(run),
  });
  const settle = (): void => {
    while (planned.length > 0) {
      const due = planned;
      planned = [];
      for (const run of due) run();
    }
  };
  const timed = (act: () => void): number => {
    const startedAt = process.cpuUsage();
    act();
    settle();
    return usedMs(startedAt);
  };
  const sources = Array.from({ length: SOURCES }, (_each, source) => ({
    source,
    node: `n${source}`,
    name: `n${source}`,
  }));
  engine.take({ type: 'sources', sources });
  engine.take({ type: 'view', view: { at: 'end', count: 50 } });
  let takenMs = 0;
  for (let batch = 0; batch * SOURCES * LINES_OF_PIECE < lines; batch += 1) {
    const pieces = sources.map(({ source }) => ({
      ...{ type: 'lines' as const, source, count: LINES_OF_PIECE, atMs: batch },
      text: pieceOf(batch, source),
    }));
    const startedAt = process.cpuUsage();
    engine.take({ type: 'pieces', stream: 0, pieces });
    takenMs += usedMs(startedAt);
  }
  settle();
  const search = (text: string, isRegex: boolean): number =>
    timed(() => {
      engine.take({ type: 'search', search: { pattern: { text, isRegex, isCaseSensitive: true }, show: 'all' } });
    });
  const plainMs = search('ERROR', false);
  const regexMs = search('pod-9\\d took', true);
  if (state?.counts.hits !== lines / 10) throw new Error(`the search found ${String(state?.counts.hits)}`);
  const rowsMs = timed(() => {
    engine.take({ type: 'view', view: { at: 'row', row: lines / 2, count: 60 } });
  });
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { taken: lines / (takenMs / 1000), heldMb: (heapUsed + arrayBuffers) / 1e6, plainMs, regexMs, rowsMs };
}

/** Processor time, so that other programs do not count; the engine has one thread. */
function usedMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

const START_MS = Date.UTC(2026, 0, 1);

function pieceOf(batch: number, source: number): string {
  return Array.from({ length: LINES_OF_PIECE }, (_each, index) => {
    const time = new Date(START_MS + batch * 10 + Math.floor(index / 10) + source).toISOString();
    const level = index % 17 === 0 ? 'ERROR' : 'INFO';
    return `${time} ${level} lease of pod-${index} took ${index} ms, ${'and all that is said besides'.repeat(2)}`.slice(
      0,
      99,
    );
  }).join('\n');
}

if (import.meta.main) {
  const { taken, heldMb, plainMs, regexMs, rowsMs } = measureLensLines(Number(process.argv[2] ?? 1_000_000));
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  console.log(
    `${taken.toFixed(0)} lines/s taken, ${heldMb.toFixed(0)} MB, plain ${ms(plainMs)}, regex ${ms(regexMs)}, rows ${ms(rowsMs)}`,
  );
}
