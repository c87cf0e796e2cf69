import type {
  CellValue,
  CommandParam,
  CommandPicture,
  RowDetail,
  RunColumn,
  RunNote,
} from '../../../../preload/contract/index.ts';
import type { ReadPath } from '../../../talos/methods.ts';
import type { Caller, StreamItem } from '../../clusters/caller.ts';
import type { CollectedShare } from './collect.ts';

/** Parameters of a run as the page gave them, checked against the command's own list. */
export type CommandParams = Readonly<Record<string, string | boolean>>;

/** Cells of one line, in the order of the columns. The node itself is not a column. */
export type Row = readonly CellValue[];

/** A flag of talosctl's command. */
export interface TalosctlFlag {
  readonly long: string;
  readonly short?: string;
  readonly takesValue: boolean;
  /** May be given several times; its parameter has the values with commas between them. */
  readonly isRepeated?: true;
  /** The same for values that may have commas: how several are one text, and the words of a line again. */
  readonly several?: {
    readonly join: (texts: readonly string[]) => string;
    readonly split: (text: string) => readonly string[];
  };
  /** Its values come behind those of another flag for the same parameter, wherever it stands; that one is written. */
  readonly isLast?: true;
  /** What its parameter gets for a value. */
  readonly readAs?: (value: string) => string;
  /** Written at its default as well: talosctl has none. */
  readonly isAlwaysWritten?: true;
  /** What stands in a written line for a value that is no word, such as the text of a file. */
  readonly writtenAs?: string;
  /** The parameter it sets; without one the flag has no effect here. With a `note`, one that is read has none, and the note says why. */
  readonly param?: string;
  readonly note?: string;
  /** The line is understood and refused when it is on, with the sentence why: without it something else would be done. */
  readonly refused?: string;
}

/** How a parameter is written where that is not its value. */
export interface Spelling {
  /** `value` is empty when it was left out. */
  readonly write: (value: string) => string;
  readonly read: (word: string) => string;
}

/** How the command is written after `talosctl`; read in both directions. */
export interface TalosctlSyntax {
  /** The first is the one Minos writes, the others are aliases. Of several words: `etcd members`. */
  readonly names: readonly string[];
  /** What comes nearest, for a command that talosctl has not: written, never read. */
  readonly like?: string;
  /** Parameters as a line has them, where one takes the place of another. */
  written?(params: CommandParams): CommandParams;
  /** Parameters given by position, in order. */
  readonly positionals?: readonly string[];
  /** The parameter, a list, that takes whatever words stand after them. */
  readonly rest?: string;
  readonly flags?: readonly TalosctlFlag[];
  /** Parameters given by position whose words are no values of theirs: `copy /etc -` asks for an archive. */
  readonly spelled?: Readonly<Record<string, Spelling>>;
  /** Whether the words after the name are for this command, where another one has the same name. */
  claims?(operands: readonly string[]): boolean;
  /** talosctl takes further words and ignores them. */
  readonly ignoresMore?: true;
  /** A positional word that is understood and refused, with the sentence why: `service etcd restart` changes something. */
  refuse?(position: number, word: string): string | undefined;
}

/**
 * A command of talosctl that has a place of its own in Minos instead of a run: a pasted line opens it, filled in, and
 * nothing runs by itself.
 */
export interface PlacedCommand {
  readonly id: string;
  readonly title: string;
  /** The action of the page that opens the place. */
  readonly opens: string;
  /** It changes machines: a line has to name them. */
  readonly isDeed?: true;
  readonly params: readonly CommandParam[];
  readonly syntax: TalosctlSyntax;
  /** As that of a command. */
  check?(params: CommandParams): void;
}

/** The calls of one node. */
export interface AskOptions {
  /** What is left of the run's at the moment: who calls several times looks anew each time. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Told at each try which endpoint is asked. */
  readonly onEndpoint: (endpoint: string) => void;
  /** Asked before a large answer is decoded: only one of a run is in memory at a time. */
  readonly beforeLarge?: () => Promise<void>;
  /** Where lists that are kept are counted, for all nodes of the run together. */
  readonly share?: CollectedShare;
}

