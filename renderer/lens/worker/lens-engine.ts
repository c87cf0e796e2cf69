import { fieldsOf } from '../lines/fields.ts';
import type {
  LensFromWorker,
  LensHeldEvent,
  LensOrder,
  LensPiece,
  LensPlace,
  LensQuestion,
  LensQuestions,
  LensSourceInfo,
  LensState,
  LensToWorker,
  LensView,
} from '../protocol.ts';
import { LineStore, type StoreLimits } from '../store/line-store.ts';
import { ShownLines } from '../store/shown-lines.ts';
import { eventLevel, eventMs, eventText } from './event-words.ts';
import { markText } from './mark-words.ts';
import { minimapOf } from './minimap.ts';
import { rowsOf } from './rows.ts';
import { RowsExport, textOfRows } from './text-of-rows.ts';

/** What the engine needs of the thread it runs in. */
export interface EngineOptions {
  readonly post: (message: LensFromWorker) => void;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** Calls once after so many ms; 0 for as soon as messages that wait have been read. */
  readonly after: (ms: number, run: () => void) => void;
  readonly limits?: StoreLimits;
}

/** What is no longer as it was told. */
interface Changed {
  readonly rows: boolean;
  readonly state: boolean;
  readonly minimap: boolean;
}

type Asked = Extract<LensToWorker, { type: 'ask' }>;

/** Rows are sent no more often. */
const ROWS_EVERY_MS = 30;
/** Where each time all rows in sight are others: nobody reads them, and drawing them costs more than all else. */
const RACING_ROWS_EVERY_MS = 100;
const STATE_EVERY_MS = 200;
const MINIMAP_EVERY_MS = 1000;
/** Longest turn of a search. */
const TURN_MS = 8;
const MOST_EVENTS = 5000;

