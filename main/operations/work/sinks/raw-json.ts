import { MAX_MESSAGE_BYTES, type RawAnswer } from '../../../../preload/contract/index.ts';
import { cutText } from '../../../lib/message-size.ts';
import { visibleJson } from '../../../lib/visible.ts';

/** Longest JSON text that is shown, in bytes as it is sent. */
const MAX_JSON_BYTES = MAX_MESSAGE_BYTES - 1024;

/** Deeper than any message. */
const MAX_DEPTH = 64;

/**
 * A decoded message as indented JSON, as `JSON.stringify` writes it; bytes as base64, unseen signs as escapes. Stops where it is cut: a message of
 * 16 MiB would take main a second to write whole.
 */
export function rawJson(message: unknown): RawAnswer {
  const writer = new Writer(MAX_JSON_BYTES);
  writer.value(message, '');
  const { text, isCut } = cutText(visibleJson(writer.text), MAX_JSON_BYTES);
  return { json: text, isCut: isCut || writer.isFull };
}

class Writer {
  text = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.text.length > this.#limit;
  }

  value(value: unknown, indent: string): void {
    if (typeof value === 'string') this.text += JSON.stringify(value.slice(0, this.#limit + 1));
    else if (value instanceof Uint8Array) this.#bytes(value);
    else if (value === null || typeof value !== 'object') this.text += JSON.stringify(value) ?? 'null';
    else if (indent.length / 2 > MAX_DEPTH) this.text += '"…"';
    else if (Array.isArray(value)) this.#entries('[', ']', value as readonly unknown[], undefined, indent);
    else {
      const fields = value as Readonly<Record<string, unknown>>;
      const keys = Object.keys(fields).filter((key) => fields[key] !== undefined);
      this.#entries(
        '{',
        '}',
        keys.map((key) => fields[key]),
        keys,
        indent,
      );
    }
  }

  #entries(
    open: string,
    close: string,
    values: readonly unknown[],
    keys: readonly string[] | undefined,
    indent: string,
  ): void {
    if (values.length === 0) {
      this.text += open + close;
      return;
    }
    const inner = `${indent}  `;
    this.text += open;
    for (let index = 0; index < values.length; index += 1) {
      if (this.isFull) return;
      this.text += `${index === 0 ? '' : ','}\n${inner}`;
      if (keys !== undefined) this.text += `${JSON.stringify(keys[index])}: `;
      this.value(values[index], inner);
    }
    this.text += `\n${indent}${close}`;
  }

  #bytes(bytes: Uint8Array): void {
    const some = bytes.subarray(0, this.#limit);
    this.text += `"${Buffer.from(some.buffer, some.byteOffset, some.length).toString('base64')}"`;
  }
}
