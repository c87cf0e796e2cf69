import {
  DATE_FORMS,
  DEADLINES_MS,
  DENSITIES,
  RAILS,
  THEMES,
  TIME_ZONES,
  type PageSettings,
} from '../../preload/contract/index.ts';

/** Numbers of the colours a context can be marked with. */
export const BANDS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** See `THEMES`. */
export type Theme = (typeof THEMES)[number];

/** See `DENSITIES`. */
export type Density = (typeof DENSITIES)[number];

/** Whether the rail shows words, icons, or what fits. */
export type Rail = (typeof RAILS)[number];

/** See `TIME_ZONES`. */
export type TimeZone = (typeof TIME_ZONES)[number];

/** See `DATE_FORMS`. */
export type DateForm = (typeof DATE_FORMS)[number];

/** One of `DEADLINES_MS`. */
export type DeadlineMs = (typeof DEADLINES_MS)[number];

/** See {@link BANDS}. */
export type Band = (typeof BANDS)[number];

/** How the user marked one context in this page. */
export interface ContextMark {
  readonly band?: Band;
  /** Set by an earlier version and not handed over to main yet, which keeps such marks now. */
  readonly isProduction?: true;
}

/** Where preferences are kept, for all windows; `localStorage` has this shape. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem?(key: string): void;
  readonly length?: number;
  key?(index: number): string | null;
}

const KEY = 'minos.preferences';
/** What one window alone writes. */
const OWN = 'minos.';
const ownKey = (name: string): string => `${OWN}${name}`;

interface Stored {
  readonly theme?: unknown;
  readonly density?: unknown;
  readonly rail?: unknown;
  readonly timeZone?: unknown;
  readonly dates?: unknown;
  readonly deadlineMs?: unknown;
  readonly marks?: unknown;
  readonly kept?: unknown;
}

/** Row height in px, the same figures as `--row` in styles/tokens.css: windowed tables count with them. */
const ROW_HEIGHT_PX: Readonly<Record<Density, number>> = { compact: 28, default: 32, comfortable: 40 };

/**
 * What the user chose about the looks. Kept between starts; a damaged or foreign value falls back to the default. Windows share one shelf:
 * whatever is changed here is written into what lies there by then, so that no window takes back what another one chose.
 */
export class Preferences {
  #theme = $state<Theme>('system');
  #density = $state<Density>('default');
  #rail = $state<Rail>('auto');
  #timeZone = $state<TimeZone>('local');
  #dates = $state<DateForm>('system');
  #deadlineMs = $state<DeadlineMs>(30_000);
  #marks = $state.raw<ReadonlyMap<string, ContextMark>>(new Map());
  #kept = $state.raw<ReadonlyMap<string, unknown>>(new Map());
  readonly #shelf: Shelf | undefined;
  /** What lay on the shelf when it was read or written last. */
  #text: string | null | undefined;

  constructor(shelf: Shelf | undefined) {
    this.#shelf = shelf;
    this.readAgain();
  }

  /** Takes over what another window has chosen. */
  readAgain(): void {
    const text = textOn(this.#shelf);
    // Where nothing could be stored, what was chosen here holds.
    if (text === undefined || text === this.#text) return;
    this.#text = text;
    const stored = storedIn(text);
    this.#theme = oneOf(THEMES, stored.theme) ?? 'system';
    this.#density = oneOf(DENSITIES, stored.density) ?? 'default';
    this.#rail = oneOf(RAILS, stored.rail) ?? 'auto';
    this.#timeZone = oneOf(TIME_ZONES, stored.timeZone) ?? 'local';
    this.#dates = oneOf(DATE_FORMS, stored.dates) ?? 'system';
    this.#deadlineMs = oneOf(DEADLINES_MS, stored.deadlineMs) ?? 30_000;
    this.#marks = new Map(marksFrom(stored.marks));
    this.#kept = new Map(keptFrom(stored.kept));
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#change(() => (this.#theme = theme));
  }

  get density(): Density {
    return this.#density;
  }

  set density(density: Density) {
    this.#change(() => (this.#density = density));
  }

  get rail(): Rail {
    return this.#rail;
  }

  set rail(rail: Rail) {
    this.#change(() => (this.#rail = rail));
  }

  get timeZone(): TimeZone {
    return this.#timeZone;
  }

  set timeZone(timeZone: TimeZone) {
    this.#change(() => (this.#timeZone = timeZone));
  }

  get dates(): DateForm {
    return this.#dates;
  }

  set dates(dates: DateForm) {
    this.#change(() => (this.#dates = dates));
  }

  /** How long a run waits for a node where nothing else is said. */
  get deadlineMs(): DeadlineMs {
    return this.#deadlineMs;
  }

  set deadlineMs(deadlineMs: DeadlineMs) {
    this.#change(() => (this.#deadlineMs = deadlineMs));
  }

  /** What is chosen and can be taken to another computer. */
  get settings(): Required<PageSettings> {
    const { theme, density, rail, timeZone, dates, deadlineMs } = this;
    return { theme, density, rail, timeZone, dates, deadlineMs };
  }

  /** Chooses all that is given. */
  choose({ theme, density, rail, timeZone, dates, deadlineMs }: PageSettings): void {
    this.#change(() => {
      this.#theme = theme ?? this.#theme;
      this.#density = density ?? this.#density;
      this.#rail = rail ?? this.#rail;
      this.#timeZone = timeZone ?? this.#timeZone;
      this.#dates = dates ?? this.#dates;
      this.#deadlineMs = deadlineMs ?? this.#deadlineMs;
    });
  }

