import { deserialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock.ts';
import { endThread } from './end-thread.ts';
import { Failed } from './failed.ts';
import type { JobAnswer, JobMessage } from './job-messages.ts';

/** Why a job was given up: time, memory, an answer too large to hand over, or a thread that crashed or cannot start. */
export type Overrun = 'time' | 'memory' | 'answer' | 'crash';

/** Options of {@link PooledThread}. */
export interface PooledThreadOptions {
  /** The built file of the thread, or its source; it calls {@link serveJobs}. */
  readonly file: URL | string;
  readonly workerData?: unknown;
  /** Most memory of the thread's heap, MB. */
  readonly maxHeapMb: number;
  /** Longest time for one message, ms. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  /** The words for a job that was given up; `cause` is what the thread failed with. */
  readonly overrun: (why: Overrun, cause?: unknown) => Failed;
}

/** No further part. */
export const NO_MORE = Symbol('no more');

/**
 * One thread that answers one message at a time. What passes the deadline or the memory, and what is taken back, ends the
 * thread. It keeps the process alive only while it is at something. Whoever makes it ends it.
 */
export class PooledThread {
  readonly #options: PooledThreadOptions;
  readonly #worker: Worker;
  readonly #gone = Promise.withResolvers<void>();
  #waiting: PromiseWithResolvers<unknown> | undefined;
  #stopTimer: (() => void) | undefined;
  /** Why there will be no further answer. */
  #over: { readonly why: unknown } | undefined;

  /** Throws when no thread can be started. */
  constructor(options: PooledThreadOptions) {
    this.#options = options;
    const { file, workerData, maxHeapMb } = options;
    this.#worker = new Worker(file, { workerData, resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    this.#worker.unref();
    this.#worker.on('message', (answer: JobAnswer) => {
      this.#receive(answer);
    });
    this.#worker.on('error', (error: unknown) => {
      const isMemory = (error as { readonly code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.end(options.overrun(isMemory ? 'memory' : 'crash', error));
    });
    this.#worker.on('exit', () => {
      this.end(options.overrun('crash', new Error('A thread ended by itself.')));
      this.#gone.resolve();
    });
  }

  /** Resolves when the thread is gone, whatever ended it. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** It was ended or ended itself, and takes no further message. */
  get isOver(): boolean {
    return this.#over !== undefined;
  }

  /**
   * The value the thread answers with, or NO_MORE. Rejects with the Failed the thread threw, the words for what was given
   * up, what the thread was ended with, and an Error for a mistake of ours. A signal that aborts ends the thread.
   */
  async ask(
    message: JobMessage,
    transfer: readonly ArrayBuffer[] = [],
    signal: AbortSignal | undefined = undefined,
  ): Promise<unknown> {
    if (this.#over !== undefined) throw this.#over.why;
    throwIfTakenBack(signal);
    const onAbort = (): void => {
      this.end(takenBack());
    };
    this.#worker.postMessage(message, transfer);
    this.#waiting = Promise.withResolvers<unknown>();
    this.#worker.ref();
    this.#stopTimer = this.#options.clock.after(this.#options.deadlineMs, () => {
      this.end(this.#options.overrun('time'));
    });
    signal?.addEventListener('abort', onAbort);
    try {
      return await this.#waiting.promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Drops what is left of an answer in parts. */
  drop(): void {
    this.#worker.postMessage({ type: 'drop' } satisfies JobMessage);
  }

  /** Ends the thread softly; what it is at is rejected with `why`. */
  end(why: unknown): void {
    if (this.#over !== undefined) return;
    this.#over = { why };
    this.#settle()?.reject(why);
    void endThread(this.#worker);
  }

  #receive(answer: JobAnswer): void {
    if (answer.type === 'value') {
      const value: unknown = deserialize(answer.bytes);
      this.#settle()?.resolve(value);
    } else if (answer.type === 'no-more') this.#settle()?.resolve(NO_MORE);
    else if (answer.type === 'too-large') this.#settle()?.reject(this.#options.overrun('answer'));
    else if (answer.type === 'failed') this.#settle()?.reject(new Failed(answer.failure));
    else this.#settle()?.reject(new Error(answer.message));
  }

  #settle(): PromiseWithResolvers<unknown> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#worker.unref();
    return waiting;
  }
}

/** The failure of a job that was taken back. */
export const takenBack = (): Failed => new Failed({ code: 'cancelled', message: 'Cancelled.' });

/** Throws {@link takenBack} for a signal that is aborted. */
export function throwIfTakenBack(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw takenBack();
}
