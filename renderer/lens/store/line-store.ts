import type { LensEvent } from '../../../preload/contract/index.ts';
import { levelOf } from '../lines/levels.ts';
import { mayNeedPlain, plainLine } from '../lines/terminal.ts';
import { timeOf } from '../lines/times.ts';
import type { LensMark, LensSpan, LensTimeKind } from '../protocol.ts';
import { IdList } from './id-list.ts';
import { HAS_MORE, IS_CUT, IS_MARK, Piece, PIECE_LINES, TIME_KINDS } from './piece.ts';

/** How much is held. */
export interface StoreLimits {
  /** Characters of all lines together, and what else is kept of some of them, in as many. */
  readonly characters: number;
  readonly lines: number;
}

/** About 300 MB with what is kept of each line. */
const STORE_LIMITS: StoreLimits = { characters: 200_000_000, lines: 1_500_000 };

/** What is kept of a few lines only. */
export interface More {
  readonly mark?: LensMark;
  readonly event?: LensEvent;
  readonly spans?: readonly LensSpan[];
}

/** Characters that a coloured piece and an event weigh as much as, the event beside its texts. */
const SPAN_WEIGHT = 40;
const EVENT_WEIGHT = 200;

/** What is counted of a source. */
export interface SourceTally {
  came: number;
  held: number;
  droppedBefore: number;
  /** When its first line came: what it wrote before was there already. */
  firstAtMs: number | undefined;
  lastAtMs: number | undefined;
  timeKind: LensTimeKind | undefined;
  /** Time of its last line, as written. */
  lastMs: number | undefined;
  /** Subtracted from the times it writes. */
  skewMs: number;
}

/** A line with what its time and level are, before it is stored. */
interface Found {
  readonly ms: number;
  readonly kind: LensTimeKind;
  readonly level: number;
  readonly bodyAt: number;
}

/** Nodes never write at the very same time, and their lines take some time to come. */
const LATE_MS = 1000;
const MOST_BODY_AT = 255;
/** Writing out control codes makes lines longer; they stay as short as others. */
const MOST_LINE = 16_384;

/**
 * The lines of a lens, in the order they came and in the order of their times (docs/adr/0038). Ids count lines as they come. The
 * oldest that came go when memory is full, a piece at a time, and are counted.
 */
export class LineStore {
  readonly order = new IdList();
  readonly tallies: SourceTally[] = [];
  /** Of lines only, marks do not count. */
  came = 0;
  dropped = 0;
  droppedBefore = 0;
  cut = 0;
  late = 0;
  readonly #limits: StoreLimits;
  #pieces: Piece[] = [];
  /** Id of the first line of the first piece. */
  #base = 0;
  #characters = 0;
  /** Of what is kept beside the lines. */
  #extra = 0;
  #marks = 0;
  readonly #more = new Map<number, More>();

  constructor(limits: StoreLimits = STORE_LIMITS) {
    this.#limits = limits;
  }

  get held(): number {
    return this.came - this.dropped;
  }
  get characters(): number {
    return this.#characters;
  }
  /** The first id that is held, and the one the next line gets. */
  get firstId(): number {
    return this.#base;
  }
  get nextId(): number {
    const last = this.#pieces.at(-1);
    return this.#base + Math.max(0, this.#pieces.length - 1) * PIECE_LINES + (last?.count ?? 0);
  }
  get pieces(): readonly Piece[] {
    return this.#pieces;
  }

  /** By time, then by when they came: the order of everything that is shown. */
  readonly compare = (a: number, b: number): number => this.timeMs(a) - this.timeMs(b) || a - b;

