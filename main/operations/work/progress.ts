import type { Clock } from '../../lib/clock.ts';

/** Progress is told so often. */
const TELL_EVERY_MS = 250;
/** What the speed is measured over. */
const SPEED_OVER_MS = 1000;

/** How far a stream of bytes has come, told a few times a second also while nothing comes; and when too long nothing came. */
export class Progress {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #tell: (bytes: number, bytesPerSecond: number) => void;
  readonly #overdue = new AbortController();
  /** Moments of the last second with the bytes that had come by then, oldest first. */
  #marks: { readonly atMs: number; readonly bytes: number }[];
  #bytes = 0;
  /** Monotonic: since when the next bytes are waited for; undefined while those that came are put away, and at their end. */
  #waitingSinceMs: number | undefined;
  #cancel: () => void;

  /** Whoever makes it ends it. `patienceMs`: the longest time without a byte while one is waited for. */
  constructor(clock: Clock, patienceMs: number, tell: (bytes: number, bytesPerSecond: number) => void) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
    this.#tell = tell;
    this.#waitingSinceMs = clock.monotonic();
    this.#marks = [{ atMs: this.#waitingSinceMs, bytes: 0 }];
    this.#cancel = clock.after(TELL_EVERY_MS, () => this.#tick());
  }

  /** Aborts when nothing came for too long. */
  get overdue(): AbortSignal {
    return this.#overdue.signal;
  }

  /** The same bytes, counted. A disk that takes its time is no silence of the node. */
  async *of(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of bytes) {
      this.#bytes += piece.length;
      this.#waitingSinceMs = undefined;
      yield piece;
      this.#waitingSinceMs = this.#clock.monotonic();
    }
    this.#waitingSinceMs = undefined;
  }

  /** Nothing is told any more. */
  end(): void {
    this.#cancel();
  }

  #tick(): void {
    const nowMs = this.#clock.monotonic();
    if (nowMs - (this.#waitingSinceMs ?? nowMs) > this.#patienceMs) return this.#overdue.abort();
    this.#marks = this.#marks.filter(
      ({ atMs }, index) => nowMs - atMs <= SPEED_OVER_MS || index === this.#marks.length - 1,
    );
    const [oldest] = this.#marks;
    const overMs = oldest === undefined ? 0 : nowMs - oldest.atMs;
    const came = this.#bytes - (oldest?.bytes ?? 0);
    this.#marks.push({ atMs: nowMs, bytes: this.#bytes });
    this.#tell(this.#bytes, overMs > 0 ? Math.round((came * 1000) / overMs) : 0);
    this.#cancel = this.#clock.after(TELL_EVERY_MS, () => this.#tick());
  }
}
