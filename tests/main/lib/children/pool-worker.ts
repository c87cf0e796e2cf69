/** Entry of the threads that tests of WorkerPool start. */
import { threadId, workerData } from 'node:worker_threads';
import { Failed } from '../../../../main/lib/failed.ts';
import { serveJobs } from '../../../../main/lib/serve-jobs.ts';

const JOBS = {
  double: (n: number): { readonly value: number; readonly thread: number } => ({ value: n * 2, thread: threadId }),
  fail: (): never => {
    throw new Failed({ code: 'file-invalid', message: 'No.' });
  },
  throw: (): never => {
    throw new Error('A mistake.');
  },
  never: (): never => {
    for (;;);
  },
  /** Until the other thread that shares the memory has come, too. */
  meet: (shared: Int32Array): number => {
    Atomics.add(shared, 0, 1);
    Atomics.notify(shared, 0);
    while (Atomics.load(shared, 0) < 2) Atomics.wait(shared, 0, 1, 10_000);
    return threadId;
  },
  eat: (): never => {
    const eaten: unknown[] = [];
    for (;;) eaten.push({ more: eaten.length });
  },
  text: (length: number): string => 'x'.repeat(length),
  exit: (): never => process.exit(),
  take: (bytes: Uint8Array): number => bytes.length,
  data: (): unknown => workerData,
  /** Counts up to `n` in parts; says how far it got to who shares the memory. Negative ones never come. */
  count: function* (n: number, made?: Int32Array): Generator<number, void> {
    for (let i = 0; i < Math.abs(n); i += 1) {
      if (made) Atomics.store(made, 0, i + 1);
      yield i;
    }
    if (n < 0) for (;;);
  },
};

/** What they do. */
export type PoolJobs = typeof JOBS;

serveJobs(JOBS, { maxAnswerBytes: 1024 * 1024 });
