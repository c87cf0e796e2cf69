import type { LensSourceState, LensSourceWish } from '../../preload/contract/index.ts';
import type { LensAdding, LensClient, LensListener, MakeLens } from '../../renderer/lens/client.ts';
import type {
  LensFilter,
  LensHeldEvent,
  LensRow,
  LensSearch,
  LensState,
  LensView,
} from '../../renderer/lens/protocol.ts';

/** A line as a test writes it. */
export type FakeLine = Partial<LensRow> & { readonly text: string };

/** A lens without streams and worker, for component tests: lines are put in, and it tells what the real one would. */
export class FakeLens implements LensClient {
  readonly adding: LensAdding[] = [];
  readonly views: LensView[] = [];
  readonly #listener: LensListener;
  readonly #sources: LensSourceWish[] = [];
  #lines: readonly LensRow[] = [];
  #events: readonly LensHeldEvent[] = [];
  #view: LensView = { at: 'end', count: 100 };
  #lost = 0;
  filter: LensFilter = {};
  search: LensSearch | undefined;
  skewMs: Readonly<Record<string, number>> = {};
  isSeen = true;
  isClosed = false;
  /** Called by an export; resolves it. */
  onExport: (format: string, name: string, signal: AbortSignal) => ReturnType<LensClient['exportShown']> = (_f, name) =>
    Promise.resolve({ ok: true, value: name });
  onProgress: ((progress: { done: number; of: number | undefined }) => void) | undefined;

  constructor(listener: LensListener) {
    this.#listener = listener;
  }

  // What tests do.

  /** Lines come, each behind the ones before. */
  come(lines: readonly FakeLine[]): void {
    const at = this.#lines.length + this.#lost;
    const added = lines.map((line, index): LensRow => ({
      ...{ line: at + index, source: 0, level: 'info', timeMs: at + index, timeKind: 'carried', isCut: false },
      ...{ bodyAt: 0, spans: [], hits: [] },
      ...line,
    }));
    this.#lines = [...this.#lines, ...added];
    this.#tell();
  }

  /** The oldest lines go. */
  lose(count: number): void {
    this.#lines = this.#lines.slice(count);
    this.#lost += count;
    this.#tell();
  }

  happen(events: readonly LensHeldEvent[]): void {
    this.#events = [...this.#events, ...events];
    this.come(events.map(({ source, timeMs, event }) => ({ source, timeMs, text: event.subject, event })));
  }

  source(number: number, state: LensSourceState | undefined): void {
    this.#listener.onSource(number, state);
  }

