import type { Failure, LensExportFormat, LensSourceState, LensSourceWish } from '../../../preload/contract/index.ts';
import type { LensClient, MakeLens } from '../../lens/client.ts';
import {
  type LensFieldFilter,
  type LensLevel,
  type LensMinimap,
  type LensRow,
  type LensRows,
  type LensSearch,
  type LensSourceCount,
  type LensState,
} from '../../lens/protocol.ts';
import { LEVELS } from './lines/line-words.ts';
import { LineWindow } from './lines/line-window.svelte.ts';
import type { LensWish } from './talosctl-wish.ts';

/** A source of a lens. */
export interface OpenSource {
  /** Counts the sources of the lens. */
  readonly number: number;
  readonly wish: LensSourceWish;
  /** 1–8; sources of the same name have the same, as far as there are enough. */
  readonly colour: number;
  /** Undefined once it is no longer followed. */
  readonly state: LensSourceState | undefined;
}

/** A line that was marked. What it says is kept: the line itself may go. */
export interface Bookmark {
  readonly line: number;
  readonly timeMs: number;
  readonly source: number;
  readonly text: string;
  readonly note: string;
}

/** How far an export is; rows. */
export interface ExportProgress {
  readonly done: number;
  readonly of: number;
}

const COLOURS = 8;
/** Sources that one call of the client takes. */
const MOST_SOURCES = 500;
const MOST_TEXT_OF_BOOKMARK = 400;
const MOST_BOOKMARKS = 1_000;

/** One lens: sources that are followed together, what is shown of them, and how. It lives until it is closed. */
export class OpenLens {
  readonly id: number;
  /** Id of the context its sources belong to. */
  readonly context: string;
  readonly window: LineWindow;
  readonly #client: LensClient;
  /** Undefined for one that is called after its sources. */
  readonly name: string | undefined;

  #sources = $state.raw<readonly OpenSource[]>([]);
  #state = $state.raw<LensState | undefined>();
  #minimap = $state.raw<LensMinimap | undefined>();

  #least = $state<LensLevel | undefined>();
  #hidden = $state.raw<ReadonlySet<number>>(new Set());
  #fields = $state.raw<readonly LensFieldFilter[]>([]);
  #range = $state.raw<{ readonly fromMs?: number; readonly toMs?: number }>({});
  #exclude = $state('');

  #text = $state('');
  #isRegex = $state(false);
  #isCaseSensitive = $state(false);
  #show = $state<LensSearch['show']>('all');
  #hit = $state<number | undefined>();

  #usesSkew = $state(false);
  /** The line of the keyboard. */
  #cursor = $state.raw<{ readonly line: number; readonly row: number } | undefined>();
  /** A row that is to become it once it has come. */
  #wantedRow: number | undefined;
  #bookmarks = $state.raw<ReadonlyMap<number, Bookmark>>(new Map());
  #exporting = $state.raw<ExportProgress | undefined>();
  #stopExport: AbortController | undefined;

