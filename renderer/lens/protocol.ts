/**
 * What the page and the worker that holds the lines of a lens say to each other. The worker owns lines, order, search and
 * filters; the page gets the rows it can see, counts and the minimap. Lines are named by an id that counts them as they come
 * and never changes; rows are places in what is shown at the moment and change with every late line.
 */
import type { LensEvent, LensGap, LensItem } from '../../preload/contract/index.ts';

/** From worst to least; `none` is a line that says none. */
export type LensLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'none';

/**
 * Where the time of a line comes from. `carried`: it stands in the line. `before`: the line has none and stays with the one
 * its source wrote before, such as a line of a stack trace. `arrival`: nothing of its source has a time; when main got it.
 */
export type LensTimeKind = 'carried' | 'before' | 'arrival';

/** What a line shall have to be shown. Everything given must hold; an empty filter shows all. */
export interface LensFilter {
  /** Only these levels. */
  readonly levels?: readonly LensLevel[];
  /** Only these sources, by number. Marks of other sources go, too. */
  readonly sources?: readonly number[];
  /** Lines that this finds are left out. */
  readonly exclude?: LensPattern;
  /** Epoch ms, both included. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Fields of JSON lines (and `name=value` lines), as {@link LensFields} names them. All must hold. */
  readonly fields?: readonly LensFieldFilter[];
}

export interface LensFieldFilter {
  /** Path with dots, as in {@link LensField}. */
  readonly name: string;
  readonly value: string;
  /** Lines with that value are left out instead. */
  readonly isNot: boolean;
}

export interface LensPattern {
  readonly text: string;
  readonly isRegex: boolean;
  readonly isCaseSensitive: boolean;
}

/** What is searched, and whether other lines are shown: all, none, or so many around each hit. */
export interface LensSearch {
  readonly pattern: LensPattern;
  readonly show: 'all' | 'hits' | 'around';
  /** Lines before and after each hit for `around`. Default 3. */
  readonly around?: number;
}

/** Which rows the page can see. Rows are sent at once, and again whenever they are no longer the same. */
export type LensView = { readonly count: number } & (
  | { readonly at: 'end' }
  | { readonly at: 'row'; readonly row: number }
  /** Keeps this line so many rows below the first, whatever comes above it. */
  | { readonly at: 'line'; readonly line: number; readonly below: number }
);

/** A piece of a row drawn in a colour of the terminal. `[from, to)` in its text. */
export interface LensSpan {
  readonly from: number;
  readonly to: number;
  /** 0–15: the palette of a terminal; undefined for the default colour. Other colours are mapped to the nearest of them. */
  readonly colour?: number;
  readonly isBold?: true;
  readonly isDim?: true;
}

/** One line that is shown. All texts are neutralised: control and bidirectional codes are written out. */
export interface LensRow {
  readonly line: number;
  readonly source: number;
  readonly level: LensLevel;
  /** Epoch ms with fractions, after the correction of clocks. */
  readonly timeMs: number;
  readonly timeKind: LensTimeKind;
  /** The whole line, at most 16,384 characters. */
  readonly text: string;
  /** It was longer: the rest is not kept. */
  readonly isCut: boolean;
  /** Where the text begins after time, level and the like that stand in columns of their own. 0 when nothing is left out. */
  readonly bodyAt: number;
  readonly spans: readonly LensSpan[];
  /** Where the search finds it: `[from, to)` in `text`; at most 50. */
  readonly hits: readonly (readonly [number, number])[];
  /** A line with fields: its message and the first fields, each short; `fields()` of the client has all. */
  readonly summary?: { readonly message: string; readonly fields: readonly LensField[] };
  /** Not a line of the node: what Minos says at this place. `text` has it in words, too. */
  readonly mark?: LensMark;
  /** A line of an event source: what it tells. `text` has it in words. */
  readonly event?: LensEvent;
}

/** Something Minos says between lines. */
export type LensMark = ({ readonly type: 'gap' } & LensGap) | { readonly type: 'dropped'; readonly count: number };

/** A field of a line. Nested ones have a name with dots. Values are as written, cut at 2,000 characters. */
export interface LensField {
  readonly name: string;
  readonly value: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'null' | 'list';
}

/** All fields of one line, at most 200. */
export interface LensFields {
  readonly line: number;
  readonly fields: readonly LensField[];
  readonly isCut: boolean;
}

/** The rows of the present view. */
export interface LensRows {
  /** Row of `rows[0]`. */
  readonly first: number;
  readonly rows: readonly LensRow[];
  /** Of all that is shown, as in {@link LensCounts}. */
  readonly total: number;
  /** For `at: 'line'` when that line is not shown: the next one after it is taken. */
  readonly isElsewhere: boolean;
}

/** How much there is. `came` = `held` + `dropped`, always; marks do not count. */
export interface LensCounts {
  /** Lines that came from main. */
  readonly came: number;
  /** Lines in memory. */
  readonly held: number;
  /** Lines that came and are no longer held: the oldest go when memory is full. */
  readonly dropped: number;
  /** Lines that never came: main dropped them since they came faster than they were taken. */
  readonly droppedBefore: number;
  /** Rows that are shown now, marks included. */
  readonly shown: number;
  /** Lines the search finds among those the filter lets through. */
  readonly hits: number;
  /** Characters in memory, of lines alone. */
  readonly characters: number;
  /** Lines whose end was not kept. */
  readonly cut: number;
}

/** How lines are ordered, and why. */
export interface LensOrder {
  /** `mixed`: some sources have times, others are placed by when their lines came. */
  readonly by: 'time' | 'arrival' | 'mixed';
  /** One sentence. */
  readonly why: string;
  /** Lines that were written since their source was followed, and placed a second or more above ones that had come before. */
  readonly late: number;
  /** Corrections of clocks that are in use, ms by node: subtracted from the times the node writes. */
  readonly skewMs: Readonly<Record<string, number>>;
}

