import { SampleRing, type Failure, type NodeSeen, type Sample } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { isCancelled } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import { seenAfter } from '../clusters/nodes-seen.ts';
import { clockChange } from './clock-set.ts';
import { sampleOf } from './measure.ts';
import { readLoad, type Reading } from './reading.ts';

/** Who wants samples of a node, over whose cluster they are asked for. */
export interface Sampling {
  readonly everyMs: number;
  /** Throws Failed when the cluster is gone. */
  readonly caller: () => Caller;
  readonly isSeen: () => boolean;
  readonly mark: (node: string, seen: NodeSeen) => void;
  readonly onSample: (sample: Sample) => void;
  /** This computer's clock was set: whatever was told before was taken later by so much. */
  readonly onMoved: (byMs: number) => void;
  readonly onMissing: (sinceMs: number, why: Failure) => void;
}

/** An answer that takes longer is none. */
const DEADLINE_MS = 5000;
/** So many intervals without a reading are a gap: what happened in between is not spread over it. */
const GAP_INTERVALS = 2.5;
const GAP_GRACE_MS = 1000;
/** That a node answers is told once in so long. */
const MARK_EVERY_MS = 5000;

/** Measures one node while somebody wants it, as often as the most eager one does, and keeps the last hour. */
export class NodeSampler {
  readonly ring = new SampleRing();
  readonly #node: string;
  readonly #clock: Clock;
  /** Between 0 and 1: where in each interval it is asked, so that not all nodes are at once. */
  readonly #turn: number;
  readonly #wanted = new Set<Sampling>();
  #before: Reading | undefined;
  #missing: { readonly sinceMs: number; readonly message: string } | undefined;
  #asking: AbortController | undefined;
  #cancel: (() => void) | undefined;
  #markedAtMs = -Infinity;

  constructor(node: string, turn: number, clock: Clock) {
    this.#node = node;
    this.#turn = turn;
    this.#clock = clock;
  }

  get isWanted(): boolean {
    return this.#wanted.size > 0;
  }

  /** Measures from now on until the returned function is called. */
  want(sampling: Sampling): () => void {
    this.#wanted.add(sampling);
    if (this.#wanted.size === 1) void this.#ask();
    this.#schedule();
    return () => {
      this.#wanted.delete(sampling);
      if (this.#wanted.size > 0) {
        this.#schedule();
        return;
      }
      this.#cancel?.();
      this.#cancel = undefined;
      this.#asking?.abort();
    };
  }

  get #everyMs(): number {
    return Math.min(...[...this.#wanted].map(({ everyMs }) => everyMs));
  }

  /** The next turn of this node: at the same place of every interval, whatever an answer took. */
  #schedule(): void {
    this.#cancel?.();
    const every = this.#everyMs;
    const since = (this.#clock.monotonic() - this.#turn * every) % every;
    this.#cancel = this.#clock.after(Math.max(1, every - (since < 0 ? since + every : since)), () => {
      this.#schedule();
      void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    const by = [...this.#wanted].find(({ isSeen }) => isSeen());
    if (by === undefined || this.#asking !== undefined) return;
    const controller = new AbortController();
    this.#asking = controller;
    const now = { atMs: this.#clock.now(), monotonicMs: this.#clock.monotonic() };
    let caller: Caller | undefined;
    try {
      caller = by.caller();
      const options = { node: this.#node, deadlineMs: DEADLINE_MS, signal: controller.signal };
      const reading = await readLoad(caller, options, now);
      if (controller.signal.aborted) return;
      this.#take(reading);
      if (now.monotonicMs - this.#markedAtMs >= MARK_EVERY_MS) {
        this.#markedAtMs = now.monotonicMs;
        by.mark(this.#node, seenAfter(undefined, this.#clock.now()));
      }
    } catch (error) {
      if (controller.signal.aborted || isCancelled(error) || caller === undefined) return;
      const why = caller.explain(error, { node: this.#node });
      const seen = seenAfter({ error, failure: why }, this.#clock.now());
      if (seen !== undefined) by.mark(this.#node, seen);
      this.#markedAtMs = -Infinity;
      this.#miss(now.atMs, why);
    } finally {
      this.#asking = undefined;
    }
  }

  #take(reading: Reading): void {
    const before = this.#before;
    const mostMs = this.#everyMs * GAP_INTERVALS + GAP_GRACE_MS;
    const change = before === undefined ? 'none' : clockChange(before, reading);
    if (typeof change !== 'string') this.#move(change.byMs);
    const isGap = before === undefined || change === 'slept' || reading.monotonicMs - before.monotonicMs > mostMs;
    const sample = sampleOf(isGap ? undefined : before, reading);
    this.#before = reading;
    this.#missing = undefined;
    this.ring.add(sample);
    for (const { onSample } of [...this.#wanted]) onSample(sample);
  }

  #move(byMs: number): void {
    this.ring.move(byMs);
    for (const { onMoved } of [...this.#wanted]) onMoved(byMs);
  }

  #miss(atMs: number, why: Failure): void {
    if (this.#missing?.message === why.message) return;
    this.#missing = { sinceMs: this.#missing?.sinceMs ?? atMs, message: why.message };
    for (const { onMissing } of [...this.#wanted]) onMissing(this.#missing.sinceMs, why);
  }
}
