/** Nobody says otherwise: one selection, in one place. */
const ONE_PLACE = (): string => '';
const NOTHING: ReadonlySet<string> = new Set();

/** Where a range starts, and the selection as it was then, so that a range may shrink again. */
interface Anchor {
  readonly key: string | undefined;
  readonly base: ReadonlySet<string>;
}

/**
 * Which rows are selected, by key, and the one range selection starts from. With a `place`, such as the context in use,
 * each place has a selection of its own: it is kept while another place is looked at, and never carried over.
 */
export class Selection {
  #keys = $state.raw<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  readonly #anchors = new Map<string, Anchor>();
  readonly #place: () => string;

  constructor(place: () => string = ONE_PLACE) {
    this.#place = place;
  }

  get keys(): ReadonlySet<string> {
    return this.keysIn(this.#place());
  }

  get size(): number {
    return this.keys.size;
  }

  /** What is selected in any place, also one that is not looked at. */
  keysIn(place: string): ReadonlySet<string> {
    return this.#keys.get(place) ?? NOTHING;
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  toggle(key: string): void {
    const keys = new Set(this.keys);
    if (!keys.delete(key)) keys.add(key);
    this.#begin(keys, key);
  }

  only(key: string): void {
    this.#begin(new Set([key]), key);
  }

  set(keys: Iterable<string>): void {
    this.setIn(this.#place(), keys);
  }

  /** Selects in any place, also one that is not looked at. */
  setIn(place: string, keys: Iterable<string>): void {
    const set = new Set(keys);
    this.#put(place, set);
    this.#anchors.set(place, { key: this.#anchors.get(place)?.key, base: set });
  }

  clear(): void {
    this.#begin(new Set(), undefined);
  }

  /** Everything between the last touched row and this one, in the order shown, joins the selection. */
  extendTo(key: string, order: readonly string[]): void {
    const anchor = this.#anchors.get(this.#place());
    const from = anchor?.key === undefined ? -1 : order.indexOf(anchor.key);
    const to = order.indexOf(key);
    if (to < 0) return;
    if (from < 0) return this.toggle(key);
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.#put(this.#place(), new Set([...(anchor?.base ?? NOTHING), ...range]));
  }

  /** Drops what is no longer there. */
  keep(known: ReadonlySet<string>): void {
    const kept = [...this.keys].filter((key) => known.has(key));
    if (kept.length !== this.keys.size) this.#put(this.#place(), new Set(kept));
  }

  #begin(keys: ReadonlySet<string>, key: string | undefined): void {
    this.#put(this.#place(), keys);
    this.#anchors.set(this.#place(), { key, base: keys });
  }

  #put(place: string, keys: ReadonlySet<string>): void {
    this.#keys = new Map(this.#keys).set(place, keys);
  }
}
