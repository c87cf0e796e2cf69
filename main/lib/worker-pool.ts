import { Failed } from './failed.ts';
import { PLAIN, type Crossing, type JobMessage, type JobTable } from './job-messages.ts';
import {
  NO_MORE,
  PooledThread,
  takenBack,
  throwIfTakenBack,
  type Overrun,
  type PooledThreadOptions,
} from './pooled-thread.ts';

export type { Overrun } from './pooled-thread.ts';

/** A thread that has had nothing to do for so long ends, ms. */
const IDLE_MS = 60_000;

/** Options of {@link WorkerPool}. Its file calls {@link serveJobs} with the table of jobs. */
export interface WorkerPoolOptions extends Omit<PooledThreadOptions, 'overrun'> {
  /** Most threads at once, those that are just ending included. */
  readonly threads: number;
  /** Default one minute. */
  readonly idleMs?: number;
  /** The same as the thread's. Default: arguments and answers are plain data. */
  readonly crossing?: Crossing;
  /** The words for a job that was given up. Default: that what was given is too large. */
  readonly overrun?: PooledThreadOptions['overrun'];
}

/** Options of a job. */
export interface JobOptions<Args> {
  /** Takes the job back: one that waits is not begun, a whole one that is being done ends its thread. */
  readonly signal?: AbortSignal;
  /** Buffers of the arguments that are moved instead of copied. */
  readonly transfer?: (args: Args) => readonly ArrayBuffer[];
}

/** Arguments of a job, or what makes them when its turn comes: a copy then does not wait in memory. */
type Given<Args> = Args | (() => Args);

/** What a job answers part after part. */
type PartOf<Answer> = Answer extends Iterator<infer Part, unknown> ? Part : never;

/**
 * Threads for work of unknown size: a bounded number of them does jobs in the order they are asked for, each with a
 * deadline from when its turn comes and a limit of memory. A job that passes one of these, or is taken back, ends its
 * thread, is rejected, and is never done again, here or there; those behind it have not begun and go on in a new thread. A
 * thread starts with the first job that needs it, ends when it was idle for a while, and does not keep the process alive.
 * Whoever makes the pool closes it.
 */
