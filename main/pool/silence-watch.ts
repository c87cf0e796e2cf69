import type { Clock } from '../lib/clock.ts';

/** What the watch needs of a connection. */
export interface SilenceWatchOptions {
  readonly clock: Clock;
  readonly silenceMs: number;
  readonly silenceCeilingMs: number;
  /** Grows with every byte received. */
  readonly bytesRead: () => number;
  /** Whether the connection still exists at all is looked at here, eight times in a silence. */
  readonly check: () => void;
  /** Asks something cheap; false: no answer in time. Never rejects. */
  readonly probe: () => Promise<boolean>;
  /** The probe was not answered. Called at most once. */
  readonly onSilent: () => void;
}

/** Looks this often per silence: a silence is noticed at most an eighth late. */
const LOOKS = 8;

/**
 * Notices that an open connection went dead while calls wait on it. Silence alone proves nothing (a slow node, a quiet
 * log), so it only starts a probe. While probes are answered the next one may wait twice as long. Without calls nothing
 * runs. Uses calls, not HTTP/2 pings: servers may punish pings more frequent than every five minutes.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  #pending = 0;
  #quietLooks = 0;
  #probeAtLooks = LOOKS;
  #lastBytes = 0;
  #probing = false;
  #stopped = false;
  /** What had come when this connection began to be doubted. */
  #doubtedAtBytes: number | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** A call starts to wait. Its start does not restart the silence, else frequent calls would hide a dead connection. */
  begin(): void {
    this.#pending += 1;
    this.#probeAtLooks = LOOKS;
    if (this.#pending > 1 || this.#stopped || this.#cancelTimer !== undefined) return;
    this.#quietLooks = 0;
    this.#lastBytes = this.#options.bytesRead();
    this.#schedule();
  }

  /** A call stopped waiting. */
  end(): void {
    this.#pending -= 1;
    if (this.#pending === 0 && !this.isDoubted) this.#unschedule();
  }

  /** Goes on watching, also when no call waits any more, until a byte comes or the silence is proven. */
  doubt(): void {
    this.#doubtedAtBytes = this.#options.bytesRead();
    if (!this.#stopped && this.#cancelTimer === undefined) this.#schedule();
  }

  /** {@link doubt} was called, and nothing came since. */
  get isDoubted(): boolean {
    return !this.#stopped && this.#doubtedAtBytes === this.#options.bytesRead();
  }

  /** Ends the watch for good. */
  stop(): void {
    this.#stopped = true;
    this.#unschedule();
  }

  #schedule(): void {
    this.#cancelTimer = this.#options.clock.after(this.#options.silenceMs / LOOKS, () => {
      this.#cancelTimer = undefined;
      this.#look();
    });
  }

  #unschedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #look(): void {
    const bytes = this.#options.bytesRead();
    if (bytes === this.#lastBytes) this.#quietLooks += 1;
    else this.#quietLooks = 0;
    this.#lastBytes = bytes;
    this.#options.check();
    if (this.#stopped || (this.#pending === 0 && !this.isDoubted)) return;
    if (this.#quietLooks >= this.#probeAtLooks && !this.#probing) void this.#probe();
    this.#schedule();
  }

  async #probe(): Promise<void> {
    this.#probing = true;
    const answered = await this.#options.probe();
    this.#probing = false;
    if (this.#stopped) return;
    if (!answered) {
      this.stop();
      this.#options.onSilent();
      return;
    }
    this.#quietLooks = 0;
    const ceiling = (this.#options.silenceCeilingMs / this.#options.silenceMs) * LOOKS;
    this.#probeAtLooks = Math.min(this.#probeAtLooks * 2, ceiling);
  }
}
