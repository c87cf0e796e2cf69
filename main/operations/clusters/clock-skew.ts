import type { ClockState, Failure, NodeClock, NodesState, NodeSummary } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { isCancelled } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import { explainCall } from './words/call-failure.ts';
import type { Caller } from './caller.ts';
import { clockGlance } from './clock-glance.ts';
import { controlPlaneCandidates } from './control-planes/candidates.ts';

/** A node asks its time server each time: in between, {@link clockGlance} says whether that is worth it. */
const MEASURE_EVERY_MS = 600_000;
/** After a failure; and while clocks are apart and no glance says whether they still are. */
const AGAIN_MS = 60_000;
/** Between two glances at what costs no time server anything. */
const GLANCE_EVERY_MS = 30_000;
/** More than a glance is wrong by: the clock has moved since it was measured. */
const MOVED_MS = 2_500;
/** Between two beginnings, whatever machines say of their clocks: a node asks its time server each time. */
const REST_MS = 30_000;
/** What machines that follow a time server never differ by. */
export const CLOCK_APART_MS = 60_000;
/** A node asks its time server before it answers, which may take it 5 s. */
const DEADLINE_MS = 10_000;
const MOST_NODES = 3;
/** The first call may dial, and then tells little: worse ones are tried once more. */
const GOOD_ERROR_MS = 100;
/** More than this between wall clock and stopwatch means that this computer's clock was set during the call. */
const STEP_MS = 50;

/** What {@link ClockSkew} needs. */
export interface ClockSkewOptions {
  /** What the page calls the cluster by at the moment. */
  readonly context: () => string;
  readonly connection: () => Caller;
  /** The machines as discovery knows them; may be empty. Control planes verify the client's certificate. */
  readonly nodes: () => Pick<NodesState, 'nodes'>;
  readonly clock: Clock;
}

interface Measured {
  readonly clock: NodeClock;
  /** Undefined: the endpoint answered for itself. */
  readonly target: string | undefined;
}

/**
 * How far the clocks of a context's control planes are from this computer's; measured while somebody looks. A read
 * (`time.TimeService/Time`) of at most three nodes; nothing waits for it and nothing is refused because of it.
 */
export class ClockSkew implements Observable<ClockState> {
  readonly #options: ClockSkewOptions;
  readonly #value: Value<ClockState>;
  #stop: AbortController | undefined;
  #cancelTimer: (() => void) | undefined;
  /** Monotonic. */
  #begunAtMs = -Infinity;
  #measured: readonly Measured[] = [];
  #hasEnded = false;

  constructor(options: ClockSkewOptions) {
    this.#options = options;
    this.#value = new Value<ClockState>({ context: options.context(), status: 'measuring', clocks: [] });
  }

  get current(): ClockState {
    return this.#value.current;
  }

  subscribe(listener: (state: ClockState) => void): () => void {
    const stop = this.#value.subscribe(listener);
    if (this.#value.listenerCount === 1 && !this.#hasEnded) this.#start();
    return () => {
      stop();
      if (this.#value.listenerCount === 0) this.close();
    };
  }

  /** Stops measuring. A later subscriber starts it again. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#stop?.abort();
    this.#stop = undefined;
  }

  /** A clock seems to have been set: measures soon, while somebody looks. */
  again(): void {
    // While it measures, that is what was asked for.
    if (this.#cancelTimer === undefined) return;
    this.#cancelTimer();
    const restMs = Math.max(0, this.#begunAtMs + REST_MS - this.#options.clock.monotonic());
    this.#later(restMs, () => this.#start());
  }

  /** After the page calls the cluster otherwise. */
  renamed(): void {
    this.#value.set({ ...this.#value.current, context: this.#options.context() });
  }

  /** Measures never again: the cluster is closed, for this reason. Whoever looks is told. */
  end(failure: Failure): void {
    this.#hasEnded = true;
    this.close();
    this.#value.set({ context: this.#options.context(), status: 'unknown', clocks: [], failure });
  }

  #start(): void {
    const stop = new AbortController();
    this.#stop?.abort();
    this.#stop = stop;
    this.#cancelTimer = undefined;
    this.#begunAtMs = this.#options.clock.monotonic();
    void this.#measure(stop.signal).then((state) => {
      if (stop.signal.aborted) return;
      this.#value.set(state);
      if (state.status === 'known') this.#later(GLANCE_EVERY_MS, () => this.#glance(stop.signal));
      else this.#later(AGAIN_MS, () => this.#start());
    });
  }

  #later(afterMs: number, what: () => void): void {
    this.#cancelTimer = this.#options.clock.after(afterMs, what);
  }

