import { readOwnFile } from '../../files/own/own-file.ts';
import { replaceOwnFile } from '../../files/own/replace-own-file.ts';
import type { Log } from '../../lib/log.ts';

/** The file that remembers when Minos last looked for a newer version, over restarts. */
export class Looked {
  readonly #path: string;
  readonly #log: Log;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  /** Epoch milliseconds; undefined when it never looked, or that cannot be read. Never rejects. */
  async read(): Promise<number | undefined> {
    const text = await readOwnFile(this.#path, 1024).then(String, () => '');
    const atMs = Number(/^\{"lookedAtMs":(\d{1,16})\}\n?$/.exec(text)?.[1] ?? NaN);
    return Number.isSafeInteger(atMs) ? atMs : undefined;
  }

  /** Never rejects: that it cannot be remembered is logged. */
  async write(lookedAtMs: number): Promise<void> {
    await replaceOwnFile(this.#path, `${JSON.stringify({ lookedAtMs })}\n`).catch((error: unknown) => {
      this.#log.write('warn', 'when Minos looked for a newer version cannot be remembered', { error });
    });
  }
}
