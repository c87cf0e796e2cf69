import type { Failure } from './failure.ts';

/** A cell value: main decides units and order, the page formats. */
export type CellValue = string | number | boolean | null;

export type ColumnKind = 'text' | 'number' | 'bytes' | 'duration' | 'time' | 'percent' | 'state';

export interface RunColumn {
  readonly id: string;
  /** Header as talosctl prints it; units in the header. */
  readonly title: string;
  readonly kind: ColumnKind;
}

/** What the page knows about a command before running it. */
export interface CommandSummary {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly RunColumn[];
  /** Roles of which any one suffices (static table of docs/talos-behaviour.md). */
  readonly roles: readonly string[];
  readonly params: readonly CommandParam[];
}

export interface CommandParam {
  readonly id: string;
  readonly title: string;
  readonly kind: 'text' | 'flag' | 'choice';
  readonly choices?: readonly string[];
  readonly required: boolean;
  readonly initial?: string | boolean;
}

/** Items of stream `run`. The first is always `started`, the last `finished`. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly runId: string;
      readonly nodes: readonly string[];
      readonly columns: readonly RunColumn[];
      /** The same as a talosctl command line. */
      readonly talosctl: string;
      readonly startedAtMs: number;
    }
  | { readonly type: 'calling'; readonly node: string; readonly endpoint: string }
  | {
      readonly type: 'answered';
      readonly node: string;
      /** The endpoint that answered. */
      readonly endpoint: string;
      readonly durationMs: number;
      readonly rows: readonly (readonly CellValue[])[];
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
    };
