import type { FailureCode } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import { turns } from '../../lib/turns.ts';
import { WorkerPool } from '../../lib/worker-pool.ts';
import { MAX_SPEC_LENGTH } from '../commands/resources/yaml-value.ts';
import { isPlainYaml } from './plain-yaml.ts';
import { READ, type Read, type ReadName } from './read-text.ts';

/** A spec of 1 MiB that Talos could have written takes some 200 ms. */
const DEADLINE_MS = 2_000;
const MAX_HEAP_MB = 256;
/** Longest wait for all texts of one answer that are read beside main, together, ms. */
const READING_MS = 10_000;
/** What the pool says of a text it gave up; all else is what reading it says. */
const GIVEN_UP: ReadonlySet<FailureCode> = new Set(['too-large', 'internal']);

/** Where the thread finds its code. */
export interface ClusterTextsOptions {
  /** The built main/operations/cluster-text/cluster-text-worker.ts, or that file itself. */
  readonly workerFile: URL | string;
  readonly clock: Clock;
}

/**
 * Reads text that clusters send, which may cost anything. Short and plain text is read on main's thread, in turns with
 * everybody else's; all other in a thread with limits, whose work is ended at its deadline and never done again. Without
 * options that other text is not read. Whoever makes it closes it.
 */
export class ClusterTexts {
  readonly #pool: WorkerPool<Read> | undefined;

  constructor(options?: ClusterTextsOptions) {
    this.#pool =
      options &&
      new WorkerPool<Read>({
        file: options.workerFile,
        threads: 1,
        maxHeapMb: MAX_HEAP_MB,
        deadlineMs: DEADLINE_MS,
        clock: options.clock,
      });
  }

  /** For the texts of one answer of one node, which share a limit of time. Takes its work back when the signal aborts. */
  reading(signal?: AbortSignal): TextReading {
    return new TextReading(this.#pool, signal);
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}

/** Texts of one answer. */
export class TextReading {
  readonly #pool: WorkerPool<Read> | undefined;
  readonly #signal: AbortSignal | undefined;
  #leftMs = READING_MS;
  /** One text took too long or too much: the others of the same sender are not tried. */
  #isSpent = false;
  #unread = 0;

  constructor(pool: WorkerPool<Read> | undefined, signal: AbortSignal | undefined) {
    this.#pool = pool;
    this.#signal = signal;
  }

  /** Texts that were given up, because they were too long, or reading them takes too long or too much memory. */
  get unread(): number {
    return this.#unread;
  }

  /** What READ of that name says of the text; undefined when it is given up, or is not what Talos writes. */
  async read<N extends ReadName>(name: N, ...args: Parameters<Read[N]>): Promise<ReturnType<Read[N]> | undefined> {
    type Answer = ReturnType<Read[N]>;
    const text = args.at(-1) as string;
    if (isPlainYaml(text)) {
      await turns.next();
      const read = READ[name] as (...args: readonly unknown[]) => Answer;
      return read(...args);
    }
    if (text.length > MAX_SPEC_LENGTH || this.#isSpent || this.#pool === undefined) return this.#giveUp();
    const limit = AbortSignal.timeout(Math.max(0, Math.ceil(this.#leftMs)));
    const signal = this.#signal === undefined ? limit : AbortSignal.any([this.#signal, limit]);
    const askedAt = performance.now();
    try {
      return await this.#pool.run(name, args, { signal });
    } catch (error) {
      this.#signal?.throwIfAborted();
      // A thread that cannot start or crashes, too: what is not read is said to be unread.
      if (!(error instanceof Failed) || isCancelled(error) || GIVEN_UP.has(error.failure.code)) this.#isSpent = true;
      return this.#giveUp();
    } finally {
      this.#leftMs -= performance.now() - askedAt;
    }
  }

  #giveUp(): undefined {
    this.#unread += 1;
    return undefined;
  }
}
