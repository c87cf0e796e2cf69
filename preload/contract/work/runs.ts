import type { Failure } from '../failure.ts';
import type { CellValue, RunColumn } from './cells.ts';

/** Something worth saying about a whole run, such as versions that differ. */
export interface RunNote {
  readonly severity: 'info' | 'warning';
  /** One sentence. */
  readonly message: string;
  readonly nodes?: readonly string[];
}

/**
 * Items of stream `run`. The first is always `started`, the last `finished`. Columns are those of `started`: of some
 * commands (`get`) they are known only then.
 */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly runId: string;
      /** Counts the runs of its window, from 1. */
      readonly number: number;
      readonly nodes: readonly string[];
      readonly columns: readonly RunColumn[];
      /** The same as a talosctl command line. */
      readonly talosctl: string;
      readonly startedAtMs: number;
    }
  /** Asked through this endpoint, from the beginning: rows of the node that came before are void. */
  | { readonly type: 'calling'; readonly node: string; readonly endpoint: string }
  /** Lines of a command that is drawn as `lines`, without their ends, in order, before the node's `answered`. */
  | { readonly type: 'lines'; readonly node: string; readonly lines: readonly string[] }
  /** So many lines of this node are missing here: they came faster than the page took them. */
  | { readonly type: 'dropped'; readonly node: string; readonly count: number }
  /** The lines of this node broke off and go on through another endpoint; what was written meanwhile may be missing. */
  | {
      readonly type: 'gap';
      readonly node: string;
      readonly from: string;
      readonly to: string;
      readonly gapMs: number;
    }
  /**
   * Lines are followed, and nothing proves any more that the way to this node works: what is shown of it is as of `sinceMs`.
   * Sent again when the cause is another one.
   */
  | { readonly type: 'silent'; readonly node: string; readonly sinceMs: number; readonly failure: Failure }
  /** It answers again. */
  | { readonly type: 'alive'; readonly node: string }
  /**
   * Rows that come before the node's `answered`, in order, to be put before the rows of that. When `failed` comes instead, they
   * are what was told until then and not all.
   */
  | { readonly type: 'rows'; readonly node: string; readonly rows: readonly (readonly CellValue[])[] }
  /** So many bytes of this node are saved, of a command that is drawn as `bytes`; a few times a second. */
  | {
      readonly type: 'progress';
      readonly node: string;
      readonly bytes: number;
      /** Of the last second. */
      readonly bytesPerSecond: number;
    }
  | {
      readonly type: 'answered';
      readonly node: string;
      /** The endpoint that answered. */
      readonly endpoint: string;
      readonly durationMs: number;
      /** All rows, or the last ones when `rows` events came before. */
      readonly rows: readonly (readonly CellValue[])[];
      /** What the rows leave out or what was shortened, one sentence each. */
      readonly notes?: readonly string[];
    }
  | {
      readonly type: 'failed';
      readonly node: string;
      readonly endpoint?: string;
      readonly durationMs: number;
      readonly failure: Failure;
    }
  | {
      readonly type: 'finished';
      readonly ok: number;
      readonly failed: number;
      readonly cancelled: number;
      readonly durationMs: number;
      readonly notes?: readonly RunNote[];
    };

/** One run of the history (topic `runs.history`). */
export interface RunSummary {
  readonly runId: string;
  /** Counts the runs of its window, from 1. A run that repeats another one live has its number. */
  readonly number: number;
  /** The context's id. */
  readonly context: string;
  /** Its name in the file, to show. */
  readonly contextName: string;
  readonly command: string;
  readonly title: string;
  readonly nodeCount: number;
  /** The text the nodes were chosen with, if they were chosen by text. */
  readonly selection?: string;
  readonly talosctl: string;
  readonly startedAtMs: number;
  /** `broken`: the run itself failed, before any node was asked. */
  readonly state: 'running' | 'finished' | 'cancelled' | 'broken';
  readonly ok: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Missing while it runs. */
  readonly durationMs?: number;
  /** Why it is `broken`. */
  readonly failure?: Failure;
}

/** What to start again. Sensitive values are not in it. */
export interface RunAgain {
  readonly context: string;
  readonly command: string;
  readonly params: Readonly<Record<string, string | boolean>>;
  readonly nodes: readonly string[];
  readonly deadlineMs: number;
  readonly selection?: string;
  /** Parameters the user must enter again, because their values are not kept. */
  readonly missing: readonly string[];
}
