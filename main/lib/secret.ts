import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A value that must not be printed: key material, passwords, tokens. Every usual way of writing it out (string, JSON,
 * inspect, console, structured clone) gives `[secret]` or nothing; only {@link reveal} gives the value, and can be
 * searched for.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it only where the value is used, never to store or send it. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
