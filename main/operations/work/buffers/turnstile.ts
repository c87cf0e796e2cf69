/** Lets one through at a time, in the order they come. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /** A ticket that may be used once. */
  ticket(): Ticket {
    let turn: Promise<void> | undefined;
    let leave = (): void => undefined;
    return {
      enter: () => {
        if (turn === undefined) {
          turn = this.#last;
          const { promise, resolve } = Promise.withResolvers<void>();
          this.#last = this.#last.then(() => promise);
          leave = resolve;
        }
        return turn;
      },
      leave: () => {
        leave();
      },
    };
  }
}

/** See {@link Turnstile}. */
export interface Ticket {
  /** Resolves when those before have left; again and again, once inside. */
  enter(): Promise<void>;
  /** Also for one that never entered or still waits. */
  leave(): void;
}
