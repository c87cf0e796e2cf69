import type { Runtime } from '../runtime.ts';

/** What is measured: a built checkout and what runs it. */
export interface Subject {
  /** The repository, or with `--against` another checkout of it. */
  readonly root: string;
  readonly runtime: Runtime;
}

/** One number of a measure. */
export interface Figure {
  /** As the table and docs/performance.md call it: `main bundle evaluation`. */
  readonly name: string;
  readonly unit: 'lines' | 'ms' | 's' | 'MB' | '%' | '/s' | 'MiB/s' | 'MB/s' | '×';
  /** What Minos wants; a figure beyond it is marked, and `npm run bench` still ends with 0. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

/**
 * Something that `npm run bench` measures. It prepares what it needs inside `sample`, so that samples of two checkouts can
 * be taken in turn, and leaves nothing behind.
 */
export interface Measure {
  /** What is typed to run it alone: `npm run bench -- start`. */
  readonly name: string;
  readonly figures: readonly Figure[];
  /** Samples per checkout, unless `--rounds` says otherwise. */
  readonly rounds: number;
  /** One sample of every figure, in their order. */
  sample(subject: Subject): Promise<readonly number[]>;
}
