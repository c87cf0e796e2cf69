import type { PortHandle, ProducerMessage } from '../../preload/contract/index.ts';
import { OperationFailed } from './operation-failed.ts';

export interface Batch<T> {
  readonly items: readonly T[];
  /** How many items main dropped before this batch because we were slow. */
  readonly skipped: number;
}

export interface OpenOptions {
  /** Aborting it ends the loop and cancels the work behind the stream. */
  readonly signal?: AbortSignal;
  /** Batches main may send ahead of the reader. */
  readonly credit?: number;
}

const DEFAULT_CREDIT = 8;

/**
 * Turns a port with call-backs into an async iterable. It lives in the page because symbols do not cross contextBridge.
 * Credit is given back one by one as batches are taken, so a reader that stops reading stops the source.
 * A failure is thrown after everything that came before it was delivered.
 */
export async function* readBatches<T>(
  start: (onMessage: (message: ProducerMessage) => void) => PortHandle,
  { signal, credit = DEFAULT_CREDIT }: OpenOptions = {},
): AsyncGenerator<Batch<T>, void, undefined> {
  const waiting: ProducerMessage[] = [];
  let wake: (() => void) | undefined;
  const push = (message: ProducerMessage): void => {
    waiting.push(message);
    wake?.();
  };
  const abort = (): void => wake?.();
  signal?.addEventListener('abort', abort, { once: true });
  const port = start(push);
  try {
    port.credit(credit);
    while (!signal?.aborted) {
      const message = waiting.shift();
      if (message === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
      } else if (message.type === 'batch') {
        yield { items: message.items as readonly T[], skipped: message.skipped };
        port.credit(1);
      } else if (message.type === 'failed') {
        throw new OperationFailed(message.failure);
      } else if (message.type === 'end') {
        return;
      }
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    port.close();
  }
}
