import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RunEvent } from '../../../preload/contract/index.ts';
import { openRuns } from './open-runs.ts';

const MEGABYTE = 1_000_000;

/** What {@link measureCopy} found. */
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
export async function measureCopy(megabytes: number, roundTripMs: number): Promise<CopyMeasure> {
  const folder = await mkdtemp(join(tmpdir(), 'minos-bench-copy-'));
  try {
    await copied(8, roundTripMs, join(folder, 'warm'));
    return await copied(megabytes, roundTripMs, join(folder, 'copy'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copied(megabytes: number, roundTripMs: number, path: string): Promise<CopyMeasure> {
  const source = spawn(
    process.execPath,
    [fileURLToPath(new URL('framed-source.ts', import.meta.url)), String(megabytes), String(roundTripMs)],
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
    const input = { context: 'framed', command: 'copy', params: { path: '/var' }, nodes: ['n'], deadlineMs: 60_000 };
    const events = bench.runs.start(input, new AbortController().signal, () => Promise.resolve(path));
    let end: Extract<RunEvent, { type: 'finished' }> | undefined;
    for await (const event of events) {
      if (event.type === 'calling') startedAt = performance.now();
      if (event.type === 'finished') end = event;
    }
    const seconds = (performance.now() - startedAt) / 1000;
    if (end?.ok !== 1) throw new Error('The copy failed.');
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
