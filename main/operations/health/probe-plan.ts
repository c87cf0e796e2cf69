/** At rest a node is asked once in so long. */
export const PROBE_EVERY_MS = 30_000;
/** Of more than 750 nodes each less often: a question costs the same, and so many a second are enough for one thread. */
const REST_MS_PER_NODE = 40;
const PROBE_AT_LEAST_EVERY_MS = 45_000;
/** One that does not answer, or is not well, is asked more often. */
const PROBE_ILL_MS = 10_000;
/** So many questions a second, however many nodes there are. */
const MOST_PER_SECOND = 45;
/** So many at once after a rest: a small cluster is asked at one go. */
const MOST_AT_ONCE = 100;

interface Planned {
  dueAtMs: number;
  isAsked: boolean;
  /** It has been asked before, so it has its place in the turn. */
  hasTurn: boolean;
}

/**
 * When which node is asked: each once in {@link PROBE_EVERY_MS}, of very many in 45 s, spread over that time; those that are ill more
 * often; all together no more than so many a second. Pure: moments come from outside, monotonic milliseconds.
 */
export class ProbePlan {
  readonly #nodes = new Map<string, Planned>();
  readonly #random: () => number;
  #tokens = MOST_AT_ONCE;
  #filledAtMs: number | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** From now on these are asked and no others; new ones as soon as may be. */
  setNodes(nodes: readonly string[], nowMs: number): void {
    const wanted = new Set(nodes);
    for (const node of [...this.#nodes.keys()]) if (!wanted.has(node)) this.#nodes.delete(node);
    for (const node of wanted) {
      if (!this.#nodes.has(node)) this.#nodes.set(node, { dueAtMs: nowMs, isAsked: false, hasTurn: false });
    }
  }

  /** Those to be asked now; each is told of with {@link ended}. */
  due(nowMs: number): readonly string[] {
    this.#fill(nowMs);
    const due = [...this.#nodes].filter(([, { dueAtMs, isAsked }]) => !isAsked && dueAtMs <= nowMs);
    const taken = due.sort(([, a], [, b]) => a.dueAtMs - b.dueAtMs).slice(0, Math.floor(this.#tokens));
    this.#tokens -= taken.length;
    for (const [, planned] of taken) planned.isAsked = true;
    return taken.map(([node]) => node);
  }

  /** The question ended; the node answered and is well, or not. */
  ended(node: string, isWell: boolean, nowMs: number): void {
    const planned = this.#nodes.get(node);
    if (planned === undefined) return;
    const restMs = Math.min(PROBE_AT_LEAST_EVERY_MS, Math.max(PROBE_EVERY_MS, this.#nodes.size * REST_MS_PER_NODE));
    const everyMs = isWell ? restMs : PROBE_ILL_MS;
    // All are asked at first; from then on they take turns, of which none begins so late that a node would be taken for silent.
    const waitMs = planned.hasTurn || !isWell ? everyMs : 2 * PROBE_EVERY_MS - (1 - this.#random()) * everyMs;
    this.#nodes.set(node, { dueAtMs: nowMs + waitMs, isAsked: false, hasTurn: planned.hasTurn || isWell });
  }

  /** All are due now. */
  refresh(nowMs: number): void {
    for (const planned of this.#nodes.values()) planned.dueAtMs = nowMs;
  }

  #fill(nowMs: number): void {
    const elapsedMs = nowMs - (this.#filledAtMs ?? nowMs);
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(MOST_AT_ONCE, this.#tokens + (elapsedMs * MOST_PER_SECOND) / 1000);
  }
}
