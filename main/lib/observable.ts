/** A current value and those who want to know when it is replaced. Values are never mutated. */
export interface Observable<T> {
  readonly current: T;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: (value: T) => void): () => void;
}

/** The writing side of an {@link Observable}. */
export class Value<T> implements Observable<T> {
  #current: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(initial: T) {
    this.#current = initial;
  }

  get current(): T {
    return this.#current;
  }

  /** How many listen; leak checks read it. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  set(value: T): void {
    this.#current = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Another observable seen through a function; asked anew at each reading. */
export function mapped<T, U>(source: Observable<T>, map: (value: T) => U): Observable<U> {
  return {
    get current() {
      return map(source.current);
    },
    subscribe: (listener) => source.subscribe((value) => listener(map(value))),
  };
}
