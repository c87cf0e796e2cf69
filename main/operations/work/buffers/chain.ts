/** A place in a {@link Chain}. */
export interface ChainLink<T> {
  value: T;
  before: ChainLink<T> | undefined;
  after: ChainLink<T> | undefined;
}

/** Values in order, each of which can be taken out of the middle at no cost. A map kept in order walks over what it lost. */
export class Chain<T> {
  first: ChainLink<T> | undefined;
  #last: ChainLink<T> | undefined;

  /** Puts a value last. */
  append(value: T): ChainLink<T> {
    const link: ChainLink<T> = { value, before: this.#last, after: undefined };
    if (this.#last === undefined) this.first = link;
    else this.#last.after = link;
    this.#last = link;
    return link;
  }

  /** Takes a link out; once each. */
  remove(link: ChainLink<T>): void {
    const { before, after } = link;
    if (before === undefined) this.first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
  }
}
