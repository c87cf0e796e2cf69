import type { ConsumerMessage, ProducerMessage } from '../../preload/contract/index.ts';
import { MAX_CREDIT, MAX_MESSAGE_BYTES } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { fitsMessage, messageSize } from '../lib/message-size.ts';
import { untilAborted } from '../lib/until-aborted.ts';

/** When a batch is sent. */
export interface PumpOptions {
  readonly clock: Clock;
  /** A batch is sent when it holds this many items … */
  readonly maxItems?: number;
  /** … or roughly this much, so that no message to the page takes long to copy … */
  readonly maxBytes?: number;
  /** … or its oldest item is this old. */
  readonly maxDelayMs?: number;
  /** Items dropped since the last call, for sources that conflate; reported as `skipped`. */
  readonly takeSkipped?: () => number;
}

/** The reader's side of a pump: how much it may still send. */
export class Credit {
  #batches = 0;
  #wake: (() => void) | undefined;

  /** Applies a message of the reader; anything malformed is ignored. Credit is capped whatever the page asks for. */
  accept(message: ConsumerMessage): void {
    if (message.type !== 'credit' || !Number.isInteger(message.batches) || message.batches < 1) return;
    this.#batches = Math.min(MAX_CREDIT, this.#batches + message.batches);
    this.#wake?.();
  }

  /** Waits for one credit and takes it. Rejects when the signal aborts. */
  async take(signal: AbortSignal): Promise<void> {
    while (this.#batches === 0) {
      signal.throwIfAborted();
      await untilAborted(signal, (resolve) => {
        this.#wake = resolve;
      });
    }
    signal.throwIfAborted();
    this.#batches -= 1;
  }
}

/** Of a message, without what wraps the items. */
const MAX_BATCH_BYTES = MAX_MESSAGE_BYTES - 1024;

function tooLargeItem(): Failed {
  return new Failed({
    code: 'too-large',
    message: 'One piece of this answer is larger than 1 MiB and cannot be shown.',
    hint: 'Ask for less at a time.',
  });
}

/**
 * Moves items from a source to a port in batches, waiting for credit before each. While it waits it does not pull, so a
 * source that honours back-pressure (a gRPC stream) stops reading its connection. Ends with `end`; throws what the
 * source threw, after what came before has been sent. Never keeps more than one batch and one item.
 * No message is larger than MAX_MESSAGE_BYTES: a source cuts its items; one that did not fails the stream in words.
 */
export async function pump<T>(
  source: AsyncIterable<T>,
  credit: Credit,
  send: (message: ProducerMessage) => void,
  signal: AbortSignal,
  options: PumpOptions,
): Promise<void> {
  const { clock, maxItems = 500, maxBytes = 256 * 1024, maxDelayMs = 50, takeSkipped = () => 0 } = options;
  const iterator = source[Symbol.asyncIterator]();
  let batch: T[] = [];
  let batchBytes = 0;
  let seq = 0;
  let waiting: Promise<IteratorResult<T, unknown>> | undefined;
  const due = new Due(clock, maxDelayMs);

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    due.cancel();
    await credit.take(signal);
    send({ type: 'batch', seq: seq++, items: batch, skipped: takeSkipped() });
    batch = [];
    batchBytes = 0;
  };

  try {
    for (;;) {
      if (waiting === undefined) {
        waiting = iterator.next() as Promise<IteratorResult<T, unknown>>;
        // It may fail after the reader has gone; nobody is left to be told.
        waiting.catch(() => undefined);
      }
      const pulled = await (batch.length === 0 ? waiting : Promise.race([waiting, due.promise]));
      signal.throwIfAborted();
      if (pulled === 'due') {
        await flush();
        continue;
      }
      waiting = undefined;
      if (pulled.done === true) break;
      const bytes = messageSize(pulled.value, MAX_BATCH_BYTES);
      if (bytes > MAX_BATCH_BYTES && !fitsMessage(pulled.value, MAX_BATCH_BYTES)) throw tooLargeItem();
      if (batchBytes + bytes > MAX_BATCH_BYTES) await flush();
      if (batch.length === 0) due.start();
      batch.push(pulled.value);
      batchBytes += bytes;
      if (batch.length >= maxItems || batchBytes >= maxBytes) await flush();
    }
    await flush();
    send({ type: 'end' });
  } catch (error) {
    if (!signal.aborted) await flush();
    throw error;
  } finally {
    due.cancel();
    // The source's own clean-up runs on return(); it must not hold up the port that is closing.
    void iterator.return?.().catch(() => undefined);
  }
}

/** When the oldest item of a batch must go: one timer for a batch, not one for each of its items. */
class Due {
  /** Resolves when it is time; the same for a whole batch. */
  promise: Promise<'due'> = new Promise(() => undefined);
  readonly #clock: Clock;
  readonly #delayMs: number;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** A batch begins. */
  start(): void {
    this.#cancel?.();
    this.promise = new Promise((resolve) => {
      this.#cancel = this.#clock.after(this.#delayMs, () => {
        resolve('due');
      });
    });
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
