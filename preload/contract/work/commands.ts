import type { RunColumn } from './cells.ts';

/** How an answer is drawn where it is no plain table; the texts are ids of columns. */
export type CommandPicture =
  /** One bar per row: `used` of `total`; or `share`, which was computed before those two were rounded. */
  | { readonly kind: 'bars'; readonly used: string; readonly total: string; readonly share?: string }
  /** Rows of one node are a tree: a row's parent is the one whose `id` equals its `parent`. */
  | {
      readonly kind: 'tree';
      readonly id: string;
      readonly parent: string;
      /** Drawn as a tree from the beginning, not only when asked for. */
      readonly isOpen?: true;
      /** A column of shares that is drawn as bars. */
      readonly share?: string;
    }
  /** What takes up how much, as a map one can walk: paths below the one that was asked, each with its size. Also a tree, by `parent`. */
  | { readonly kind: 'treemap'; readonly id: string; readonly parent: string; readonly size: string }
  /** Sockets: where each begins and ends and its state; columns `program` and `pod` where the run has them. */
  | { readonly kind: 'sockets'; readonly local: string; readonly foreign: string; readonly state: string }
  /** No rows: lines of text as they come, events `lines`. */
  | { readonly kind: 'lines' }
  /** Bytes that main saves where the user chooses: events `progress`, then rows of what was saved and what was left out. */
  | { readonly kind: 'bytes' };

/** What the page knows about a command before running it. */
export interface CommandSummary {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly RunColumn[];
  readonly params: readonly CommandParam[];
  /** One sentence: what the command shows. */
  readonly about?: string;
  /** What it stands under in the menu; commands of one group follow each other. */
  readonly group?: string;
  /** Words after `talosctl` that mean this command; the first is the one Minos writes. */
  readonly names?: readonly string[];
  readonly picture?: CommandPicture;
  /** Worth repeating by itself, this often, while somebody looks (a run is started anew each time). */
  readonly liveEveryMs?: number;
  /** A click on a row has something to show: `runs.detail`. */
  readonly hasDetail?: boolean;
}

/**
 * What a parameter takes. A flag is on or off; all others are text as talosctl takes it: `number` a whole number, `size`
 * bytes (or `10 MiB`, which becomes bytes), `duration` as Go writes it (`1h30m`), `path` one of the node, `list` items with
 * commas between, `lines` a text of several lines.
 */
export type ParamKind = 'text' | 'flag' | 'choice' | 'number' | 'size' | 'duration' | 'path' | 'list' | 'lines';

/** Something the user may fill in before a command runs. */
export interface CommandParam {
  readonly id: string;
  readonly title: string;
  readonly kind: ParamKind;
  /** What it may be; of a `list`, each of its items. */
  readonly choices?: readonly string[];
  /** The least a `number` may be. */
  readonly least?: number;
  /** What a `number` counts, such as `lines`. */
  readonly unit?: string;
  readonly required: boolean;
  readonly initial?: string | boolean;
  /** Never kept in the history: a re-run asks for it again. */
  readonly isSensitive?: boolean;
  /** Patches of machine configs, with a line between; those that are names of files are chosen by the user. */
  readonly isPatches?: true;
  /** Nobody types it: whoever opens the form says it. */
  readonly isGiven?: true;
  /** Values to offer while typing. `resource-types`: those of call `resources.types`. */
  readonly suggest?: 'resource-types';
}

/** A talosctl command line, understood. */
export interface TalosctlRun {
  /** Of a command that a run knows, or of one with a place of its own. */
  readonly command: string;
  /** The command has a place of its own, which this action opens, filled in; nothing runs by itself. */
  readonly opens?: { readonly action: string; readonly title: string };
  readonly params: Readonly<Record<string, string | boolean>>;
  /** As written after `-n`; empty when the line names none. */
  readonly nodes: readonly string[];
  readonly context?: string;
  /** What of the line has no effect in Minos, one sentence each. */
  readonly notes: readonly string[];
}

/** How a line of talosctl that is being typed may go on after its last sign. */
export interface TalosctlCompletion {
  /** The line up to the word that is typed last, as it was written. */
  readonly before: string;
  /** That word so far, or the last of its items between commas; an option replaces it. */
  readonly word: string;
  /** Words that begin with it, at most 50. */
  readonly options: readonly { readonly text: string; readonly about: string }[];
  /** What the word names, where only the page knows which there are. */
  readonly wants?: 'node' | 'context' | 'resource-type';
}
