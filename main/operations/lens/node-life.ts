import type { Failure } from '../../../preload/contract/index.ts';
import type { Pinged } from '../clusters/caller.ts';

/** How often {@link NodeLife.tick} is called. */
export const LIFE_TICK_MS = 500;
/** A node from which nothing came for so long is asked. */
const ASK_AFTER_MS = 1000;
/** Without a sign of life for so long it is silent. */
const SILENT_AFTER_MS = 2500;
const ASK_TIMEOUT_MS = 5000;
/** Streams over a way that gives no sign of life are asked for again, over another one if there is. */
const STUCK_AFTER_MS = 8000;

/** How a node is asked, and who is told. */
export interface LifeOptions {
  /** Monotonic. */
  readonly monotonic: () => number;
  readonly now: () => number;
  /** Asks the node over the way its streams take; undefined when there is none at the moment. Never rejects. */
  readonly ask: (timeoutMs: number) => Promise<Pinged> | undefined;
  readonly explain: (error: unknown) => Failure;
  readonly onSilent: (sinceMs: number, failure: Failure | undefined) => void;
  readonly onAlive: () => void;
  /** Its streams do not work as they are. */
  readonly onStuck: () => void;
}

/**
 * Whether a node is there whose logs are followed. A quiet log proves nothing either way, so a node that wrote nothing for a
 * second is asked over the same connection; any answer is a sign of life. One for all streams of a node.
 */
export class NodeLife {
  readonly #options: LifeOptions;
  #heardAt: number;
  #heardAtMs: number;
  #isAsking = false;
  #isSilent = false;
  #stuckAt: number;

  constructor(options: LifeOptions) {
    this.#options = options;
    this.#heardAt = options.monotonic();
    this.#heardAtMs = options.now();
    this.#stuckAt = this.#heardAt;
  }

  /** Something of the node came. */
  heard(): void {
    this.#heardAt = this.#options.monotonic();
    this.#heardAtMs = this.#options.now();
    this.#stuckAt = this.#heardAt;
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#options.onAlive();
  }

  /** All its streams broke; `why` is what the last one said. */
  lost(why: Failure): void {
    this.#silent(why);
  }

  tick(): void {
    const quietMs = this.#options.monotonic() - this.#heardAt;
    if (quietMs >= ASK_AFTER_MS && !this.#isAsking) void this.#ask();
    if (quietMs >= SILENT_AFTER_MS) this.#silent(undefined);
    if (!this.#isSilent || this.#options.monotonic() - this.#stuckAt < STUCK_AFTER_MS) return;
    this.#stuckAt = this.#options.monotonic();
    this.#options.onStuck();
  }

  async #ask(): Promise<void> {
    const asked = this.#options.ask(ASK_TIMEOUT_MS);
    if (asked === undefined) return;
    this.#isAsking = true;
    const ping = await asked;
    this.#isAsking = false;
    if (ping.state === 'answered') this.heard();
    if (ping.state === 'unreachable') this.#silent(this.#options.explain(ping.error));
  }

  #silent(why: Failure | undefined): void {
    if (this.#isSilent) return;
    this.#isSilent = true;
    this.#options.onSilent(this.#heardAtMs, why);
  }
}
