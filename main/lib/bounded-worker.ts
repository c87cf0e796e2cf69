import { deserialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock.ts';
import { Failed } from './failed.ts';
import type { BoundedAnswer } from './serve-bounded.ts';
import { endWorker } from './worker-threads.ts';

/** Why an order was given up: it took too long, too much memory, or its answer was too large to hand over. */
export type Overrun = 'time' | 'memory' | 'answer';

/** Options of {@link BoundedWorker}. */
export interface BoundedWorkerOptions {
  /** The built worker file, or its source; it calls {@link serveBounded}. */
  readonly file: URL | string;
  readonly workerData?: unknown;
  /** Most memory of the thread's heap, MB. */
  readonly maxHeapMb: number;
  /** Longest time for one order from when its turn comes, ms. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  /** The words for an order that was given up. Default: that what was given is too large. */
  readonly overrun?: (why: Overrun) => Failed;
}

/** Options of {@link BoundedWorker.ask}. */
export interface AskOptions {
  /** Takes the order back; one that is being worked on ends the thread. */
  readonly signal?: AbortSignal;
  /** Buffers of the order that are moved instead of copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

interface Order {
  readonly order: unknown;
  readonly transfer: readonly ArrayBuffer[];
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A thread for work of unknown size. It does one order after the other; one that passes the deadline or the memory, or is
 * taken back, ends the thread, is rejected, and is never done again, here or there. The orders behind it have not begun:
 * they go on in a new thread. The thread starts with the first order and does not keep the process alive. Whoever makes it
 * closes it.
 */
export class BoundedWorker {
  readonly #options: BoundedWorkerOptions;
  readonly #waiting: Order[] = [];
  #current: Order | undefined;
  #stopTimer: (() => void) | undefined;
  #worker: Worker | undefined;
  /** Resolves when the thread before this one is gone: there are never two. */
  #gone: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: BoundedWorkerOptions) {
    this.#options = options;
  }

  /**
   * The thread's answer. Rejects with the Failed the thread threw, `too-large` for what passes a bound, `cancelled` when
   * taken back or closed, and an Error for a thread that cannot start or a mistake of ours.
   */
  ask<Answer>(order: unknown, { signal, transfer = [] }: AskOptions = {}): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const onAbort = (): void => {
        this.#takeBack(one);
      };
      const settled = (): void => {
        signal?.removeEventListener('abort', onAbort);
      };
      const one: Order = {
        order,
        transfer,
        resolve: (answer) => {
          settled();
          resolve(answer as Answer);
        },
        reject: (error) => {
          settled();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the thread failed with
          reject(error);
        },
      };
      if (this.#isClosed) return one.reject(closing());
      if (signal?.aborted === true) return one.reject(takenBack());
      signal?.addEventListener('abort', onAbort);
      this.#waiting.push(one);
      this.#next();
    });
  }

  /** Ends the thread; what waits and what is being done is rejected. Resolves when the thread is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const one of this.#waiting.splice(0)) one.reject(closing());
    this.#fail(closing());
    await this.#gone;
  }

  #next(): void {
    if (this.#current !== undefined || this.#gone !== undefined) return;
    const one = this.#waiting.shift();
    if (one === undefined) {
      this.#worker?.unref();
      return;
    }
    this.#current = one;
    try {
      const worker = (this.#worker ??= this.#start());
      worker.ref();
      worker.postMessage(one.order, one.transfer);
      this.#stopTimer = this.#options.clock.after(this.#options.deadlineMs, () => {
        this.#fail(this.#overrun('time'));
      });
    } catch (error) {
      this.#settle()?.reject(error);
    }
  }

  #start(): Worker {
    const { file, workerData, maxHeapMb } = this.#options;
    const worker = new Worker(file, { workerData, resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    worker.on('message', (answer: BoundedAnswer) => {
      if (worker === this.#worker) this.#receive(answer);
    });
    const gone = (error: unknown): void => {
      if (worker !== this.#worker) return;
      const isMemory = (error as { readonly code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#fail(isMemory ? this.#overrun('memory') : error);
    };
    worker.on('error', gone);
    worker.on('exit', () => {
      gone(new Error('A thread ended by itself.'));
    });
    return worker;
  }

  #receive(answer: BoundedAnswer): void {
    const one = this.#settle();
    if (answer.type === 'answer') one?.resolve(deserialize(answer.bytes));
    else if (answer.type === 'too-large') one?.reject(this.#overrun('answer'));
    else if (answer.type === 'failed') one?.reject(new Failed(answer.failure));
    else one?.reject(new Error(answer.message));
  }

  /** The current order is over; the next one has its turn after whoever asked has heard. */
  #settle(): Order | undefined {
    const one = this.#current;
    this.#current = undefined;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    queueMicrotask(() => {
      this.#next();
    });
    return one;
  }

  #takeBack(one: Order): void {
    const place = this.#waiting.indexOf(one);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      one.reject(takenBack());
    } else if (one === this.#current) this.#fail(takenBack());
  }

  /** Ends the thread and the order it is at. */
  #fail(error: unknown): void {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker !== undefined) {
      this.#gone = endWorker(worker).then(() => {
        this.#gone = undefined;
        this.#next();
      });
    }
    this.#settle()?.reject(error);
  }

  #overrun(why: Overrun): Failed {
    return this.#options.overrun?.(why) ?? new Failed({ code: 'too-large', message: OVERRUN[why] });
  }
}

const OVERRUN: Readonly<Record<Overrun, string>> = {
  time: 'It takes too long to read this.',
  memory: 'This needs too much memory to be read.',
  answer: 'What this holds is too large to be shown.',
};
const closing = (): Failed => new Failed({ code: 'cancelled', message: 'The app is closing.' });
const takenBack = (): Failed => new Failed({ code: 'cancelled', message: 'Cancelled.' });