  /** Measures again when a clock has moved or it is time to, and otherwise looks again later. */
  #glance(signal: AbortSignal): void {
    const { connection, clock } = this.#options;
    const ageMs = clock.monotonic() - this.#begunAtMs;
    if (ageMs >= MEASURE_EVERY_MS) {
      this.#start();
      return;
    }
    const mayHaveMoved = async ({ clock: known, target }: Measured): Promise<boolean> => {
      // Whether it answers is told by others.
      const nowMs = await clockGlance(connection, target, clock, signal).catch(() => undefined);
      if (nowMs !== undefined) return Math.abs(nowMs - known.aheadMs) > MOVED_MS;
      // It may have been put right; one that was well is taken for well.
      return isApart(known) && ageMs >= AGAIN_MS;
    };
    // Until it is known, there is a timer that `again` can put forward.
    const next = (): void => this.#later(GLANCE_EVERY_MS, () => this.#glance(signal));
    next();
    const planned = this.#cancelTimer;
    void Promise.all(this.#measured.map(mayHaveMoved)).then((moved) => {
      if (signal.aborted || this.#cancelTimer !== planned || !moved.includes(true)) return;
      planned?.();
      this.#start();
    });
  }

  /** Never rejects. */
  async #measure(signal: AbortSignal): Promise<ClockState> {
    const { connection, nodes } = this.#options;
    const context = this.#options.context();
    let failure: ClockState['failure'];
    let candidates: readonly (NodeSummary | undefined)[];
    try {
      candidates = controlPlaneCandidates(nodes());
    } catch (error) {
      // The context is gone from its file.
      return { context, status: 'unknown', clocks: [], failure: explainCall(error, { context }) };
    }
    const measured: Measured[] = [];
    for (const node of candidates) {
      // The endpoint for itself and what is behind it in the list stand in for control planes that do not answer.
      const isStandIn = node?.role !== 'controlplane';
      if (measured.length >= (isStandIn ? 1 : MOST_NODES)) continue;
      try {
        const first = await this.#measureOne(connection(), node, signal);
        const isGood = first !== undefined && first.errorMs <= GOOD_ERROR_MS;
        const second = isGood ? undefined : await this.#measureOne(connection(), node, signal);
        measured.push(...better(first, second).map((clock) => ({ clock, target: node?.target })));
      } catch (error) {
        if (isCancelled(error) || signal.aborted) break;
        failure ??= explainCall(error, { context, node: node?.target, nodeName: node?.hostname });
      }
    }
    this.#measured = measured;
    const clocks = measured.map(({ clock }) => clock);
    if (clocks.length > 0) return { context, status: 'known', clocks };
    return { context, status: 'unknown', clocks, ...(failure && { failure }) };
  }

  /** Undefined when the answer tells nothing: no time in it, or this computer's clock was set meanwhile. */
  async #measureOne(
    connection: Caller,
    node: NodeSummary | undefined,
    signal: AbortSignal,
  ): Promise<NodeClock | undefined> {
    const { clock } = this.#options;
    const [sentAtMs, startMs] = [clock.now(), clock.monotonic()];
    const { value, endpoint } = await connection.unary(
      '/time.TimeService/Time',
      {},
      { ...(node && { node: node.target }), deadlineMs: DEADLINE_MS, signal },
    );
    const roundTripMs = clock.monotonic() - startMs;
    if (Math.abs(clock.now() - sentAtMs - roundTripMs) > STEP_MS) return undefined;
    const localtime = value.messages[0]?.localtime;
    if (!localtime) return undefined;
    const nodeMs = Number(localtime.seconds) * 1000 + localtime.nanos / 1e6;
    if (!Number.isFinite(nodeMs)) return undefined;
    return {
      node: node?.hostname ?? node?.target ?? endpoint,
      aheadMs: nodeMs - (sentAtMs + roundTripMs / 2),
      errorMs: roundTripMs / 2,
      atMs: sentAtMs,
    };
  }
}

/** Certainly wrong, or this computer's is. */
export const isApart = ({ aheadMs, errorMs }: Pick<NodeClock, 'aheadMs' | 'errorMs'>): boolean =>
  Math.abs(aheadMs) - errorMs >= CLOCK_APART_MS;

function better(...measured: readonly (NodeClock | undefined)[]): readonly NodeClock[] {
  const [best] = measured.filter((one) => one !== undefined).sort((a, b) => a.errorMs - b.errorMs);
  return best === undefined ? [] : [best];
}
