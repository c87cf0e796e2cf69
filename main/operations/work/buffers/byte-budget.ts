/**
 * Bytes that several may take together. Each takes through a share of its own and gives everything back at once, so that a
 * node that failed leaves nothing behind.
 */
export class ByteBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** A share that takes at most `mostBytes`. */
  share(mostBytes: number): BudgetShare {
    let taken = 0;
    return {
      take: (bytes) => {
        if (bytes > this.#left || taken + bytes > mostBytes) return false;
        this.#left -= bytes;
        taken += bytes;
        return true;
      },
      release: () => {
        this.#left += taken;
        taken = 0;
      },
    };
  }
}

/** See {@link ByteBudget}. */
export interface BudgetShare {
  /** False when nothing is left; nothing is taken then. */
  take(bytes: number): boolean;
  release(): void;
}