export class WorkerPool<Jobs extends JobTable> {
  readonly #options: WorkerPoolOptions;
  readonly #crossing: Crossing;
  /** All of them, those that are ending included: there are never more than allowed. */
  readonly #threads = new Set<PooledThread>();
  /** With what cancels their end. */
  readonly #idle = new Map<PooledThread, () => void>();
  readonly #waiting: PromiseWithResolvers<PooledThread>[] = [];
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#crossing = options.crossing ?? PLAIN;
  }

  /**
   * The answer of a job. Rejects with the Failed the job threw, `too-large` for what passes a bound, `cancelled` when taken
   * back or closed, `internal` (or what `overrun` says) for a thread that crashes or cannot start, and an Error for a
   * mistake of ours.
   */
  async run<Name extends keyof Jobs & string>(
    name: Name,
    args: Given<Parameters<Jobs[Name]>>,
    { signal, transfer }: JobOptions<Parameters<Jobs[Name]>> = {},
  ): Promise<ReturnType<Jobs[Name]>> {
    const thread = this.#free(signal) ?? (await this.#wait(signal));
    try {
      const message = this.#message('whole', name, args, transfer);
      const value = await thread.ask(...message, signal);
      return this.#crossing.fromWire(value) as ReturnType<Jobs[Name]>;
    } finally {
      this.#giveBack(thread);
    }
  }

  /**
   * The answer of a job that makes it in parts, each with the deadline of a job. The thread makes the next part while the
   * one before is used, if it is asked for it. Rejects as {@link run}; a job that is taken back is dropped after the part
   * the thread is at, and the thread goes on. Leaving the loop drops the rest.
   */
  async *parts<Name extends keyof Jobs & string>(
    name: Name,
    args: Given<Parameters<Jobs[Name]>>,
    { signal, transfer }: JobOptions<Parameters<Jobs[Name]>> = {},
  ): AsyncGenerator<PartOf<ReturnType<Jobs[Name]>>, void, void> {
    const thread = this.#free(signal) ?? (await this.#wait(signal));
    let isDone = false;
    try {
      throwIfTakenBack(signal);
      let part = await thread.ask(...this.#message('parts', name, args, transfer));
      while (part !== NO_MORE) {
        throwIfTakenBack(signal);
        yield this.#crossing.fromWire(part) as PartOf<ReturnType<Jobs[Name]>>;
        throwIfTakenBack(signal);
        part = await thread.ask({ type: 'next' });
      }
      isDone = true;
    } finally {
      if (!isDone) thread.drop();
      this.#giveBack(thread);
    }
  }

  /** Ends the threads; what waits and what is being done is rejected. Resolves when they are gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const one of this.#waiting.splice(0)) one.reject(closing());
    for (const cancelEnd of this.#idle.values()) cancelEnd();
    this.#idle.clear();
    const threads = [...this.#threads];
    for (const thread of threads) thread.end(closing());
    await Promise.all(threads.map((thread) => thread.gone));
  }

  #message<Args extends readonly unknown[]>(
    type: 'whole' | 'parts',
    name: string,
    given: Given<Args>,
    transfer: JobOptions<Args>['transfer'],
  ): [JobMessage, readonly ArrayBuffer[]] {
    const args = typeof given === 'function' ? given() : given;
    return [{ type, name, args: this.#crossing.toWire(args) }, transfer?.(args) ?? []];
  }

  /** A thread that has nothing to do; undefined when there is none, nor may be. */
  #free(signal: AbortSignal | undefined): PooledThread | undefined {
    if (this.#isClosed) throw closing();
    throwIfTakenBack(signal);
    return this.#nextIdle() ?? this.#start();
  }

  /** The next thread that has nothing to do, in the order of asking. */
  async #wait(signal: AbortSignal | undefined): Promise<PooledThread> {
    const one = Promise.withResolvers<PooledThread>();
    this.#waiting.push(one);
    const onAbort = (): void => {
      const place = this.#waiting.indexOf(one);
      if (place >= 0) this.#waiting.splice(place, 1);
      one.reject(takenBack());
    };
    signal?.addEventListener('abort', onAbort);
    try {
      return await one.promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #giveBack(thread: PooledThread): void {
    if (thread.isOver) return;
    const next = this.#waiting.shift();
    if (next !== undefined) return next.resolve(thread);
    const cancelEnd = this.#options.clock.after(this.#options.idleMs ?? IDLE_MS, () => {
      this.#idle.delete(thread);
      thread.end(closing());
    });
    this.#idle.set(thread, cancelEnd);
  }

  #nextIdle(): PooledThread | undefined {
    for (const [thread, cancelEnd] of this.#idle) {
      if (thread.isOver) continue;
      this.#idle.delete(thread);
      cancelEnd();
      return thread;
    }
    return undefined;
  }

  /** Undefined when there are as many as there may be. Throws when none can be started. */
  #start(): PooledThread | undefined {
    if (this.#threads.size >= this.#options.threads) return undefined;
    const thread = this.#make();
    this.#threads.add(thread);
    void thread.gone.then(() => {
      this.#threads.delete(thread);
      // One that crashed while it was idle.
      this.#idle.get(thread)?.();
      this.#idle.delete(thread);
      this.#startForWaiting();
    });
    return thread;
  }

  #make(): PooledThread {
    const overrun = this.#options.overrun ?? tooMuch;
    try {
      return new PooledThread({ ...this.#options, overrun });
    } catch (error) {
      throw overrun('crash', error);
    }
  }

  #startForWaiting(): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#isClosed) return;
    try {
      const thread = this.#start();
      if (thread === undefined) return;
      this.#waiting.shift();
      next.resolve(thread);
    } catch (error) {
      this.#waiting.shift();
      next.reject(error);
      this.#startForWaiting();
    }
  }
}

const OVERRUN: Readonly<Record<Overrun, string>> = {
  time: 'It takes too long to read this.',
  memory: 'This needs too much memory to be read.',
  answer: 'What this holds is too large to be shown.',
  crash: 'The part of Minos that reads this ended unexpectedly.',
};

function tooMuch(why: Overrun, cause?: unknown): Failed {
  return new Failed({ code: why === 'crash' ? 'internal' : 'too-large', message: OVERRUN[why] }, cause);
}
const closing = (): Failed => new Failed({ code: 'cancelled', message: 'The app is closing.' });
