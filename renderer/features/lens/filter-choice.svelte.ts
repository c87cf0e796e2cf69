import { LENS_LEVELS } from '../../lens/lines/levels.ts';
import type { LensFieldFilter, LensFilter, LensLevel, LensPattern } from '../../lens/protocol.ts';

/** Where a filter comes from, and who is told of it. */
export interface FilterOptions {
  /** Numbers of all sources of the lens. */
  readonly sources: () => readonly number[];
  /** A text as it is meant at the moment. */
  readonly pattern: (text: string) => LensPattern;
  readonly onFilter: (filter: LensFilter) => void;
}

/** From when to when lines are shown; open where it is undefined. */
export type TimeRange = Pick<LensFilter, 'fromMs' | 'toMs'>;

/** Which lines of a lens are shown. */
export class FilterChoice {
  readonly #options: FilterOptions;
  #least = $state<LensLevel | undefined>();
  #hidden = $state.raw<ReadonlySet<number>>(new Set());
  #fields = $state.raw<readonly LensFieldFilter[]>([]);
  #range = $state.raw<TimeRange>({});
  #exclude = $state('');

  constructor(options: FilterOptions) {
    this.#options = options;
  }

  /** Lines of this level and worse; undefined for all, also those that say none. */
  get least(): LensLevel | undefined {
    return this.#least;
  }

  set least(level: LensLevel | undefined) {
    this.#least = level;
    this.tell();
  }

  isHidden(source: number): boolean {
    return this.#hidden.has(source);
  }

  get hiddenCount(): number {
    return this.#hidden.size;
  }

  setHidden(source: number, isHidden: boolean): void {
    const hidden = new Set(this.#hidden);
    if (isHidden) hidden.add(source);
    else hidden.delete(source);
    this.#hide(hidden);
  }

  /** Hides all other sources. */
  showOnly(source: number): void {
    this.#hide(this.#options.sources().filter((each) => each !== source));
  }

  showAllSources(): void {
    this.#hide([]);
  }

  #hide(sources: Iterable<number>): void {
    this.#hidden = new Set(sources);
    this.tell();
  }

  get fields(): readonly LensFieldFilter[] {
    return this.#fields;
  }

  /** Only lines with this value, or without it; the same field twice is the newest. */
  addField(field: LensFieldFilter): void {
    const others = this.#fields.filter(({ name, value }) => name !== field.name || value !== field.value);
    this.#fields = [...others, field];
    this.tell();
  }

  dropField(field: LensFieldFilter): void {
    this.#fields = this.#fields.filter((each) => each !== field);
    this.tell();
  }

  get range(): TimeRange {
    return this.#range;
  }

  set range(range: TimeRange) {
    this.#range = range;
    this.tell();
  }

  /** Lines that hold this are left out. */
  get exclude(): string {
    return this.#exclude;
  }

  set exclude(text: string) {
    this.#exclude = text;
    this.tell();
  }

  /** It keeps lines out of sight. */
  get hides(): boolean {
    return Object.keys(this.#filter()).length > 0;
  }

  clear(): void {
    this.#least = undefined;
    this.#hidden = new Set();
    this.#fields = [];
    this.#range = {};
    this.#exclude = '';
    this.tell();
  }

  /** Says once more what it says, where that depends on something else. */
  tell(): void {
    this.#options.onFilter(this.#filter());
  }

  #filter(): LensFilter {
    const { fromMs, toMs } = this.#range;
    return {
      ...(this.#least !== undefined && { levels: LENS_LEVELS.slice(0, LENS_LEVELS.indexOf(this.#least) + 1) }),
      ...(this.#hidden.size > 0 && { sources: this.#options.sources().filter((each) => !this.#hidden.has(each)) }),
      ...(this.#fields.length > 0 && { fields: this.#fields }),
      ...(fromMs !== undefined && { fromMs }),
      ...(toMs !== undefined && { toMs }),
      ...(this.#exclude !== '' && { exclude: this.#options.pattern(this.#exclude) }),
    };
  }
}