  has(id: number): boolean {
    return id >= this.#base && id < this.nextId;
  }
  pieceOf(id: number): Piece | undefined {
    return this.#pieces[Math.floor((id - this.#base) / PIECE_LINES)];
  }
  indexOf(id: number): number {
    return (id - this.#base) % PIECE_LINES;
  }
  timeMs(id: number): number {
    return this.pieceOf(id)?.times[this.indexOf(id)] ?? 0;
  }
  more(id: number): More | undefined {
    return this.#more.get(id);
  }

  tally(source: number): SourceTally {
    return (this.tallies[source] ??= {
      ...{ came: 0, held: 0, droppedBefore: 0, firstAtMs: undefined, lastAtMs: undefined },
      ...{ timeKind: undefined, lastMs: undefined, skewMs: 0 },
    });
  }

  /** Takes in whole lines of one source, `\n` between them. Returns the ids they got: from this one on. */
  takeLines(source: number, text: string, cut: readonly number[], atMs: number): number {
    const first = this.nextId;
    const tally = this.tally(source);
    const lines = text.split('\n');
    const isPlain = !mayNeedPlain(text);
    const cuts = cut.length === 0 ? undefined : new Set(cut);
    const leading = tally.lastMs === undefined ? firstTime(lines, atMs) : undefined;
    for (const [index, raw] of lines.entries()) {
      let line = raw;
      let spans: readonly LensSpan[] = [];
      let isCut = cuts?.has(index) ?? false;
      if (!isPlain && mayNeedPlain(raw)) {
        const plain = plainLine(raw);
        isCut ||= plain.text.length > MOST_LINE;
        line = plain.text.slice(0, MOST_LINE);
        ({ spans } = plain);
      }
      const found = this.#find(line, tally, leading, atMs);
      const id = this.#append(line, source, found);
      if (isCut) this.#setBits(id, IS_CUT);
      if (spans.length > 0) this.#keep(id, { spans }, spans.length * SPAN_WEIGHT);
      if (isCut) this.cut += 1;
    }
    this.#count(tally, lines.length, atMs);
    this.#place(first, tally.firstAtMs);
    return first;
  }

  /** As {@link takeLines}, of events with their words. */
  takeEvents(
    source: number,
    events: readonly {
      readonly event: LensEvent;
      readonly text: string;
      readonly ms: number;
      readonly level: number;
    }[],
    atMs: number,
  ): number {
    const first = this.nextId;
    const tally = this.tally(source);
    for (const { event, text, ms, level } of events) {
      const id = this.#append(text, source, { ms: ms - tally.skewMs, kind: 'carried', level, bodyAt: 0 });
      this.#keep(id, { event }, EVENT_WEIGHT + event.subject.length + event.message.length);
      tally.lastMs = ms;
    }
    tally.timeKind = 'carried';
    this.#count(tally, events.length, atMs);
    this.#place(first, tally.firstAtMs);
    return first;
  }

  /** A mark, where its source is at the moment. */
  takeMark(source: number, mark: LensMark, text: string, atMs: number): number {
    const first = this.nextId;
    const tally = this.tally(source);
    if (mark.type === 'dropped') {
      tally.droppedBefore += mark.count;
      this.droppedBefore += mark.count;
    }
    const ms = tally.lastMs === undefined ? atMs : tally.lastMs - tally.skewMs;
    const id = this.#append(text, source, { ms, kind: 'before', level: 2, bodyAt: 0 });
    this.#setBits(id, IS_MARK);
    this.#keep(id, { mark }, EVENT_WEIGHT);
    this.#marks += 1;
    // No line, so none that is late.
    this.#place(first, undefined);
    return first;
  }

  /** Drops pieces until it fits; true when something was dropped, which whoever keeps ids must do, too. */
  shrink(): boolean {
    let isDropped = false;
    const lines = (): number => this.came - this.dropped + this.#marks;
    const weight = (): number => this.#characters + this.#extra;
    while (this.#pieces.length > 1 && (weight() > this.#limits.characters || lines() > this.#limits.lines)) {
      const piece = this.#pieces.shift();
      if (piece === undefined) break;
      let marks = 0;
      for (let index = 0; index < piece.count; index += 1) {
        const bits = piece.bits[index] ?? 0;
        if ((bits & HAS_MORE) !== 0) this.#more.delete(this.#base + index);
        if ((bits & IS_MARK) !== 0) marks += 1;
        else this.tally(piece.sources[index] ?? 0).held -= 1;
      }
      this.#marks -= marks;
      this.dropped += piece.count - marks;
      this.#characters -= piece.characters;
      this.#extra -= piece.extra;
      this.#base += PIECE_LINES;
      isDropped = true;
    }
    if (isDropped) this.order.dropBelow(this.#base);
    return isDropped;
  }

  /** Other corrections of clocks: all times of these sources anew, and the order. */
  setSkew(skewOf: (source: number) => number): void {
    const changes = this.tallies.map((tally, source) => {
      const change = tally.skewMs - skewOf(source);
      tally.skewMs -= change;
      return change;
    });
    if (changes.every((change) => change === 0)) return;
    const arrival = TIME_KINDS.indexOf('arrival');
    for (const piece of this.#pieces) {
      for (let index = 0; index < piece.count; index += 1) {
        if (piece.timeKinds[index] === arrival) continue;
        piece.times[index] = (piece.times[index] ?? 0) + (changes[piece.sources[index] ?? 0] ?? 0);
      }
    }
    this.order.sort(this.compare);
  }

  /** Forgets all lines; ids go on. */
  clear(): void {
    this.#base = Math.ceil(this.nextId / PIECE_LINES) * PIECE_LINES;
    this.#pieces = [];
    this.#more.clear();
    this.order.clear();
    Object.assign(this, { came: 0, dropped: 0, droppedBefore: 0, cut: 0, late: 0 });
    this.#characters = 0;
    this.#extra = 0;
    this.#marks = 0;
    for (const tally of this.tallies) Object.assign(tally, { came: 0, held: 0, droppedBefore: 0 });
  }

  #find(line: string, tally: SourceTally, leading: number | undefined, atMs: number): Found {
    const time = timeOf(line, atMs);
    const body = bodyOf(line, time?.end ?? 0);
    const level = levelOf(line, isKernel(line, time?.end ?? 0) ? 0 : body);
    const bodyAt = Math.min(MOST_BODY_AT, body);
    if (time !== undefined) {
      tally.lastMs = time.ms;
      tally.timeKind = 'carried';
      return { ms: time.ms - tally.skewMs, kind: 'carried', level, bodyAt };
    }
    const before = tally.lastMs ?? leading;
    if (before !== undefined) return { ms: before - tally.skewMs, kind: 'before', level, bodyAt };
    tally.timeKind = 'arrival';
    return { ms: atMs, kind: 'arrival', level, bodyAt };
  }

  #append(line: string, source: number, { ms, kind, level, bodyAt }: Found): number {
    let piece = this.#pieces.at(-1);
    if (piece === undefined || piece.count === PIECE_LINES) {
      piece?.close();
      piece = new Piece();
      this.#pieces.push(piece);
    }
    const index = piece.append(line);
    piece.times[index] = ms;
    piece.sources[index] = source;
    piece.levels[index] = level;
    piece.timeKinds[index] = TIME_KINDS.indexOf(kind);
    piece.bodies[index] = bodyAt;
    this.#characters += line.length + 1;
    return this.#base + (this.#pieces.length - 1) * PIECE_LINES + index;
  }