/** Everything that happens to the lines of one lens, without the thread around it. */
export class LensEngine {
  readonly #options: EngineOptions;
  readonly #store: LineStore;
  readonly #shown: ShownLines;
  #sources: LensSourceInfo[] = [];
  #skewMs: Readonly<Record<string, number>> = {};
  #view: LensView = { at: 'end', count: 0 };
  #buckets: number | undefined;
  #isSeen = true;
  /** The page has drawn the rows it was sent. */
  #isDrawn = true;
  #export: RowsExport | undefined;
  /** Questions that are answered when the search is over. */
  #waiting: Asked[] = [];
  /** When the next turn is planned for; never when none is. */
  #plannedAtMs = Infinity;
  #changed: Changed = { rows: false, state: false, minimap: false };
  #toldAtMs = { rows: -Infinity, state: -Infinity, minimap: -Infinity };
  /** Lines that had come when rows were sent last. */
  #cameBefore = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#store = new LineStore(options.limits);
    this.#shown = new ShownLines(this.#store, options.now);
  }

  take(message: LensToWorker): void {
    switch (message.type) {
      case 'sources':
        for (const source of message.sources) this.#addSource(source);
        break;
      case 'pieces':
        for (const piece of message.pieces) this.#takePiece(piece);
        if (this.#store.shrink()) this.#shown.dropped();
        this.#options.post({ type: 'taken', stream: message.stream });
        break;
      case 'filter':
        this.#shown.setFilter(message.filter);
        break;
      case 'search':
        this.#shown.setSearch(message.search);
        break;
      case 'skew':
        this.#skewMs = message.skewMs;
        this.#store.setSkew((source) => this.#skewOf(source));
        this.#shown.reordered();
        break;
      case 'view':
        this.#view = message.view;
        // What is looked at comes at once.
        this.#toldAtMs.rows = -Infinity;
        this.#isDrawn = true;
        this.#plan({ rows: true, state: false, minimap: false });
        return;
      case 'drawn':
        this.#isDrawn = true;
        this.#plan({ rows: false, state: false, minimap: false });
        return;
      case 'minimap':
        this.#buckets = message.buckets;
        this.#toldAtMs.minimap = -Infinity;
        break;
      case 'seen':
        this.#isSeen = message.isSeen;
        this.#isDrawn = true;
        break;
      case 'clear':
        this.#store.clear();
        this.#shown.cleared();
        break;
      case 'ask':
        // What is exported or copied is all that is found, not what was found so far.
        if (this.#shown.isScanning && (message.name === 'exported' || message.name === 'text'))
          this.#waiting.push(message);
        else this.#reply(message);
        return;
    }
    this.#plan({ rows: true, state: true, minimap: true });
  }

  #addSource(info: LensSourceInfo): void {
    this.#sources[info.source] = info;
    this.#store.tally(info.source).skewMs = this.#skewOf(info.source);
  }

  #skewOf(source: number): number {
    const node = this.#sources[source]?.node;
    return node !== undefined && Object.hasOwn(this.#skewMs, node) ? (this.#skewMs[node] ?? 0) : 0;
  }

  #nameOf = (source: number): LensSourceInfo => this.#sources[source] ?? { source, node: '', name: `source ${source}` };

  #takePiece(piece: LensPiece): void {
    const store = this.#store;
    let first: number;
    switch (piece.type) {
      case 'lines':
        first = store.takeLines(piece.source, piece.text, piece.cut ?? [], piece.atMs);
        break;
      case 'events':
        first = store.takeEvents(
          piece.source,
          piece.events.map((event) => ({
            event,
            text: eventText(event),
            ms: eventMs(event.id, piece.atMs),
            level: eventLevel(event),
          })),
          piece.atMs,
        );
        break;
      case 'gap': {
        const { source, atMs, ...mark } = piece;
        first = store.takeMark(source, mark, markText(mark, this.#nameOf(source).name), atMs);
        break;
      }
      case 'dropped': {
        const mark = { type: 'dropped', count: piece.count } as const;
        first = store.takeMark(piece.source, mark, markText(mark, this.#nameOf(piece.source).name), piece.atMs);
        break;
      }
    }
    this.#shown.added(first);
  }

  #plan(changed: Changed): void {
    this.#changed = {
      rows: changed.rows || this.#changed.rows,
      state: changed.state || this.#changed.state,
      minimap: changed.minimap || this.#changed.minimap,
    };
    const waitMs = this.#nextInMs();
    if (waitMs === undefined) return;
    const atMs = this.#options.now() + waitMs;
    // One that is planned for later, such as for the minimap, must not hold up rows. Two that are reckoned for the same time differ by little.
    if (this.#plannedAtMs - atMs < 1) return;
    this.#plannedAtMs = atMs;
    this.#options.after(waitMs, () => {
      // Another was planned for before this one.
      if (this.#plannedAtMs !== atMs) return;
      this.#plannedAtMs = Infinity;
      this.#turn();
    });
  }

  /** When there is something to do next; undefined when there is nothing, or nobody looks. */
  #nextInMs(): number | undefined {
    if (this.#shown.isScanning) return 0;
    if (!this.#isSeen) return undefined;
    const now = this.#options.now();
    const { staleInMs } = this.#shown;
    const due = staleInMs === undefined ? [] : [staleInMs];
    if (this.#changed.rows && this.#isDrawn) due.push(this.#toldAtMs.rows + this.#rowsEveryMs - now);
    if (this.#changed.state) due.push(this.#toldAtMs.state + STATE_EVERY_MS - now);
    if (this.#changed.minimap && this.#buckets !== undefined) due.push(this.#toldAtMs.minimap + MINIMAP_EVERY_MS - now);
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due));
  }

  get #rowsEveryMs(): number {
    const isRacing = this.#view.at === 'end' && this.#store.came - this.#cameBefore > this.#view.count;
    return isRacing ? RACING_ROWS_EVERY_MS : ROWS_EVERY_MS;
  }

  #turn(): void {
    const { now, post } = this.#options;
    const wasScanning = this.#shown.isScanning;
    const hasChanged = this.#shown.work(TURN_MS);
    // Somebody waits for what was found.
    if (wasScanning && !this.#shown.isScanning) this.#toldAtMs.state = -Infinity;
    if (!this.#shown.isScanning && this.#waiting.length > 0) {
      const asked = this.#waiting;
      this.#waiting = [];
      for (const one of asked) this.#reply(one);
    }
    if (this.#isSeen) {
      const isDue = (atMs: number, everyMs: number): boolean => now() - atMs >= everyMs;
      if ((this.#changed.rows || hasChanged) && this.#isDrawn && isDue(this.#toldAtMs.rows, this.#rowsEveryMs)) {
        this.#changed = { ...this.#changed, rows: false };
        this.#isDrawn = false;
        this.#toldAtMs.rows = now();
        this.#cameBefore = this.#store.came;
        post({ type: 'rows', rows: rowsOf(this.#store, this.#shown.list, this.#view, this.#shown.matcher, now) });
      }
      if ((this.#changed.state || hasChanged) && isDue(this.#toldAtMs.state, STATE_EVERY_MS)) {
        this.#changed = { ...this.#changed, state: false };
        this.#toldAtMs.state = now();
        post({ type: 'state', state: this.#state() });
      }
      this.#tellMinimap();
    }
    this.#plan({ rows: hasChanged, state: hasChanged, minimap: hasChanged });
  }

  #tellMinimap(): void {
    const now = this.#options.now();
    if (!this.#changed.minimap || this.#buckets === undefined || now - this.#toldAtMs.minimap < MINIMAP_EVERY_MS)
      return;
    this.#changed = { ...this.#changed, minimap: false };
    this.#toldAtMs.minimap = now;
    const minimap = minimapOf(this.#store, this.#shown.list, this.#shown.hits, this.#buckets);
    if (minimap !== undefined) this.#options.post({ type: 'minimap', minimap });
  }

  #state(): LensState {
    const store = this.#store;
    const { list, hits, progress } = this.#shown;
    return {
      counts: {
        came: store.came,
        held: store.held,
        dropped: store.dropped,
        droppedBefore: store.droppedBefore,
        shown: list.count,
        hits: hits.count,
        characters: store.characters,
        cut: store.cut,
      },
      order: this.#order(),
      progress,
      sources: store.tallies.map(({ came, held, droppedBefore, lastAtMs, timeKind }, source) => ({
        ...{ source, came, held, droppedBefore, lastAtMs, timeKind },
      })),
      span:
        list.count === 0
          ? undefined
          : { fromMs: store.timeMs(list.at(0)), toMs: store.timeMs(list.at(list.count - 1)) },
    };
  }

  #order(): LensOrder {
    const kinds = this.#store.tallies.flatMap(({ timeKind }, source) => (timeKind ? [{ timeKind, source }] : []));
    const without = kinds.filter(({ timeKind }) => timeKind === 'arrival');
    const by = without.length === 0 ? 'time' : without.length === kinds.length ? 'arrival' : 'mixed';
    const names = without.map(({ source }) => this.#nameOf(source).name);
    const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
    const why = {
      time: 'Ordered by the time each line carries; a line without one stays with the line before it.',
      arrival: 'Ordered by when lines came: none of them carries a time.',
      mixed: `Ordered by the time lines carry; those of ${shown} carry none and are placed by when they came.`,
    }[by];
    return { by, why, late: this.#store.late, skewMs: this.#skewMs };
  }

  #reply({ id, name, question }: Asked): void {
    this.#options.post({ type: 'answer', id, answer: this.#answer(name, question) });
  }

  #answer<N extends LensQuestion>(name: N, question: object): LensQuestions[N]['answer'] {
    const answers: {
      readonly [Q in LensQuestion]: (asked: LensQuestions[Q]['question']) => LensQuestions[Q]['answer'];
    } = {
      rowAt: ({ timeMs }) => this.#shown.list.search((id) => this.#store.timeMs(id) < timeMs),
      hit: ({ fromRow, step }) => this.#hit(fromRow, step),
      place: ({ line }) => this.#place(line),
      fields: ({ line }) => {
        const piece = this.#store.pieceOf(line);
        if (piece === undefined || !this.#store.has(line)) return undefined;
        const index = this.#store.indexOf(line);
        const found = fieldsOf(piece.line(index), piece.bodies[index] ?? 0);
        return found && { line, fields: found.fields, isCut: found.isCut };
      },
      text: (range) => textOfRows(this.#store, this.#shown.list, this.#nameOf, range),
      events: () => this.#events(),
      exported: ({ from, format }) => {
        if (from === 0 || this.#export === undefined) this.#export = new RowsExport(this.#store, this.#shown.list);
        return this.#export.next(this.#store, this.#shown.list, this.#nameOf, format);
      },
    };
    return answers[name](question);
  }

  #hit(fromRow: number, step: 1 | -1): LensQuestions['hit']['answer'] {
    const { list, hits } = this.#shown;
    const { compare } = this.#store;
    if (hits.count === 0) return undefined;
    const isInside = fromRow >= 0 && fromRow < list.count;
    let number: number;
    if (!isInside) number = step === 1 ? 0 : hits.count - 1;
    else {
      const from = list.at(fromRow);
      const at = hits.rowOf(from, compare);
      if (step === -1) number = at - 1;
      else number = hits.at(at) === from && at < hits.count ? at + 1 : at;
    }
    number = (number + hits.count) % hits.count;
    const line = hits.at(number);
    return { line, row: list.rowOf(line, compare), number: number + 1 };
  }

  #place(line: number): LensPlace {
    if (!this.#store.has(line)) return { state: 'gone' };
    const { list } = this.#shown;
    const row = list.rowOf(line, this.#store.compare);
    return { state: row < list.count && list.at(row) === line ? 'shown' : 'hidden', row };
  }

  #events(): readonly LensHeldEvent[] {
    const { order } = this.#store;
    const found: LensHeldEvent[] = [];
    for (let row = order.count - 1; row >= 0 && found.length < MOST_EVENTS; row -= 1) {
      const line = order.at(row);
      const event = this.#store.more(line)?.event;
      const piece = this.#store.pieceOf(line);
      if (event === undefined || piece === undefined) continue;
      const index = this.#store.indexOf(line);
      found.push({ line, source: piece.sources[index] ?? 0, timeMs: piece.times[index] ?? 0, event });
    }
    return found.reverse();
  }
}
