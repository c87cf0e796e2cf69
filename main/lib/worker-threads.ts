import { parentPort, type Worker } from 'node:worker_threads';

/** Longest wait for a thread to end by itself. */
const END_WITHIN_MS = 1000;

/** Asks a thread to end. */
export const END_ORDER = 'end';

/** In a worker thread: answers each order with what `answer` gives, one after the other, until {@link endWorker}. */
export function serveOrders<Order extends object>(answer: (order: Order) => object): void {
  const port = parentPort;
  port?.on('message', (order: Order | typeof END_ORDER) => {
    if (order === END_ORDER) port.close();
    else port.postMessage(answer(order));
  });
}

/**
 * Ends a thread that serves orders; resolves when it is gone. It is asked to, and stopped only when it does not within a
 * second: stopping a thread that is just starting has crashed the whole process (V8: `jit_page.has_value()`).
 */
export async function endWorker(worker: Worker): Promise<void> {
  const { promise: gone, resolve } = Promise.withResolvers<undefined>();
  worker.once('exit', () => {
    resolve(undefined);
  });
  // One that has gone already sends no exit; its threadId is -1.
  if (worker.threadId === -1) return;
  worker.postMessage(END_ORDER);
  const timer = setTimeout(() => void worker.terminate(), END_WITHIN_MS);
  await gone;
  clearTimeout(timer);
}
