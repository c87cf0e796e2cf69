/** A place in a {@link Chain}. */
export interface Link<T> {
  value: T;
  before: Link<T> | undefined;
  after: Link<T> | undefined;
}

/** Values in order, each of which can be taken out of the middle at no cost. A map kept in order walks over what it lost. */
export class Chain<T> {
  first: Link<T> | undefined;
  #last: Link<T> | undefined;

  /** Puts a value last. */
  append(value: T): Link<T> {
    const link: Link<T> = { value, before: this.#last, after: undefined };
    if (this.#last === undefined) this.first = link;
    else this.#last.after = link;
    this.#last = link;
    return link;
  }

  /** Takes a link out; once each. */
  remove(link: Link<T>): void {
    const { before, after } = link;
    if (before === undefined) this.first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
  }
}
