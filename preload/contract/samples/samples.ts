import type { Failure } from '../failure.ts';

/**
 * What is measured of a node, in the order in which the values of a sample stand. Shares are 0 to 1 of the interval; rates are
 * per second over the interval; `loadN` are the kernel's; the last four are counts.
 */
export const METRICS = [
  'cpu',
  'cpuUser',
  'cpuNice',
  'cpuSystem',
  'cpuIrq',
  'cpuIowait',
  'cpuSteal',
  'cpuIdle',
  'memory',
  'memoryUsedBytes',
  'memoryTotalBytes',
  'load1',
  'load5',
  'load15',
  'rxBytesPerSecond',
  'txBytesPerSecond',
  'readBytesPerSecond',
  'writeBytesPerSecond',
  'contextSwitchesPerSecond',
  'processesCreatedPerSecond',
  'processesRunning',
  'processesBlocked',
] as const;

/** One of {@link METRICS}. */
export type Metric = (typeof METRICS)[number];

/** How often nodes may be measured. */
export const SAMPLE_EVERY_MS = [1000, 3000, 10_000] as const;

/** Most nodes of one stream `samples`. */
export const MOST_SAMPLED_NODES = 60;

/** What a node was like over an interval that ended at `atMs`. */
export interface Sample {
  readonly atMs: number;
  /** Length of the interval; 0 when there is nothing before it to compare with, so that it has no rates and shares. */
  readonly spanMs: number;
  /** In the order of METRICS; null: not known. */
  readonly values: readonly (number | null)[];
}

/** A process by the processor time it took in the last interval. */
export interface TopProcess {
  readonly pid: number;
  /** As the kernel writes it: `S`. */
  readonly state: string;
  readonly threads: number;
  /** Share of one processor, 0 to the number of processors. */
  readonly cpu: number;
  /** Resident memory as a share of all. */
  readonly memory: number | null;
  readonly virtualBytes: number;
  readonly residentBytes: number;
  /** Processor time it took since it began, seconds. */
  readonly cpuSeconds: number;
  readonly command: string;
}

/** Items of stream `samples`. Those that were kept come first, oldest first for each node. */
export type SampleItem =
  /** Samples of one node, oldest first. */
  | { readonly type: 'samples'; readonly node: string; readonly samples: readonly Sample[] }
  /** The clock of this computer was set: the samples of this node that were told before were taken later by so much. */
  | { readonly type: 'moved'; readonly node: string; readonly byMs: number }
  /** Nothing could be measured since `sinceMs`, the first time that it failed. Sent again when the cause is another one. */
  | { readonly type: 'missing'; readonly node: string; readonly sinceMs: number; readonly failure: Failure }
  /** Processes of the node that was asked for, largest share first; `count` of all. */
  | {
      readonly type: 'processes';
      readonly node: string;
      readonly atMs: number;
      readonly count: number;
      readonly top: readonly TopProcess[];
      /** Why they are not known. */
      readonly failure?: Failure;
    };