/** How far the present search and filter are. */
export interface LensProgress {
  readonly state: 'done' | 'running' | 'stopped';
  /** Lines looked at. */
  readonly done: number;
  readonly of: number;
  /** Why it stopped, or what is wrong with the pattern: one sentence. What was found so far is shown. */
  readonly message?: string;
  /** Which part of the pattern is wrong. */
  readonly field?: 'search' | 'exclude';
}

/** What is known of one source besides its state. */
export interface LensSourceCount {
  readonly source: number;
  readonly came: number;
  readonly held: number;
  readonly droppedBefore: number;
  /** When main got the last line, epoch ms; undefined before the first. */
  readonly lastAtMs: number | undefined;
  /** Where the times of its lines come from; undefined before the first. */
  readonly timeKind: LensTimeKind | undefined;
}

/** Everything that is known at the moment, sent at most five times a second, only when something changed, and when a search is over. */
export interface LensState {
  readonly counts: LensCounts;
  readonly order: LensOrder;
  readonly progress: LensProgress;
  readonly sources: readonly LensSourceCount[];
  /** Times of the first and last line that is shown; undefined without lines. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** Levels over time of what the filter lets through. */
export interface LensMinimap {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of each bucket: lines by level, in the order of {@link LensLevel}; buckets are of equal length from `fromMs` on. */
  readonly buckets: readonly (readonly number[])[];
  /** Hits by bucket. */
  readonly hits: readonly number[];
  /** Where something may be missing. */
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number; readonly source: number }[];
}

/** Lines as text, at most 1 Mi characters. */
export interface LensText {
  readonly text: string;
  readonly lines: number;
  readonly isCut: boolean;
}

/** An event that is held, with its place. */
export interface LensHeldEvent {
  readonly line: number;
  readonly source: number;
  readonly timeMs: number;
  readonly event: LensEvent;
}

/** Where a line is. `gone`: no longer held. `hidden`: the filter leaves it out; `row` is where it would be. */
export type LensPlace =
  | { readonly state: 'shown'; readonly row: number }
  | { readonly state: 'hidden'; readonly row: number }
  | { readonly state: 'gone' };

/** A source as the worker knows it. */
export interface LensSourceInfo {
  /** Counts sources over the life of a lens; it never means another. */
  readonly source: number;
  readonly node: string;
  /** What stands before a line in copied and exported text: `cp-1 etcd`. */
  readonly name: string;
}

/** Asked by the page, answered once. */
export interface LensQuestions {
  /** The row whose time is the first at or after this. */
  rowAt: { readonly question: { readonly timeMs: number }; readonly answer: number };
  /** The next or previous hit from a row (excluded), going round; undefined when there is none. */
  hit: {
    readonly question: { readonly fromRow: number; readonly step: 1 | -1 };
    readonly answer: { readonly row: number; readonly line: number; readonly number: number } | undefined;
  };
  place: { readonly question: { readonly line: number }; readonly answer: LensPlace };
  fields: { readonly question: { readonly line: number }; readonly answer: LensFields | undefined };
  /**
   * What is shown between two lines (both included, in whatever order they stand) as text, with time and name of the source in
   * front; undefined is the first or last there is. Rows move while somebody selects, lines do not.
   */
  text: {
    readonly question: { readonly fromLine: number | undefined; readonly toLine: number | undefined };
    readonly answer: LensText;
  };
  /** The newest 5,000 events held, in order, whatever the filter. */
  events: { readonly question: object; readonly answer: readonly LensHeldEvent[] };
  /** The next text of an export of what is shown; `isLast` ends it. `from` is 0, then the `next` of the answer before. */
  exported: {
    readonly question: { readonly from: number; readonly format: 'text' | 'ndjson' };
    readonly answer: { readonly text: string; readonly next: number; readonly of: number; readonly isLast: boolean };
  };
}

/** Name of a question. */
export type LensQuestion = keyof LensQuestions;

/** Lines of one source on their way from main to the worker. */
export type LensPiece = Extract<LensItem, { type: 'lines' | 'events' | 'gap' | 'dropped' }>;

/** page → worker. */
export type LensToWorker =
  | { readonly type: 'sources'; readonly sources: readonly LensSourceInfo[] }
  /** Answered by `taken`, so that a slow worker slows main down. */
  | { readonly type: 'pieces'; readonly stream: number; readonly pieces: readonly LensPiece[] }
  | { readonly type: 'filter'; readonly filter: LensFilter }
  | { readonly type: 'search'; readonly search: LensSearch | undefined }
  | { readonly type: 'skew'; readonly skewMs: Readonly<Record<string, number>> }
  | { readonly type: 'view'; readonly view: LensView }
  | { readonly type: 'minimap'; readonly buckets: number | undefined }
  /** The rows that were sent last are drawn: others are sent only then, so that a page that draws slowly does not lag behind. */
  | { readonly type: 'drawn' }
  /** While nobody looks, nothing but `taken` and answers is sent. */
  | { readonly type: 'seen'; readonly isSeen: boolean }
  | { readonly type: 'clear' }
  | { readonly type: 'ask'; readonly id: number; readonly name: LensQuestion; readonly question: object };

/** worker → page. */
export type LensFromWorker =
  | { readonly type: 'taken'; readonly stream: number }
  | { readonly type: 'state'; readonly state: LensState }
  | { readonly type: 'rows'; readonly rows: LensRows }
  | { readonly type: 'minimap'; readonly minimap: LensMinimap }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown };
