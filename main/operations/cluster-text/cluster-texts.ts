import { BoundedWorker } from '../../lib/bounded-worker.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import { turns } from '../../lib/turns.ts';
import { MAX_SPEC_LENGTH } from '../commands/resources/yaml-value.ts';
import { isPlainYaml } from './plain-yaml.ts';
import { READ, type Read, type ReadName, type ReadOrder } from './read-text.ts';

/** A spec of 1 MiB that Talos could have written takes some 200 ms. */
const DEADLINE_MS = 2_000;
const MAX_HEAP_MB = 256;
/** Longest wait for all texts of one answer that are read beside main, together, ms. */
const READING_MS = 10_000;

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
  readonly #worker: BoundedWorker | undefined;

  constructor(options?: ClusterTextsOptions) {
    this.#worker =
      options &&
      new BoundedWorker({
        file: options.workerFile,
        maxHeapMb: MAX_HEAP_MB,
        deadlineMs: DEADLINE_MS,
        clock: options.clock,
      });
  }

  /** For the texts of one answer of one node, which share a limit of time. Takes its work back when the signal aborts. */
  reading(signal?: AbortSignal): TextReading {
    return new TextReading(this.#worker, signal);
  }

  async close(): Promise<void> {
    await this.#worker?.close();
  }
}

/** Texts of one answer. */
export class TextReading {
  readonly #worker: BoundedWorker | undefined;
  readonly #signal: AbortSignal | undefined;
  #leftMs = READING_MS;
  /** One text took too long or too much: the others of the same sender are not tried. */
  #isSpent = false;
  #unread = 0;

  constructor(worker: BoundedWorker | undefined, signal: AbortSignal | undefined) {
    this.#worker = worker;
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
    if (text.length > MAX_SPEC_LENGTH || this.#isSpent || this.#worker === undefined) return this.#giveUp();
    const limit = AbortSignal.timeout(Math.max(0, Math.ceil(this.#leftMs)));
    const signal = this.#signal === undefined ? limit : AbortSignal.any([this.#signal, limit]);
    const askedAt = performance.now();
    try {
      return await this.#worker.ask<Answer>({ name, args } satisfies ReadOrder, { signal });
    } catch (error) {
      this.#signal?.throwIfAborted();
      // The thread cannot start, too: what is not read is said to be unread.
      if (!(error instanceof Failed) || isCancelled(error) || error.failure.code === 'too-large') this.#isSpent = true;
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
