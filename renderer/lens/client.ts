import type { LensExportFormat, LensSourceState, LensSourceWish, Outcome } from '../../preload/contract/index.ts';
import type {
  LensFields,
  LensFilter,
  LensHeldEvent,
  LensMinimap,
  LensPlace,
  LensQuestions,
  LensRows,
  LensSearch,
  LensState,
  LensText,
  LensView,
} from './protocol.ts';

/** What a lens tells the page. Each is called from then on with the newest; nothing is told after `close`. */
export interface LensListener {
  readonly onState: (state: LensState) => void;
  readonly onRows: (rows: LensRows) => void;
  readonly onMinimap: (minimap: LensMinimap) => void;
  /** How the stream of a source is; `undefined` when it was removed. */
  readonly onSource: (source: number, state: LensSourceState | undefined) => void;
}

/** Which sources, and how much of what they wrote before. */
export interface LensAdding {
  readonly context: string;
  readonly sources: readonly LensSourceWish[];
  readonly follow: boolean;
  /** Lines of before per source; -1 for all. */
  readonly tail: number;
}

/** How an export goes on. */
export interface LensExportProgress {
  /** Rows written. */
  readonly done: number;
  /** Undefined until it is known: a search that goes on ends first. */
  readonly of: number | undefined;
}

/**
 * The log lens as the page sees it: it opens the streams, feeds the worker, and tells what is to be drawn. One per lens; whoever
 * makes it closes it.
 */
export interface LensClient {
  /** Follows these, too. Answers with their numbers, in order; at most 500 at a time. States are told to `onSource`. */
  add(adding: LensAdding): readonly number[];
  /** No longer follows a source; its lines stay. */
  remove(source: number): void;
  setFilter(filter: LensFilter): void;
  setSearch(search: LensSearch | undefined): void;
  /** Takes these into account: ms by node that its clock is ahead. Empty for none. */
  setSkew(skewMs: Readonly<Record<string, number>>): void;
  setView(view: LensView): void;
  /** Of so many buckets, told about once a second while something changes; `undefined` for none. */
  setMinimap(buckets: number | undefined): void;
  /** While it is not seen (a hidden tab or window), lines are taken seldom and nothing is told. */
  setSeen(isSeen: boolean): void;
  /** Forgets all lines; sources stay. */
  clear(): void;
  rowAt(timeMs: number): Promise<number>;
  /** See `hit` of {@link LensQuestions}. `number` counts hits from 1. */
  nextHit(fromRow: number, step: 1 | -1): Promise<LensQuestions['hit']['answer']>;
  placeOf(line: number): Promise<LensPlace>;
  fields(line: number): Promise<LensFields | undefined>;
  text(fromLine: number | undefined, toLine: number | undefined): Promise<LensText>;
  events(): Promise<readonly LensHeldEvent[]>;
  /**
   * Writes what is shown into a file that the user chooses. The outcome has the file's name, undefined when they closed the
   * dialog. Aborting leaves no file.
   */
  exportShown(
    format: LensExportFormat,
    suggestedName: string,
    onProgress: (progress: LensExportProgress) => void,
    signal: AbortSignal,
  ): Promise<Outcome<string | undefined>>;
  close(): void;
}

/** Makes a lens; the page's own is `createLens`, tests give another. */
export type MakeLens = (listener: LensListener) => LensClient;