  get shown(): readonly LensRow[] {
    const { levels, sources, exclude, fields } = this.filter;
    const kept = this.#lines.filter(
      (row) =>
        (levels === undefined || levels.includes(row.level)) &&
        (sources === undefined || sources.includes(row.source)) &&
        (exclude === undefined || !row.text.includes(exclude.text)) &&
        (fields ?? []).every(({ name, value, isNot }) => row.text.includes(`"${name}":"${value}"`) !== isNot),
    );
    const text = this.search?.pattern.text;
    if (text === undefined) return kept;
    const marked = kept.map((row) => {
      const from = row.text.indexOf(text);
      return from < 0 ? row : { ...row, hits: [[from, from + text.length] as const] };
    });
    return this.search?.show === 'hits' ? marked.filter(({ hits }) => hits.length > 0) : marked;
  }

  #tell(): void {
    if (this.isClosed) return;
    const shown = this.shown;
    const hits = shown.filter((row) => row.hits.length > 0).length;
    const held = this.#lines.length;
    const state: LensState = {
      counts: {
        ...{ came: held + this.#lost, held, dropped: this.#lost, droppedBefore: 0, shown: shown.length, hits },
        ...{ characters: this.#lines.reduce((sum, { text }) => sum + text.length, 0), cut: 0 },
      },
      order: { by: 'time', why: 'Every source writes times.', late: 0, skewMs: this.skewMs },
      progress: { state: 'done', done: held, of: held },
      sources: this.#sources.map((_wish, source) => {
        const of = this.#lines.filter((row) => row.source === source);
        return {
          ...{ source, came: of.length, held: of.length, droppedBefore: 0, lastAtMs: of.at(-1)?.timeMs },
          timeKind: of.at(-1)?.timeKind,
        };
      }),
      span: shown[0] && { fromMs: shown[0].timeMs, toMs: shown.at(-1)?.timeMs ?? 0 },
    };
    this.#listener.onState(state);
    this.#rows();
  }

  #rows(): void {
    const shown = this.shown;
    const { count } = this.#view;
    const place = (): number => {
      if (this.#view.at === 'row') return this.#view.row;
      if (this.#view.at === 'end') return shown.length - count;
      const { line, below } = this.#view;
      return shown.findIndex((row) => row.line >= line) - below;
    };
    const first = Math.max(0, Math.min(place(), shown.length - 1));
    const isElsewhere =
      this.#view.at === 'line' && !shown.some((row) => row.line === (this.#view as { line: number }).line);
    this.#listener.onRows({ first, rows: shown.slice(first, first + count), total: shown.length, isElsewhere });
  }

  // What the page does.

  add(adding: LensAdding): readonly number[] {
    this.adding.push(adding);
    const first = this.#sources.length;
    this.#sources.push(...adding.sources);
    queueMicrotask(() => this.#tell());
    return adding.sources.map((_wish, index) => first + index);
  }

  remove(source: number): void {
    this.source(source, undefined);
  }

  setFilter(filter: LensFilter): void {
    this.filter = filter;
    this.#tell();
  }

  setSearch(search: LensSearch | undefined): void {
    this.search = search;
    this.#tell();
  }

  setSkew(skewMs: Readonly<Record<string, number>>): void {
    this.skewMs = skewMs;
    this.#tell();
  }

  setView(view: LensView): void {
    this.views.push(view);
    this.#view = view;
    queueMicrotask(() => this.#rows());
  }

  setMinimap(): void {}

  setSeen(isSeen: boolean): void {
    this.isSeen = isSeen;
  }

  clear(): void {
    this.#lost += this.#lines.length;
    this.#lines = [];
    this.#tell();
  }

  rowAt(timeMs: number): Promise<number> {
    const row = this.shown.findIndex((each) => each.timeMs >= timeMs);
    return Promise.resolve(row < 0 ? this.shown.length - 1 : row);
  }

  nextHit(fromRow: number, step: 1 | -1): ReturnType<LensClient['nextHit']> {
    const rows = this.shown.map((row, at) => ({ row: at, line: row.line, isHit: row.hits.length > 0 }));
    const hits = rows.filter(({ isHit }) => isHit);
    const next =
      step === 1
        ? (hits.find(({ row }) => row > fromRow) ?? hits[0])
        : (hits.findLast(({ row }) => row < fromRow) ?? hits.at(-1));
    return Promise.resolve(next && { row: next.row, line: next.line, number: hits.indexOf(next) + 1 });
  }

  placeOf(line: number): ReturnType<LensClient['placeOf']> {
    const row = this.shown.findIndex((each) => each.line === line);
    if (row >= 0) return Promise.resolve({ state: 'shown', row });
    const isHeld = this.#lines.some((each) => each.line === line);
    return Promise.resolve(isHeld ? { state: 'hidden', row: 0 } : { state: 'gone' });
  }

  fields(line: number): ReturnType<LensClient['fields']> {
    const row = this.#lines.find((each) => each.line === line);
    return Promise.resolve(row?.summary && { line, fields: row.summary.fields, isCut: false });
  }

  text(fromRow: number, toRow: number): ReturnType<LensClient['text']> {
    const rows = this.shown.slice(fromRow, toRow + 1);
    return Promise.resolve({ text: rows.map(({ text }) => `${text}\n`).join(''), lines: rows.length, isCut: false });
  }

  events(): Promise<readonly LensHeldEvent[]> {
    return Promise.resolve(this.#events);
  }

  exportShown(
    format: 'text' | 'ndjson',
    name: string,
    onProgress: (progress: { readonly done: number; readonly of: number | undefined }) => void,
    signal: AbortSignal,
  ): ReturnType<LensClient['exportShown']> {
    this.onProgress = onProgress;
    return this.onExport(format, name, signal);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Makes fake lenses and remembers them. */
export function fakeLenses(): { readonly make: MakeLens; readonly all: readonly FakeLens[] } {
  const all: FakeLens[] = [];
  return {
    all,
    make: (listener) => {
      const lens = new FakeLens(listener);
      all.push(lens);
      return lens;
    },
  };
}
