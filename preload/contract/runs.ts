import type { Failure } from './failure.ts';

/** A cell value: main decides units and order, the page formats. */
export type CellValue = string | number | boolean | null;

/**
 * What a number of a column means: `bytes` in bytes, `duration` in milliseconds, `time` as epoch milliseconds, `percent`
 * as a share of 1, `id` a number that names something, such as a process, and is never grouped. A whole number of more than 53 bits comes as its digits, a string, in any kind.
 */
export type ColumnKind = 'text' | 'number' | 'id' | 'bytes' | 'duration' | 'time' | 'percent' | 'state';

export interface RunColumn {
  readonly id: string;
  /** Header as talosctl prints it; units in the header. */
  readonly title: string;
  readonly kind: ColumnKind;
  /** Unit of the numbers where neither title nor kind says it, such as `MiB`. To be shown in the header. */
  readonly unit?: string;
  /** Not in talosctl's table: hidden until the user chooses it. */
  readonly isExtra?: boolean;
}

/** How an answer can be drawn besides the table; the texts are ids of columns. */
export type CommandPicture =
  /** One bar per row: `used` of `total`; or `share`, which was computed before those two were rounded. */
  | { readonly kind: 'bars'; readonly used: string; readonly total: string; readonly share?: string }
  /** Rows of one node are a tree: a row's parent is the one whose `id` equals its `parent`. */
  | { readonly kind: 'tree'; readonly id: string; readonly parent: string };

/** What the page knows about a command before running it. */
export interface CommandSummary {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly RunColumn[];
  readonly params: readonly CommandParam[];
  /** One sentence: what the command shows. */
  readonly about?: string;
  /** Words after `talosctl` that mean this command; the first is the one Minos writes. */
  readonly names?: readonly string[];
  readonly picture?: CommandPicture;
  /** Worth repeating by itself, this often, while somebody looks (a run is started anew each time). */
  readonly liveEveryMs?: number;
  /** A click on a row has something to show: `runs.detail`. */
  readonly hasDetail?: boolean;
}

export interface CommandParam {
  readonly id: string;
  readonly title: string;
  readonly kind: 'text' | 'flag' | 'choice';
  readonly choices?: readonly string[];
  readonly required: boolean;
  readonly initial?: string | boolean;
  /** Never kept in the history: a re-run asks for it again. */
  readonly isSensitive?: boolean;
  /** Values to offer while typing. `resource-types`: those of call `resources.types`. */
  readonly suggest?: 'resource-types';
}

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
      /** Counts the runs of this session, from 1. */
      readonly number: number;
      readonly nodes: readonly string[];
      readonly columns: readonly RunColumn[];
      /** The same as a talosctl command line. */
      readonly talosctl: string;
      readonly startedAtMs: number;
    }
  | { readonly type: 'calling'; readonly node: string; readonly endpoint: string }
  /** Rows of a large answer that come before its `answered`, in order; to be put before the rows of `answered`. */
  | { readonly type: 'rows'; readonly node: string; readonly rows: readonly (readonly CellValue[])[] }
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
  /** Counts the runs of this session, from 1. A run that repeats another one live has its number. */
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

/** The message of one node as JSON, cut at 1 Mi characters. */
export interface RawAnswer {
  readonly json: string;
  readonly isCut: boolean;
}

/** More about one row. */
export interface RowDetail {
  readonly title: string;
  /** Its parts hold secrets: to be drawn only when asked for. */
  readonly isSensitive?: boolean;
  readonly parts: readonly DetailPart[];
}

export type DetailPart =
  | { readonly kind: 'fields'; readonly fields: readonly DetailField[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly RunColumn[];
      readonly rows: readonly (readonly CellValue[])[];
    }
  /** Text to be shown as it is, cut at 1 Mi characters. */
  | { readonly kind: 'text'; readonly language: 'yaml' | 'plain'; readonly text: string; readonly isCut: boolean };

export interface DetailField {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly value: CellValue;
  readonly unit?: string;
}

/** A result as text. `table` is aligned as talosctl prints it. */
export const RUN_TEXT_FORMATS = ['csv', 'json', 'yaml', 'table'] as const;
export type RunTextFormat = (typeof RUN_TEXT_FORMATS)[number];

/** Where a saved file went: its name only, never its path. */
export type Saved = { readonly isSaved: true; readonly name: string } | { readonly isSaved: false };

/** A talosctl command line, understood. */
export interface TalosctlRun {
  readonly command: string;
  readonly params: Readonly<Record<string, string | boolean>>;
  /** As written after `-n`; empty when the line names none. */
  readonly nodes: readonly string[];
  readonly context?: string;
  /** What of the line has no effect in Minos, one sentence each. */
  readonly notes: readonly string[];
}

/** A resource type a cluster has, for completion of `get`. */
export interface ResourceTypeSummary {
  /** `Members.cluster.talos.dev`. */
  readonly type: string;
  readonly namespace: string;
  /** Everything that may be typed for it. */
  readonly aliases: readonly string[];
  /** Its resources hold secrets, and only os:admin may read them. */
  readonly isSensitive: boolean;
  /** Why this certificate may not read it, one sentence. */
  readonly refused?: string;
}

/**
 * Items of stream `watch`: resources of one type as they change. When the page is slow, only the newest state of each
 * resource is kept; that is no loss. The first item is `columns`.
 */
export type WatchItem =
  | {
      readonly type: 'columns';
      readonly columns: readonly RunColumn[];
      readonly resourceType: string;
      readonly namespace: string;
      readonly talosctl: string;
    }
  /** The watch of a node stands (again); what it had before is forgotten, everything comes anew. */
  | { readonly type: 'reset'; readonly node: string; readonly endpoint?: string }
  /** `set`: the resource is like this now. `gone`: it was destroyed. */
  | {
      readonly type: 'set' | 'gone';
      readonly node: string;
      /** Unique within the node: namespace and id. */
      readonly key: string;
      readonly cells: readonly CellValue[];
      /** True for what was there when the watch began. */
      readonly isInitial: boolean;
    }
  /** Everything that was there when the watch began has come. */
  | { readonly type: 'complete'; readonly node: string }
  /** The watch continued from where it was, through another endpoint or the same. */
  | {
      readonly type: 'gap';
      readonly node: string;
      readonly from: string;
      readonly to: string;
      readonly gapMs: number;
    }
  /**
   * Nothing proves any more that the way to this node works: what is shown of it is as of `sinceMs`. The watch goes on trying.
   * Sent again when the cause is another one.
   */
  | { readonly type: 'silent'; readonly node: string; readonly sinceMs: number; readonly failure?: Failure }
  /** It answers again. What it had to tell meanwhile follows. */
  | { readonly type: 'alive'; readonly node: string }
  /** This node's watch has ended, since asking again would not help; the others go on. */
  | { readonly type: 'failed'; readonly node: string; readonly failure: Failure };
