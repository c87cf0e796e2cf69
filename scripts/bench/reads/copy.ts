import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RunEvent } from '../../../preload/contract/index.ts';
import type { RunInput } from '../../../main/operations/work/runs.ts';
import { openRuns } from './open-runs.ts';

const MEGABYTE = 1_000_000;

const GIBIBYTE = 1024 ** 3;

/** What was found of bytes that a run saved. */
export interface CopyMeasure {
  /** From the first byte to the file in its place, MB/s. */
  readonly megabytesPerSecond: number;
  /** The most this process had in memory above what it had before, MB. */
  readonly aboveRestMb: number;
}

/**
 * `copy` of a source whose frames were made before, over a line with a round trip, into a file: main alone, warmed up by a
 * small one. The source is a process of its own.
 */
export const measureCopy = (megabytes: number, roundTripMs: number): Promise<CopyMeasure> =>
  saved({ command: 'copy', params: { path: '/var' } }, megabytes * MEGABYTE, roundTripMs);

/** The same of a snapshot of etcd, whose SHA-256 is compared while it comes. */
export const measureSnapshot = (gibibytes: number, roundTripMs: number): Promise<CopyMeasure> =>
  saved({ command: 'etcd-snapshot', params: {} }, gibibytes * GIBIBYTE, roundTripMs);

type Wish = Pick<RunInput, 'command' | 'params'>;

async function saved(wish: Wish, bytes: number, roundTripMs: number): Promise<CopyMeasure> {
  const folder = await mkdtemp(join(tmpdir(), 'minos-bench-copy-'));
  try {
    await savedOnce(wish, 8 * MEGABYTE, roundTripMs, join(folder, 'warm'));
    return await savedOnce(wish, bytes, roundTripMs, join(folder, 'copy'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function savedOnce(wish: Wish, bytes: number, roundTripMs: number, path: string): Promise<CopyMeasure> {
  const source = spawn(
    process.execPath,
    [fileURLToPath(new URL('framed-source.ts', import.meta.url)), String(bytes), String(roundTripMs)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const bench = openRuns(await firstLine(source.stdout));
  let highest = 0;
  const looking = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20);
  try {
    await bench.clusters.get('framed').test();
    globalThis.gc?.();
    const rest = process.memoryUsage.rss();
    highest = rest;
    let startedAt = 0;
    const input = { context: 'framed', ...wish, nodes: ['n'], deadlineMs: 60_000 };
    const events = bench.runs.start(input, new AbortController().signal, () => Promise.resolve(path));
    let end: Extract<RunEvent, { type: 'finished' }> | undefined;
    for await (const event of events) {
      if (event.type === 'calling') startedAt = performance.now();
      if (event.type === 'finished') end = event;
    }
    const seconds = (performance.now() - startedAt) / 1000;
    if (end?.ok !== 1) throw new Error('It was not saved.');
    const { size } = await stat(path);
    return { megabytesPerSecond: size / MEGABYTE / seconds, aboveRestMb: (highest - rest) / MEGABYTE };
  } finally {
    clearInterval(looking);
    await bench.clusters.close();
    source.stdin.end();
  }
}

async function firstLine(from: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: from })) return JSON.parse(line) as string;
  throw new Error('The source said nothing.');
}
