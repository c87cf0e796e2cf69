import type { Failure } from '../failure.ts';

/**
 * How one check of a health check stands. `not-run`: this kind of health check leaves it out, or the end came before it;
 * its text says which.
 */
export type CheckState = 'waiting' | 'running' | 'ok' | 'skipped' | 'failed' | 'not-run';

/** One check, as it was last told. */
export interface CheckStep {
  /** As Talos names it, such as `etcd to be healthy`; unique within a health check. */
  readonly name: string;
  readonly state: CheckState;
  /** What it waits for, why it failed or was left out; one sentence or a few lines of a node. */
  readonly text?: string;
  /** Epoch milliseconds of its first try; missing while it waits for its turn. */
  readonly sinceMs?: number;
  /** Epoch milliseconds of its end. */
  readonly endedAtMs?: number;
}

/** Items of stream `checks`: first `started`, last `finished`. */
export type CheckEvent =
  | {
      readonly type: 'started';
      /** The node that was asked. */
      readonly node: string;
      /** All checks known beforehand, in their order; others may come. */
      readonly steps: readonly CheckStep[];
      readonly startedAtMs: number;
      /** When it gives up, epoch milliseconds. */
      readonly untilMs: number;
      /** The same as a talosctl command line. */
      readonly talosctl: string;
      /** Command lines of what Minos does not do itself, each with the reason. */
      readonly only: readonly { readonly talosctl: string; readonly why: string }[];
    }
  /** The nodes it is about; a node that goes through the list itself does not say which are control planes. */
  | { readonly type: 'nodes'; readonly nodes: readonly string[]; readonly controlPlanes?: readonly string[] }
  | { readonly type: 'step'; readonly step: CheckStep }
  | {
      readonly type: 'finished';
      /** `healthy`: every check that was run passed. */
      readonly state: 'healthy' | 'unhealthy';
      readonly endedAtMs: number;
      /** Why it is not. */
      readonly failure?: Failure;
    };
