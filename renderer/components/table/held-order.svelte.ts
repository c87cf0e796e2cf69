/** How long after the pointer moved rows stay where they are. */
const HOLD_MS = 2000;

/**
 * Keeps rows where they are while the pointer moves over them: whoever is about to click one hits that one, whatever is learned meanwhile.
 * What is new comes behind. Whoever makes it ends it.
 */
export class HeldOrder {
  #keys = $state.raw<ReadonlyMap<string, number> | undefined>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The pointer moved over the rows, whose keys stand in this order. */
  touch(order: readonly string[]): void {
    this.#keys ??= new Map(order.map((key, at) => [key, at]));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), HOLD_MS);
  }

  /** The rows in the order that is held, else as they come. */
  rows<Row>(sorted: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
    const keys = this.#keys;
    if (keys === undefined) return sorted;
    const placed = sorted.map((row, at) => ({ row, at: keys.get(keyOf(row)) ?? keys.size + at }));
    return placed.sort((a, b) => a.at - b.at).map(({ row }) => row);
  }

  /** For an effect: ends it as soon as something else is sorted by, and with the table. */
  endOn(_sort: unknown): () => void {
    return () => this.end();
  }

  /** The order is that of the rows again. */
  end(): void {
    clearTimeout(this.#timer);
    this.#keys = undefined;
  }
}
