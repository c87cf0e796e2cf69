import { inspect } from 'node:util';

/**
 * Text that must never be printed. Logs, JSON and `util.inspect` show `[secret]`; `reveal()` is the one way out and easy
 * to search for. The value lives in a private field, so spreading or cloning does not carry it along.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself. Call it only where the value is used; never log, throw or send the result. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
