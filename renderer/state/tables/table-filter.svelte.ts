/** What a table is filtered by. */
export class TableFilter {
  text = $state('');
  /** Ids of what is switched on beside the text. */
  on = $state.raw<ReadonlySet<string>>(new Set());

  constructor(first: readonly string[] = []) {
    this.on = new Set(first);
  }

  /** Nothing is left out. */
  get isEmpty(): boolean {
    return this.text.trim() === '' && this.on.size === 0;
  }

  /** Switches one on or off; the `others` go off in either case. */
  toggle(id: string, others: readonly string[] = []): void {
    const on = new Set(this.on);
    const isOn = on.has(id);
    for (const each of [id, ...others]) on.delete(each);
    if (!isOn) on.add(id);
    this.on = on;
  }

  clear(): void {
    this.text = '';
    this.on = new Set();
  }
}

/** More tables than anybody goes back to. */
const MOST_KEPT = 200;

/**
 * What the tables of a window are filtered by, so that one that is left and come back to is as it was. Not over a restart: a list that
 * begins with something left out would not be believed.
 */
export class TableFilters {
  readonly #kept = new Map<string, TableFilter>();

  /** The filter of a table by its name, and of the cluster whose things it lists; `first` is on where it is new. */
  of(name: string, context = '', first: readonly string[] = []): TableFilter {
    const key = JSON.stringify([name, context]);
    const filter = this.#kept.get(key) ?? new TableFilter(first);
    this.#kept.delete(key);
    this.#kept.set(key, filter);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return filter;
  }
}
