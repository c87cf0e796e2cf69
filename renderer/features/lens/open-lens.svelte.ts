import { MOST_LENS_SOURCES, type LensSourceState, type LensSourceWish } from '../../../preload/contract/index.ts';
import type { LensClient, MakeLens } from '../../lens/client.ts';
import type { LensMinimap, LensRows, LensSourceCount, LensState } from '../../lens/protocol.ts';
import { Bookmarks } from './bookmarks.svelte.ts';
import { FilterChoice } from './filter-choice.svelte.ts';
import { LensSaving } from './lens-saving.svelte.ts';
import { LineCursor } from './lines/line-cursor.svelte.ts';
import { LineWindow } from './lines/line-window.svelte.ts';
import { SearchChoice } from './search-choice.svelte.ts';
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

const COLOURS = 8;

/** One lens: sources that are followed together, what is shown of them, and how. It lives until it is closed. */
export class OpenLens {
  readonly id: number;
  /** Id of the context its sources belong to. */
  readonly context: string;
  /** Undefined for one that is called after its sources. */
  readonly name: string | undefined;
  readonly window: LineWindow;
  readonly cursor = new LineCursor();
  readonly bookmarks = new Bookmarks();
  readonly filter: FilterChoice;
  readonly search: SearchChoice;
  readonly saving: LensSaving;
  readonly #client: LensClient;

  #sources = $state.raw<readonly OpenSource[]>([]);
  #state = $state.raw<LensState | undefined>();
  #minimap = $state.raw<LensMinimap | undefined>();

  #usesSkew = $state(false);

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
    this.saving = new LensSaving(this.#client);
    this.search = new SearchChoice({
      onSearch: (search) => this.#client.setSearch(search),
      onMeaning: () => {
        if (this.filter.exclude !== '') this.filter.tell();
      },
    });
    this.filter = new FilterChoice({
      sources: () => this.#sources.map(({ number }) => number),
      pattern: (text) => this.search.pattern(text),
      onFilter: (filter) => this.#client.setFilter(filter),
    });
  }

  #takeRows(rows: LensRows): void {
    this.window.take(rows);
    this.cursor.take(rows);
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
    for (let at = 0; at < fresh.length; at += MOST_LENS_SOURCES) {
      const part = fresh.slice(at, at + MOST_LENS_SOURCES);
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
  }

  /** Something keeps lines out of sight. */
  get isFiltered(): boolean {
    return this.filter.hides || this.search.hides;
  }

  /** Shows all again. */
  clearFilters(): void {
    this.search.show = 'all';
    this.filter.clear();
  }

  /** Goes to the next hit, or the one before. False when there is none. */
  async goToHit(step: 1 | -1): Promise<boolean> {
    const from =
      this.cursor.row ??
      (step === 1 ? Math.floor(this.window.top) - 1 : Math.ceil(this.window.top + this.window.shown));
    const hit = await this.#client.nextHit(from, step);
    if (!hit) return false;
    this.search.hit = hit.number;
    this.#goTo(hit.line, hit.row);
    return true;
  }

  /** Makes a row the line of the keyboard as soon as it has come, and brings it to the top. */
  chooseFar(row: number, isExtending: boolean): void {
    this.cursor.want(row, isExtending);
    this.window.showRow(row);
  }

  #goTo(line: number, row: number): void {
    this.cursor.choose(line, row);
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
    this.cursor.forget();
    this.window.showRow(row);
  }

  fieldsOf(line: number): ReturnType<LensClient['fields']> {
    return this.#client.fields(line);
  }

  events(): ReturnType<LensClient['events']> {
    return this.#client.events();
  }

  /** Of what is shown between two lines, both included; without them, of all. */
  textOf(fromLine?: number, toLine?: number): ReturnType<LensClient['text']> {
    return this.#client.text(fromLine, toLine);
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
    this.cursor.forget();
    this.#client.clear();
    this.window.follow();
  }

  /** Follows nothing any more and forgets all. */
  close(): void {
    this.saving.cancel();
    this.#client.close();
  }
}
