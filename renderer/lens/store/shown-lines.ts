import { compile, WrongPattern, type Matcher } from '../lines/patterns.ts';
import type { LensFilter, LensPattern, LensProgress, LensSearch } from '../protocol.ts';
import { IdList } from './id-list.ts';
import { formatNumber } from '../../lib/format.ts';
import type { LineStore } from './line-store.ts';
import { IS_HIT, PASSES, PIECE_LINES } from './piece.ts';
import { judgeOf, type Judge } from './verdict.ts';

/** Lines looked at before the first look at the clock, where each must be looked at by itself. */
const FIRST_LINES = 8;
/** New lines are looked at at once for so long; a search goes on with the others. */
const ADDED_MS = 50;
/** What is found is shown while the search goes on, no more often than this. */
const SHOW_EVERY_MS = 250;
/** A search that takes longer is stopped, and that is said. */
const MOST_SEARCH_MS = 15_000;
const DEFAULT_AROUND = 3;
const MOST_AROUND = 100;

/**
 * What is shown of a store: the lines that filter and search let through, in order. A new filter goes over all lines in turns
 * of some milliseconds, so that whoever asks meanwhile is answered.
 */
export class ShownLines {
  readonly hits = new IdList();
  readonly #store: LineStore;
  readonly #now: () => number;
  readonly #own = new IdList();
  #judge: Judge = judgeOf({}, undefined, undefined);
  #filter: LensFilter = {};
  #search: LensSearch | undefined;
  #matcher: Matcher | undefined;
  #wrong: Pick<LensProgress, 'message' | 'field'> | undefined;
  /** Where the scan is: an id below which all lines were judged; undefined when all are. */
  #scannedTo: number | undefined;
  #spentMs = 0;
  #linesAtOnce = PIECE_LINES;
  #isStopped = false;
  #shownAtMs = 0;
  /** Around hits there is no telling what a new line changes. */
  #isStale = false;

