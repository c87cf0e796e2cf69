import type { Worker } from 'node:worker_threads';

/** Longest wait for a thread to end by itself, ms. */
const END_WITHIN_MS = 1000;

/** The message that asks a thread to end; {@link serveJobs} understands it. */
export const END = 'end';

/**
 * Ends a thread that serves jobs; resolves when it is gone. It is asked to, and stopped only when it does not within a
 * second: stopping a thread that is just starting has crashed the whole process (V8: `jit_page.has_value()`).
 */
export async function endThread(worker: Worker): Promise<void> {
  const { promise: gone, resolve } = Promise.withResolvers<undefined>();
  worker.once('exit', () => {
    resolve(undefined);
  });
  // One that has gone already sends no exit; its threadId is -1.
  if (worker.threadId === -1) return;
  worker.postMessage(END);
  const timer = setTimeout(() => void worker.terminate(), END_WITHIN_MS);
  await gone;
  clearTimeout(timer);
}