/** What a run asks before its first node. */
export interface PrepareRequest {
  readonly connection: Caller;
  readonly nodes: readonly string[];
  readonly params: CommandParams;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** One node's answer that is told while it comes. */
export interface ComingAnswer {
  /** Some at a time, to be read once; whoever stops before the end calls `return`. Throws what the stream throws. */
  readonly rows: AsyncIterator<Iterable<Row>, unknown>;
  /** What has come so far, whole once the rows have ended: for notes and details. */
  readonly answer: unknown;
}

/** What every prepared command knows of its answers. */
interface Prepared {
  readonly columns: readonly RunColumn[];
  /** Sentences about what the rows leave out. */
  notes?(answer: unknown): readonly string[];
  /** More about the row with this number. */
  detail?(answer: unknown, row: number, node: string): RowDetail | undefined;
}

/** Its answer is there as a whole before the first row is made. */
export interface AskedCommand extends Prepared {
  /** Asks one node. Resolves with the message, or the list of messages of a stream. */
  ask(node: string, options: AskOptions): Promise<unknown>;
  /** Rows of that answer. May be lazy; the same answer gives the same rows. Never throws for what a node can send. */
  rows(answer: unknown, node: string): Iterable<Row> | AsyncIterable<Row>;
  readonly come?: undefined;
}

/** Its rows are told one after the other while the node still sends. */
export interface ComingCommand extends Prepared {
  /** Asks one node; nothing is sent before the first row is wanted. */
  come(node: string, options: AskOptions): ComingAnswer;
  readonly ask?: undefined;
}

/** A command ready to be asked of every node of one run. */
export type PreparedCommand = AskedCommand | ComingCommand;

/** What every command says of itself, whatever its answers look like. */
interface Described {
  readonly id: string;
  /** As buttons name it. */
  readonly title: string;
  /** One sentence: what it shows. */
  readonly about: string;
  /** The method that decides who may run it. */
  readonly method: ReadPath;
  /** Columns as far as they are known before the run. */
  readonly columns: readonly RunColumn[];
  readonly params: readonly CommandParam[];
  readonly syntax: TalosctlSyntax;
  readonly picture?: CommandPicture;
  /** Refuses parameters that do not go together, or say nothing. Throws Failed `invalid` naming the field. */
  check?(params: CommandParams): void;
}

/** A command whose answers are rows: made by `unaryCommand`, or written out where it asks several things (`get`). */
export interface RowsCommand extends Described {
  readonly shape: 'rows';
  readonly liveEveryMs?: number;
  readonly hasDetail: boolean;
  /**
   * The one thing these parameters name, with its kind: `service etcd`. A run that finds it on none of its nodes has failed;
   * undefined when they name nothing.
   */
  wanted?(params: CommandParams): string | undefined;
  prepare(request: PrepareRequest): Promise<PreparedCommand>;
  /** What is worth saying about all answers together. */
  conclude?(answers: ReadonlyMap<string, readonly Row[]>): readonly RunNote[];
}

/** A command whose answers are lines of text as they come: made by `linesCommand`. */
export interface LinesCommand extends Described {
  readonly shape: 'lines';
  /** Stays open for what comes next, without a deadline. */
  follows(params: CommandParams): boolean;
  /** The bytes of one node, cut anywhere, with marks where they went on through another endpoint. Throws what calls throw. */
  open(caller: Caller, params: CommandParams, call: LinesCall): AsyncIterable<StreamItem<Uint8Array>>;
}

/** What a save dialog suggests for the bytes of a command. */
export interface ByteSuggestion {
  readonly name: string;
  /** Without the dot; missing for a folder. */
  readonly extension?: string;
  readonly title: string;
}

/** A command whose answer is bytes of one node, which go to a file or folder of the user's: made by `bytesCommand`. */
export interface BytesCommand extends Described {
  readonly shape: 'bytes';
  /**
   * What becomes of the bytes: kept as they are; kept once a snapshot of etcd is proved whole; kept, and read as a database of etcd; extracted
   * from a .tar.gz.
   */
  kept(params: CommandParams): 'file' | 'snapshot' | 'database' | 'folder';
  suggest(
    params: CommandParams,
    place: { readonly context: string; readonly node: string; readonly atMs: number },
  ): ByteSuggestion;
  /** What is worth knowing of what was saved, asked beside it; nothing when it cannot be told. */
  warn?(caller: Caller, call: LinesCall): Promise<string | undefined>;
  /** The bytes of one node in pieces. Throws what calls throw, and Failed for what the node says instead of bytes. */
  open(caller: Caller, params: CommandParams, call: LinesCall): AsyncIterable<Uint8Array>;
}

/** One node's stream of text or bytes. */
export interface LinesCall {
  readonly node: string;
  /** Some of it came before, over another way: only what is written from now on. Default false. */
  readonly goesOn?: boolean;
  /** `Infinity` for one that follows. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Told at each try which endpoint is asked. */
  readonly onEndpoint: (endpoint: string) => void;
}

/**
 * One command: what it calls on every node, how the answer becomes rows or lines, and what it looks like. Everything about
 * a command stands in its definition, so the next one is one small file in its group.
 */
export type CommandDefinition = RowsCommand | LinesCommand | BytesCommand;

/** Whatever a line of talosctl may name. */
export type Writable = Pick<PlacedCommand, 'id' | 'title' | 'params' | 'syntax' | 'check'> &
  Partial<Pick<PlacedCommand, 'opens' | 'isDeed'>>;