  #setBits(id: number, bits: number): void {
    const piece = this.pieceOf(id);
    const index = this.indexOf(id);
    if (piece !== undefined) piece.bits[index] = (piece.bits[index] ?? 0) | bits;
  }

  /** Keeps something of a line that few have; it weighs as much as so many characters. */
  #keep(id: number, more: More, weight: number): void {
    this.#setBits(id, HAS_MORE);
    this.#more.set(id, more);
    this.#extra += weight;
    const piece = this.pieceOf(id);
    if (piece !== undefined) piece.extra += weight;
  }

  #count(tally: SourceTally, lines: number, atMs: number): void {
    tally.firstAtMs ??= atMs;
    tally.came += lines;
    tally.held += lines;
    tally.lastAtMs = atMs;
    this.came += lines;
  }

  /**
   * Puts the lines from an id on, all of one source, into the order. Late are those that go a second or more above others although
   * they were written since `sinceMs`: what the source had written before is simply older.
   */
  #place(first: number, sinceMs = Infinity): void {
    const ids = Uint32Array.from({ length: this.nextId - first }, (_each, index) => first + index);
    let isSorted = true;
    for (let index = 1; index < ids.length && isSorted; index += 1)
      isSorted = this.compare(ids[index - 1] ?? 0, ids[index] ?? 0) <= 0;
    if (!isSorted) ids.sort(this.compare);
    const { count } = this.order;
    const untilMs = count === 0 ? -Infinity : this.timeMs(this.order.at(count - 1)) - LATE_MS;
    this.late += this.order.merge(ids, this.compare, (id) => {
      const ms = this.timeMs(id);
      return ms >= sinceMs && ms <= untilMs;
    });
  }
}

/** The first time among lines of a source of which nothing is known: those before it belong to it. */
function firstTime(lines: readonly string[], atMs: number): number | undefined {
  for (const line of lines.slice(0, LOOKED_AHEAD)) {
    const time = timeOf(line, atMs);
    if (time !== undefined) return time.ms;
  }
  return undefined;
}

const LOOKED_AHEAD = 50;

/** `kern: warning: [2026-…]: text`: the level stands before the time. */
function isKernel(line: string, timeEnd: number): boolean {
  const code = line.charCodeAt(0);
  return timeEnd > 0 && code >= 97 && code <= 122;
}

/** Where the text begins behind what CRI writes after the time: ` stdout F `. */
function bodyOf(line: string, timeEnd: number): number {
  if (timeEnd === 0) return 0;
  const isOut = line.startsWith(' stdout ', timeEnd);
  if (!isOut && !line.startsWith(' stderr ', timeEnd)) {
    let at = timeEnd;
    while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at += 1;
    return at;
  }
  return line.charCodeAt(timeEnd + 9) === 32 ? timeEnd + 10 : timeEnd + 8;
}