  constructor(options: {
    readonly id: number;
    readonly context: string;
    readonly name?: string | undefined;
    readonly makeLens: MakeLens;
  }) {
    this.id = options.id;
    this.context = options.context;
    this.name = options.name;
    this.#client = options.makeLens({
      onState: (state) => (this.#state = state),
      onRows: (rows) => this.#takeRows(rows),
      onMinimap: (minimap) => (this.#minimap = minimap),
      onSource: (number, state) => this.#setSource(number, state),
    });
    this.window = new LineWindow((view) => this.#client.setView(view));
  }

  /** Rows stand elsewhere when lines come above them, and so does the line of the keyboard. */
  #takeRows(rows: LensRows): void {
    this.window.take(rows);
    const wanted = this.#wantedRow === undefined ? undefined : rows.rows[this.#wantedRow - rows.first];
    if (wanted && this.#wantedRow !== undefined) this.choose(wanted.line, this.#wantedRow);
    const cursor = this.#cursor;
    const at = cursor ? rows.rows.findIndex(({ line }) => line === cursor.line) : -1;
    if (cursor && at >= 0 && rows.first + at !== cursor.row) this.#cursor = { ...cursor, row: rows.first + at };
  }

  get sources(): readonly OpenSource[] {
    return this.#sources;
  }

  /** Counts, order and progress as they were told last. */
  get state(): LensState | undefined {
    return this.#state;
  }

  get minimap(): LensMinimap | undefined {
    return this.#minimap;
  }

  sourceOf(number: number): OpenSource | undefined {
    return this.#sources[number];
  }

  readonly counts: ReadonlyMap<number, LensSourceCount> = $derived(
    new Map(this.#state?.sources.map((count) => [count.source, count])),
  );

  /** Follows these, too; such as are followed already are left out. Answers how many were added. */
  add({ sources, follow, tail }: LensWish): number {
    const known = new Set(this.#sources.flatMap(({ wish, state }) => (state ? [JSON.stringify(wish)] : [])));
    const fresh = sources.filter((wish) => !known.has(JSON.stringify(wish)));
    for (let at = 0; at < fresh.length; at += MOST_SOURCES) {
      const part = fresh.slice(at, at + MOST_SOURCES);
      const numbers = this.#client.add({ context: this.context, sources: part, follow, tail });
      for (const [index, wish] of part.entries()) {
        const state = { state: 'connecting', sinceMs: Date.now() } as const;
        const source = { number: numbers[index] ?? 0, wish, colour: this.#colourOf(wish), state };
        this.#sources = [...this.#sources, source];
      }
    }
    return fresh.length;
  }

  /** Sources of one name share a colour: what is told apart is what writes, the node stands beside it. */
  #colourOf(wish: LensSourceWish): number {
    const word = (each: LensSourceWish): string => ('id' in each ? each.id.replace(/-[^/:]*(?=:)/, '') : each.kind);
    const words = [...new Set([...this.#sources.map((source) => word(source.wish)), word(wish)])];
    return (words.indexOf(word(wish)) % COLOURS) + 1;
  }

  #setSource(number: number, state: LensSourceState | undefined): void {
    this.#sources = this.#sources.map((source) => (source.number === number ? { ...source, state } : source));
  }

  /** No longer follows it; its lines stay. */
  remove(number: number): void {
    this.#client.remove(number);
    this.#setSource(number, undefined);
  }

  // What is shown.

  /** Lines of this level and worse; undefined for all, also those that say none. */
  get least(): LensLevel | undefined {
    return this.#least;
  }

  set least(level: LensLevel | undefined) {
    this.#least = level;
    this.#filter();
  }

  isHidden(number: number): boolean {
    return this.#hidden.has(number);
  }

  get hiddenCount(): number {
    return this.#hidden.size;
  }

  /** Shows only these, or hides them. */
  setHidden(numbers: Iterable<number>, isHidden: boolean): void {
    const hidden = new Set(this.#hidden);
    for (const number of numbers) {
      if (isHidden) hidden.add(number);
      else hidden.delete(number);
    }
    this.#hidden = hidden;
    this.#filter();
  }

  /** Hides all but these. */
  showOnly(numbers: readonly number[]): void {
    this.#hidden = new Set(this.#sources.map(({ number }) => number).filter((number) => !numbers.includes(number)));
    this.#filter();
  }

  get fields(): readonly LensFieldFilter[] {
    return this.#fields;
  }

  /** Only lines with this value, or without it; the same field twice is the newest. */
  addField(field: LensFieldFilter): void {
    const others = this.#fields.filter(({ name, value }) => name !== field.name || value !== field.value);
    this.#fields = [...others, field];
    this.#filter();
  }

  dropField(field: LensFieldFilter): void {
    this.#fields = this.#fields.filter((each) => each !== field);
    this.#filter();
  }

  get range(): { readonly fromMs?: number; readonly toMs?: number } {
    return this.#range;
  }

  set range(range: { readonly fromMs?: number; readonly toMs?: number }) {
    this.#range = range;
    this.#filter();
  }

  get exclude(): string {
    return this.#exclude;
  }

  set exclude(text: string) {
    this.#exclude = text;
    this.#filter();
  }

  /** Something keeps lines out of sight. */
  get isFiltered(): boolean {
    const hasRange = this.#range.fromMs !== undefined || this.#range.toMs !== undefined;
    const isSearched = this.#text !== '' && this.#show !== 'all';
    return (
      this.#least !== undefined ||
      this.#hidden.size > 0 ||
      this.#fields.length > 0 ||
      hasRange ||
      this.#exclude !== '' ||
      isSearched
    );
  }

  /** Shows all again. */
  clearFilters(): void {
    this.#least = undefined;
    this.#hidden = new Set();
    this.#fields = [];
    this.#range = {};
    this.#exclude = '';
    this.show = 'all';
    this.#filter();
  }

  #filter(): void {
    const { fromMs, toMs } = this.#range;
    const shown = this.#sources.map(({ number }) => number).filter((number) => !this.#hidden.has(number));
    this.#client.setFilter({
      ...(this.#least !== undefined && { levels: LEVELS.slice(0, LEVELS.indexOf(this.#least) + 1) }),
      ...(this.#hidden.size > 0 && { sources: shown }),
      ...(this.#fields.length > 0 && { fields: this.#fields }),
      ...(fromMs !== undefined && { fromMs }),
      ...(toMs !== undefined && { toMs }),
      ...(this.#exclude !== '' && { exclude: this.#pattern(this.#exclude) }),
    });
  }

  // The search.

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#search();
  }

  get isRegex(): boolean {
    return this.#isRegex;
  }

  set isRegex(isRegex: boolean) {
    this.#isRegex = isRegex;
    this.#search();
    if (this.#exclude !== '') this.#filter();
  }

  get isCaseSensitive(): boolean {
    return this.#isCaseSensitive;
  }

  set isCaseSensitive(isCaseSensitive: boolean) {
    this.#isCaseSensitive = isCaseSensitive;
    this.#search();
    if (this.#exclude !== '') this.#filter();
  }

  /** Whether lines that the search does not find are shown. */
  get show(): LensSearch['show'] {
    return this.#show;
  }

  set show(show: LensSearch['show']) {
    this.#show = show;
    this.#search();
  }

  /** Which of the hits was gone to last, from 1. */
  get hit(): number | undefined {
    return this.#hit;
  }

  #pattern(text: string): LensSearch['pattern'] {
    return { text, isRegex: this.#isRegex, isCaseSensitive: this.#isCaseSensitive };
  }

  #search(): void {
    this.#hit = undefined;
    this.#client.setSearch(this.#text === '' ? undefined : { pattern: this.#pattern(this.#text), show: this.#show });
  }

  /** Goes to the next hit, or the one before. False when there is none. */
  async goToHit(step: 1 | -1): Promise<boolean> {
    const from =
      this.#cursor?.row ??
      (step === 1 ? Math.floor(this.window.top) - 1 : Math.ceil(this.window.top + this.window.shown));
    const hit = await this.#client.nextHit(from, step);
    if (!hit) return false;
    this.#hit = hit.number;
    this.#goTo(hit.line, hit.row);
    return true;
  }

  // Where one is.

  /** The line of the keyboard; undefined at first. */
  get cursor(): number | undefined {
    return this.#cursor?.line;
  }

  get cursorRow(): number | undefined {
    return this.#cursor?.row;
  }

  /** Makes a row that is drawn the line of the keyboard. */
  choose(line: number, row: number): void {
    this.#wantedRow = undefined;
    this.#cursor = { line, row };
  }

  /** Makes a row the line of the keyboard as soon as it has come, and brings it to the top. */
  chooseFar(row: number): void {
    this.#wantedRow = row;
    this.window.showRow(row);
  }

  #goTo(line: number, row: number): void {
    this.#cursor = { line, row };
    this.window.show(line, row);
  }

  /** Goes to a line. Says why it cannot be gone to, if so. */
  async goToLine(line: number): Promise<'gone' | 'hidden' | undefined> {
    const place = await this.#client.placeOf(line);
    if (place.state === 'gone') return 'gone';
    this.#goTo(line, place.row);
    return place.state === 'hidden' ? 'hidden' : undefined;
  }

  /** Goes to the first line at or after a time. */
  async goToTime(timeMs: number): Promise<void> {
    const row = await this.#client.rowAt(timeMs);
    this.#cursor = undefined;
    this.window.showRow(row);
  }

  // What is done with lines.

  get bookmarks(): readonly Bookmark[] {
    return [...this.#bookmarks.values()].toSorted((a, b) => a.timeMs - b.timeMs);
  }

  bookmarkOf(line: number): Bookmark | undefined {
    return this.#bookmarks.get(line);
  }

  /** Marks a line, or writes its note anew. */
  bookmark({ line, timeMs, source, text }: Pick<LensRow, 'line' | 'timeMs' | 'source' | 'text'>, note = ''): void {
    if (this.#bookmarks.size >= MOST_BOOKMARKS && !this.#bookmarks.has(line)) return;
    const kept = { line, timeMs, source, text: text.slice(0, MOST_TEXT_OF_BOOKMARK), note };
    this.#bookmarks = new Map(this.#bookmarks).set(line, kept);
  }

  dropBookmark(line: number): void {
    const left = new Map(this.#bookmarks);
    left.delete(line);
    this.#bookmarks = left;
  }

  fieldsOf(line: number): ReturnType<LensClient['fields']> {
    return this.#client.fields(line);
  }

  events(): ReturnType<LensClient['events']> {
    return this.#client.events();
  }

  textOf(fromRow: number, toRow: number): ReturnType<LensClient['text']> {
    return this.#client.text(fromRow, toRow, true);
  }

  /** How far the export is that runs; undefined when none does. */
  get exporting(): ExportProgress | undefined {
    return this.#exporting;
  }

  /** Writes what is shown into a file. Answers with its name, undefined when the user chose none, or why it failed. */
  async export(format: LensExportFormat, suggestedName: string): Promise<{ name?: string; failure?: Failure }> {
    if (this.#stopExport) return {};
    const stop = new AbortController();
    this.#stopExport = stop;
    const outcome = await this.#client.exportShown(
      format,
      suggestedName,
      (progress) => (this.#exporting = progress),
      stop.signal,
    );
    this.#stopExport = undefined;
    this.#exporting = undefined;
    if (!outcome.ok) return outcome.failure.code === 'cancelled' ? {} : { failure: outcome.failure };
    return outcome.value === undefined ? {} : { name: outcome.value };
  }

  cancelExport(): void {
    this.#stopExport?.abort();
  }

  /** Takes differences of clocks into account, ms by node that it is ahead; undefined no longer does. */
  useSkew(skewMs: Readonly<Record<string, number>> | undefined): void {
    this.#usesSkew = skewMs !== undefined;
    this.#client.setSkew(skewMs ?? {});
  }

  get usesSkew(): boolean {
    return this.#usesSkew;
  }

  setMinimapBuckets(buckets: number | undefined): void {
    this.#client.setMinimap(buckets);
  }

  /** Whether somebody looks. */
  setSeen(isSeen: boolean): void {
    this.#client.setSeen(isSeen);
  }

  /** Forgets all lines; sources and bookmarks stay. */
  clear(): void {
    this.#cursor = undefined;
    this.#client.clear();
    this.window.follow();
  }

  /** Follows nothing any more and forgets all. */
  close(): void {
    this.#stopExport?.abort();
    this.#client.close();
  }
}
