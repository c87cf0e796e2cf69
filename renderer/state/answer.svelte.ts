import type { Failure, Outcome } from '../../preload/contract/index.ts';

/** The answer of a call that does not change while the app runs; asked when first needed. */
export class Answer<T> {
  #value = $state.raw<T | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  readonly #ask: () => Promise<Outcome<T>>;

  constructor(ask: () => Promise<Outcome<T>>) {
    this.#ask = ask;
    void this.again();
  }

  get current(): T | undefined {
    return this.#value;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  async again(): Promise<void> {
    const outcome = await this.#ask();
    if (outcome.ok) {
      this.#value = outcome.value;
      this.#failure = undefined;
    } else {
      this.#failure = outcome.failure;
    }
  }
}