  constructor(store: LineStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Of what is shown, in order. */
  get list(): IdList {
    return this.#judge.passesAll && this.#mode === 'all' ? this.#store.order : this.#own;
  }
  get matcher(): Matcher | undefined {
    return this.#matcher;
  }
  /** There are lines that were not looked at and will be. */
  get isScanning(): boolean {
    return this.#scannedTo !== undefined && !this.#isStopped;
  }
  /** When what is shown is to be made anew, in ms from now; undefined when it need not be. */
  get staleInMs(): number | undefined {
    return this.#isStale ? Math.max(0, this.#shownAtMs + SHOW_EVERY_MS - this.#now()) : undefined;
  }
  get progress(): LensProgress {
    const of = this.#store.nextId - this.#store.firstId;
    const done = this.#scannedTo === undefined ? of : this.#scannedTo - this.#store.firstId;
    if (this.#wrong !== undefined) return { state: 'stopped', done: 0, of, ...this.#wrong };
    if (this.#isStopped) return { state: 'stopped', done, of, message: stoppedAfter(done, of) };
    return { state: this.#scannedTo === undefined ? 'done' : 'running', done: Math.max(0, done), of };
  }

  setFilter(filter: LensFilter): void {
    this.#filter = filter;
    this.#begin();
  }

  setSearch(search: LensSearch | undefined): void {
    this.#search = search;
    this.#begin();
  }

  /** Lines from this id on are new in the store. */
  added(first: number): void {
    const { nextId } = this.#store;
    // The scan will come to them; one that was stopped has not looked at others either.
    if (this.#scannedTo !== undefined) return;
    const judgedTo = this.#judgeFor(ADDED_MS, first, nextId);
    if (judgedTo < nextId) {
      this.#scannedTo = judgedTo;
      this.#spentMs = 0;
    }
    const isAround = this.#mode === 'around';
    const passing: number[] = [];
    const hits: number[] = [];
    for (let id = first; id < judgedTo; id += 1) {
      const verdict = this.#verdict(id);
      if ((verdict & IS_HIT) !== 0) hits.push(id);
      if (this.#isShown(verdict, id)) passing.push(id);
    }
    const { compare } = this.#store;
    this.hits.merge(hits.sort(compare), compare);
    if (isAround) this.#isStale = true;
    else if (this.list === this.#own) this.#own.merge(passing.sort(compare), compare);
  }

  /** The store has dropped lines. */
  dropped(): void {
    this.hits.dropBelow(this.#store.firstId);
    this.#own.dropBelow(this.#store.firstId);
  }

  /** The order is another one. */
  reordered(): void {
    this.#collect();
  }

  /** All lines have gone. */
  cleared(): void {
    this.#begin();
  }

  /** Works for so long; true when what is shown has changed. */
  work(forMs: number): boolean {
    const { firstId, nextId } = this.#store;
    if (this.#scannedTo === undefined) {
      if (!this.#isStale || this.#now() - this.#shownAtMs < SHOW_EVERY_MS) return false;
      this.#collect();
      return true;
    }
    if (this.#isStopped) return false;
    const begun = this.#now();
    const at = this.#judgeFor(forMs, Math.max(firstId, this.#scannedTo), nextId);
    this.#spentMs += this.#now() - begun;
    this.#scannedTo = at >= nextId ? undefined : at;
    if (this.#scannedTo !== undefined && this.#spentMs > MOST_SEARCH_MS) this.#isStopped = true;
    const isDue = this.#scannedTo === undefined || this.#isStopped || this.#now() - this.#shownAtMs > SHOW_EVERY_MS;
    if (isDue) this.#collect();
    return isDue;
  }

  get #mode(): 'all' | 'hits' | 'around' {
    return this.#matcher === undefined ? 'all' : (this.#search?.show ?? 'all');
  }

  #begin(): void {
    const { exclude } = this.#filter;
    this.#wrong = undefined;
    this.#matcher = this.#compiled(this.#search?.pattern, 'search');
    const excluded = this.#compiled(exclude, 'exclude');
    const isSlow =
      [excluded, this.#matcher].some((one) => one?.isNeedleAll === false) || this.#filter.fields !== undefined;
    this.#linesAtOnce = isSlow ? FIRST_LINES : PIECE_LINES;
    this.#judge = judgeOf(this.#filter, excluded, this.#matcher);
    this.#isStopped = false;
    this.#spentMs = 0;
    this.#scannedTo = this.#store.firstId;
    this.#shownAtMs = this.#now();
    if (this.#store.nextId === this.#store.firstId) {
      this.#scannedTo = undefined;
      this.#collect();
    }
  }

  #compiled(pattern: LensPattern | undefined, field: 'search' | 'exclude'): Matcher | undefined {
    if (pattern === undefined || pattern.text === '') return undefined;
    try {
      return compile(pattern);
    } catch (error) {
      if (!(error instanceof WrongPattern)) throw error;
      this.#wrong = { message: error.message, field };
      return undefined;
    }
  }

  /**
   * Judges lines for about so long and says how far it came. As many at a time as take a small part of that: one line can take
   * as long as thousands of others.
   */
  #judgeFor(forMs: number, from: number, to: number): number {
    const store = this.#store;
    let at = from;
    for (let leftMs = forMs; at < to && leftMs > 0;) {
      const begun = this.#now();
      const index = store.indexOf(at);
      // A piece is one text: no further than its end.
      const end = Math.min(PIECE_LINES, index + Math.min(to - at, this.#linesAtOnce));
      const piece = store.pieceOf(at);
      if (piece !== undefined) this.#judge.judge(piece, index, end);
      at += end - index;
      const tookMs = this.#now() - begun;
      if (tookMs < forMs / 8) this.#linesAtOnce = Math.min(PIECE_LINES, this.#linesAtOnce * 2);
      else if (tookMs > forMs / 2) this.#linesAtOnce = Math.max(1, this.#linesAtOnce >> 2);
      leftMs -= tookMs;
    }
    return at;
  }

  #verdict(id: number): number {
    return this.#store.pieceOf(id)?.verdicts[this.#store.indexOf(id)] ?? 0;
  }

  #isShown(verdict: number, id: number): boolean {
    if ((verdict & PASSES) === 0) return false;
    return this.#mode === 'all' || (verdict & IS_HIT) !== 0 || this.#store.more(id)?.mark !== undefined;
  }

  /** Makes the lists anew out of the verdicts; lines that were not judged yet are not in them. */
  #collect(): void {
    const { order, firstId } = this.#store;
    const judgedTo = this.#scannedTo ?? Infinity;
    const mode = this.#mode;
    const verdicts = this.#store.pieces.map((piece) => piece.verdicts);
    const isOwn = this.list === this.#own;
    const around = Math.min(MOST_AROUND, Math.max(0, this.#search?.around ?? DEFAULT_AROUND));
    this.hits.clear();
    this.#own.clear();
    let after = 0;
    // Lines that pass, of which some will be shown when a hit follows.
    let waiting: number[] = [];
    for (let row = 0; row < order.count; row += 1) {
      const id = order.at(row);
      // Written out, since this is done for every line there is.
      const place = id - firstId;
      const piece = Math.trunc(place / PIECE_LINES);
      const verdict = id < judgedTo ? (verdicts[piece]?.[place - piece * PIECE_LINES] ?? 0) : 0;
      const isHit = (verdict & IS_HIT) !== 0;
      if (isHit) this.hits.push(id);
      if (!isOwn || (verdict & PASSES) === 0) continue;
      if (mode !== 'around') {
        if (this.#isShown(verdict, id)) this.#own.push(id);
      } else if (isHit) {
        for (const one of waiting.slice(-around || waiting.length)) this.#own.push(one);
        waiting = [];
        this.#own.push(id);
        after = around;
      } else if (after > 0 || this.#store.more(id)?.mark !== undefined) {
        waiting = [];
        this.#own.push(id);
        after = Math.max(0, after - 1);
      } else {
        waiting.push(id);
        if (waiting.length > 2 * MOST_AROUND) waiting = waiting.slice(-MOST_AROUND);
      }
    }
    this.#isStale = false;
    this.#shownAtMs = this.#now();
  }
}

function stoppedAfter(done: number, of: number): string {
  return `The search was stopped after ${MOST_SEARCH_MS / 1000} s: ${formatNumber(done)} of ${formatNumber(of)} lines were looked at.`;
}
