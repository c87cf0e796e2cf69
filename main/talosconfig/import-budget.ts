import { Failed } from '../lib/failed.ts';

/** Most bytes of all files of one drop: as much as two talosconfigs may have. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Most files of one drop that are read. */
const MAX_FILES = 200;
/** After so long no further file is read, ms. */
const MAX_MS = 60_000;

/** What one import may take in all, however many files and folders were dropped. */
export class ImportBudget {
  #bytes = 0;
  #files = 0;
  readonly #monotonicMs: () => number;
  readonly #startMs: number;

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs;
    this.#startMs = monotonicMs();
  }

  /** Nothing more is read. */
  get isSpent(): boolean {
    return this.#why() !== undefined;
  }

  /** Throws Failed `too-large` when nothing more is read. */
  check(file: string): void {
    const why = this.#why();
    if (why === undefined) return;
    throw new Failed({
      code: 'too-large',
      message: `${why}; ${file} and what comes after it were not read.`,
      hint: 'Import fewer files at once.',
      where: { file },
    });
  }

  take(bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
  }

  #why(): string | undefined {
    if (this.#files >= MAX_FILES) return `${MAX_FILES} talosconfigs were read`;
    if (this.#bytes >= MAX_BYTES) return '64 MB of talosconfigs were read';
    if (this.#monotonicMs() - this.#startMs >= MAX_MS) return 'Reading these files took a minute';
    return undefined;
  }
}
