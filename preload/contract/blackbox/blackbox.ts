import type { AttentionItem } from '../health/attention.ts';
import type { Sample } from '../samples/samples.ts';
import type { TimelineEntry } from '../timeline/timeline.ts';

/** Largest black box that is opened. */
export const MOST_BLACK_BOX_BYTES = 32 * 1024 * 1024;

/** An item of the attention list as a black box has it: what it says, nothing that can be done. */
export type BoxedAttention = Pick<AttentionItem, 'severity' | 'title' | 'detail' | 'node' | 'sinceMs'>;

/** A failure of an endpoint or a run. */
export interface BoxedFailure {
  readonly atMs: number;
  /** The endpoint, or what was run. */
  readonly where: string;
  readonly message: string;
}

/** A machine, to call it by its name. */
export interface BoxedNode {
  readonly target: string;
  readonly hostname?: string;
  readonly role: 'controlplane' | 'worker' | 'unknown';
}

/** What a black box is about. */
export interface BlackBoxHead {
  /** What main calls it until another one is opened. */
  readonly id: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  /** Name of the context it was made of. */
  readonly cluster: string;
  /** Version of Minos that made it. */
  readonly version: string;
  readonly madeAtMs: number;
  readonly nodes: readonly BoxedNode[];
}

/** Items of stream `blackbox`. */
export type BlackBoxItem =
  | { readonly type: 'timeline'; readonly entries: readonly TimelineEntry[] }
  | { readonly type: 'attention'; readonly items: readonly BoxedAttention[] }
  | { readonly type: 'failures'; readonly failures: readonly BoxedFailure[] }
  /** Samples of one node, oldest first. */
  | { readonly type: 'samples'; readonly node: string; readonly samples: readonly Sample[] };