  get rowHeightPx(): number {
    return ROW_HEIGHT_PX[this.#density];
  }

  /** The band of a context: the user's choice, else one that follows from its name and so stays the same. */
  bandOf(context: string): Band {
    return this.#marks.get(context)?.band ?? bandFor(context);
  }

  setBand(context: string, band: Band): void {
    this.#change(() => {
      this.#marks = new Map(this.#marks).set(context, { ...this.#marks.get(context), band });
    });
  }

  /** Ids of contexts that an earlier version marked as production here and that main does not know of yet. */
  get oldProduction(): readonly string[] {
    return [...this.#marks].flatMap(([context, { isProduction }]) => (isProduction ? [context] : []));
  }

  hasOldProduction(context: string): boolean {
    return this.#marks.get(context)?.isProduction === true;
  }

  /** Main keeps the mark now, or it was taken away. */
  dropOldProduction(context: string): void {
    this.#change(() => {
      const { isProduction, ...left } = this.#marks.get(context) ?? {};
      if (isProduction !== undefined) this.#marks = new Map(this.#marks).set(context, left);
    });
  }

  /** What a feature keeps between starts under a name of its own; whoever reads it checks it. */
  kept(name: string): unknown {
    return this.#kept.get(name);
  }

  /** Keeps plain data. */
  keep(name: string, value: unknown): void {
    this.#change(() => {
      this.#kept = new Map(this.#kept).set(name, value);
    });
  }

  /** What this window keeps between starts under a name that no other window writes; whoever reads it checks it. */
  keptAlone(name: string): unknown {
    return parsed(textOn(this.#shelf, ownKey(name)));
  }

  /** Keeps plain data of this window. */
  keepAlone(name: string, value: unknown): void {
    write(this.#shelf, ownKey(name), JSON.stringify(value));
  }

  /** Drops what windows kept that are no more: every name that is `isDropped`. */
  dropAlone(isDropped: (name: string) => boolean): void {
    const shelf = this.#shelf;
    const keys = Array.from({ length: shelf?.length ?? 0 }, (_, index) => shelf?.key?.(index) ?? '');
    for (const key of keys)
      if (key.startsWith(OWN) && key !== KEY && isDropped(key.slice(OWN.length))) shelf?.removeItem?.(key);
  }

  #change(change: () => void): void {
    this.readAgain();
    change();
    const text = JSON.stringify({ ...this.settings, marks: [...this.#marks], kept: [...this.#kept] });
    if (write(this.#shelf, KEY, text)) this.#text = text;
  }
}

function bandFor(context: string): Band {
  let hash = 0;
  for (let i = 0; i < context.length; i += 1) hash = (hash * 31 + context.charCodeAt(i)) >>> 0;
  return BANDS[hash % BANDS.length] ?? 1;
}

/** Null: nothing lies there; undefined: there is no shelf. */
function textOn(shelf: Shelf | undefined, key = KEY): string | null | undefined {
  try {
    return shelf?.getItem(key);
  } catch {
    return undefined; // Storage may be switched off.
  }
}

/** False: storage is full or switched off; what was chosen then holds until the window closes. */
function write(shelf: Shelf | undefined, key: string, text: string): boolean {
  try {
    shelf?.setItem(key, text);
    return shelf !== undefined;
  } catch {
    return false;
  }
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

function storedIn(text: string | null): Stored {
  const value = parsed(text);
  return typeof value === 'object' && value !== null ? value : {};
}

function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((item) => item === value);
}

function* keptFrom(value: unknown): Iterable<[string, unknown]> {
  if (!Array.isArray(value)) return;
  for (const entry of value as unknown[]) {
    if (Array.isArray(entry) && typeof entry[0] === 'string') yield [entry[0], entry[1]];
  }
}

/** Pairs, not an object: context names such as `__proto__` are legal. */
function* marksFrom(value: unknown): Iterable<[string, ContextMark]> {
  if (!Array.isArray(value)) return;
  for (const entry of value as unknown[]) {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string') continue;
    const mark = (entry[1] ?? {}) as { band?: unknown; isProduction?: unknown };
    const band = oneOf(BANDS, mark.band);
    yield [
      entry[0],
      { ...(band === undefined ? {} : { band }), ...(mark.isProduction === true ? { isProduction: true } : {}) },
    ];
  }
}
