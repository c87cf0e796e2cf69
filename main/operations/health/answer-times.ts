import type { NodeAnswer } from '../../../preload/contract/index.ts';

/** The shortest of these says what the way takes; the others waited for something. */
const KEPT = 5;

/** How long a node took to answer lately, through the endpoint that passed its last answer on. */
export class AnswerTimes {
  #endpoint: string | undefined;
  #durationsMs: readonly number[] = [];

  /** Of now, with one more answer. */
  add(endpoint: string, durationMs: number, atMs: number): NodeAnswer {
    const before = endpoint === this.#endpoint ? this.#durationsMs : [];
    this.#endpoint = endpoint;
    this.#durationsMs = [...before, durationMs].slice(-KEPT);
    return { endpoint, durationMs: Math.min(...this.#durationsMs), atMs };
  }

  /** The slowest of the last ones; 0 without any. */
  get slowestMs(): number {
    return Math.max(0, ...this.#durationsMs);
  }
}
