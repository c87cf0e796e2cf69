/** Which rows are selected, by key, and the one range selection starts from. */
export class Selection {
  #keys = $state.raw<ReadonlySet<string>>(new Set());
  #anchor: string | undefined;
  /** The selection as it was when the anchor was set, so that a range may shrink again. */
  #base: ReadonlySet<string> = new Set();

  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  get size(): number {
    return this.#keys.size;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  toggle(key: string): void {
    const keys = new Set(this.#keys);
    if (!keys.delete(key)) keys.add(key);
    this.#keys = keys;
    this.#base = keys;
    this.#anchor = key;
  }

  only(key: string): void {
    this.#keys = new Set([key]);
    this.#base = this.#keys;
    this.#anchor = key;
  }

  set(keys: Iterable<string>): void {
    this.#keys = new Set(keys);
    this.#base = this.#keys;
  }

  clear(): void {
    this.#keys = new Set();
    this.#base = this.#keys;
    this.#anchor = undefined;
  }

  /** Everything between the last touched row and this one, in the order shown, joins the selection. */
  extendTo(key: string, order: readonly string[]): void {
    const from = this.#anchor === undefined ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(key);
    if (to < 0) return;
    if (from < 0) return this.toggle(key);
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.#keys = new Set([...this.#base, ...range]);
  }

  /** Drops what is no longer there. */
  keep(known: ReadonlySet<string>): void {
    const kept = [...this.#keys].filter((key) => known.has(key));
    if (kept.length !== this.#keys.size) this.#keys = new Set(kept);
  }
}
