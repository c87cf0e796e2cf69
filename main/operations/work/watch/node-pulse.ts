import type { Failure } from '../../../../preload/contract/index.ts';
import type { Pinged } from '../../clusters/caller.ts';

/** How often {@link NodePulse.tick} is called. */
export const TICK_MS = 250;
/** A node that told nothing for so long is asked. */
const ASK_TICKS = 4;
/** Without a sign of life for so long it is silent. */
const SILENT_TICKS = 9;
/** However slow a node is, after this it is silent. */
const MOST_SILENT_TICKS = 60;
/** A node's slowest recent answer may be exceeded by this before it is silent. */
const PATIENCE = 3;
/** Answers looked at for that. */
const ANSWERS_KEPT = 3;
/** While a node is silent it is asked less often. */
const ASK_SILENT_TICKS = 8;
/** A watch that is silent for so long is tried another way. */
const STUCK_TICKS = 20;
/** A question is given up after this. */
const ASK_TIMEOUT_MS = 5000;

/** How a node is asked whether it still answers, and who is told. */
export interface PulseOptions {
  readonly now: () => number;
  /** Asks the node over the way the watch uses; undefined when there is none at the moment. Never rejects. */
  readonly ask: (timeoutMs: number) => Promise<Pinged> | undefined;
  /** Words for what an endpoint said of the node. */
  readonly explain: (error: unknown) => Failure;
  /** Called when it falls silent, and again when the cause is another one. */
  readonly onSilent: (sinceMs: number, failure: Failure | undefined) => void;
  readonly onAlive: () => void;
  /** The way it takes does not work: another one may. */
  readonly onStuck: () => void;
  /** Told of every question's end. */
  readonly onPinged?: (ping: Pinged) => void;
}

/**
 * Whether a node that is watched is still there. A quiet watch proves nothing either way, so a node that told nothing for a
 * second is asked something cheap over the same connections. What counts is time in which this process was awake: ticks.
 */
export class NodePulse {
  readonly #options: PulseOptions;
  #quiet = 0;
  /** Since this way was tried. */
  #onThisWay = 0;
  #sinceAsk = 0;
  /** Which way the question under way takes. */
  #askedWay: number | undefined;
  #way = 0;
  #heardAtMs: number;
  #silent: { readonly sinceMs: number; readonly cause: string } | undefined;
  /** Something came over the present way. */
  #isStanding = false;
  /** Something came over any. */
  #hasStood = false;
  #failure: Failure | undefined;
  #answersMs: readonly number[] = [];

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#heardAtMs = options.now();
  }

  /** The watch brought something, or the node answered while it stands; `tookMs` if it was the answer to something. */
  heard(tookMs?: number): void {
    if (tookMs !== undefined) this.#answersMs = [...this.#answersMs, tookMs].slice(-ANSWERS_KEPT);
    this.#quiet = 0;
    this.#heardAtMs = this.#options.now();
    this.#isStanding = true;
    this.#hasStood = true;
    this.#failure = undefined;
    if (this.#silent === undefined) return;
    this.#silent = undefined;
    this.#options.onAlive();
  }

  /** The watch takes another way, or the same one anew. */
  begin(): void {
    this.#way += 1;
    this.#onThisWay = 0;
    this.#isStanding = false;
  }

  /** The watch broke off. It is silent once that lasts; one that never stood is at once. */
  lost(failure: Failure): void {
    this.#failure = failure;
    if (this.#silent !== undefined || !this.#hasStood) this.#fallSilent();
  }

  /** Somebody looks again who did not for a while: what nobody checked is checked now. */
  look(): void {
    this.#quiet = Math.max(this.#quiet, ASK_TICKS);
    this.#sinceAsk = ASK_SILENT_TICKS;
  }

  tick(): void {
    this.#quiet += 1;
    this.#onThisWay += 1;
    this.#sinceAsk += 1;
    const isDue = this.#silent === undefined ? this.#quiet >= ASK_TICKS : this.#sinceAsk >= ASK_SILENT_TICKS;
    if (isDue && this.#askedWay !== this.#way) void this.#ask();
    if (this.#quiet < this.#patience()) return;
    this.#fallSilent();
    // A node that never told anything may be slow.
    if (this.#onThisWay < (this.#hasStood ? Math.max(STUCK_TICKS, this.#patience()) : MOST_SILENT_TICKS)) return;
    this.#onThisWay = 0;
    this.#options.onStuck();
  }

  /** Ticks: more for a node whose answers are slow, which is no silence. */
  #patience(): number {
    const slowest = Math.ceil((Math.max(0, ...this.#answersMs) * PATIENCE) / TICK_MS);
    return Math.min(MOST_SILENT_TICKS, Math.max(SILENT_TICKS, ASK_TICKS + slowest));
  }

  async #ask(): Promise<void> {
    const asked = this.#options.ask(Math.max(ASK_TIMEOUT_MS, this.#patience() * TICK_MS));
    if (asked === undefined) return;
    const way = this.#way;
    this.#askedWay = way;
    this.#sinceAsk = 0;
    const ping = await asked;
    if (this.#askedWay === way) this.#askedWay = undefined;
    this.#options.onPinged?.(ping);
    // An answer over the way it took before says nothing of this one.
    if (way !== this.#way) return;
    // Of a node that answers and is not watched yet, changes are still missed.
    if (ping.state === 'answered' && this.#isStanding) this.heard(ping.durationMs);
    if (ping.state !== 'unreachable') return;
    this.#failure = this.#options.explain(ping.error);
    this.#options.onStuck();
  }

  #fallSilent(): void {
    const cause = this.#failure?.message ?? '';
    const sinceMs = this.#silent?.sinceMs ?? this.#heardAtMs;
    if (this.#silent?.cause === cause) return;
    this.#silent = { sinceMs, cause };
    this.#options.onSilent(sinceMs, this.#failure);
  }
}
