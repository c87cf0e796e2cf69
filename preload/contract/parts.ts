/** A part of a large value: what is in it belongs into the list or object at `path`. The first has no path and is the value. */
export interface ValuePart {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Puts the parts of a value together, in the order they come. They are taken over: what is in them becomes the value. */
export class JoinedParts {
  #value: unknown;
  #isEmpty = true;

  /** What has come so far. */
  get value(): unknown {
    return this.#value;
  }

  add({ path, value }: ValuePart): void {
    if (this.#isEmpty) {
      this.#isEmpty = false;
      this.#value = value;
      return;
    }
    let target = this.#value as Record<string | number, unknown>;
    for (const key of path) target = target[key] as Record<string | number, unknown>;
    if (Array.isArray(target)) for (const entry of value as readonly unknown[]) target.push(entry);
    else if (Object.hasOwn(value as object, '__proto__'))
      Object.defineProperties(target, Object.getOwnPropertyDescriptors(value));
    else Object.assign(target, value);
  }
}
