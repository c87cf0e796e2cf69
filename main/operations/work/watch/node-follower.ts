import type { Failure, NodeSeen, WatchItem } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed, failure } from '../../../lib/failed.ts';
import { pause } from '../../../lib/pause.ts';
import { backoffMs } from '../../../lib/backoff.ts';
import type { ResourceType } from '../../commands/resources/read-definition.ts';
import type { Caller, Pinged } from '../../clusters/caller.ts';
import type { Backlog } from '../buffers/backlog.ts';
import { seenAfter } from '../../clusters/nodes-seen.ts';
import { afterBreak, ContextUnusable } from './may-come-back.ts';
import { NodePulse } from './node-pulse.ts';
import { WatchReader, type WatchRequest } from './watch-reader.ts';
import type { Way, Ways } from '../ways.ts';

/** One node of a watch, and where what it tells goes. */
export interface FollowerOptions {
  /** Asked before each try; one that is left while it is taken is tried no longer. */
  readonly ways: Ways;
  readonly node: string;
  readonly type: ResourceType;
  readonly request: WatchRequest;
  readonly items: Backlog<WatchItem>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Told, also again and again, once it stands or is known not to. */
  readonly stands: () => void;
  /** Told now and then what is known of the node. */
  readonly onSeen: (node: string, seen: NodeSeen) => void;
}

/** Between tries; the first is soon, since another endpoint may do. */
const RETRY = { firstMs: 250, factor: 2, jitter: 0.2, ceilingMs: 5000 };
/** While nobody looks. */
const RETRY_UNSEEN = { ...RETRY, ceilingMs: 30_000 };
/** A watch that begins anew again and again without bringing anything in between is given up. */
const MAX_ANEW = 3;
/** A try that stood for so long was none of a row of failures. */
const STEADY_MS = 5000;
/** A watch begins anew at once, but not for ever. */
const FREE_FAILURES = 2;
/** That a node answers is told once in so long. */
const TELL_EVERY_MS = 5000;

/** The watch of one node for as long as it is open: over one way after another, and whether the present one works. */
export class NodeFollower {
  readonly #options: FollowerOptions;
  readonly #reader: WatchReader;
  readonly #pulse: NodePulse;
  #connection: Caller | undefined;
  #endpoint: string | undefined;
  /** Aborts the present try, not the watch. */
  #way: AbortController | undefined;
  #failures = 0;
  #begunAtMs: number | undefined;
  #isSeen = true;
  #toldAtMs = -Infinity;
  #wake: () => void = () => undefined;

  constructor(options: FollowerOptions) {
    const { node, type, request, items, clock, signal } = options;
    this.#options = options;
    this.#reader = new WatchReader({ node, type, request, items, now: clock.monotonic, signal });
    this.#pulse = new NodePulse({
      now: clock.now,
      ask: (timeoutMs) =>
        this.#endpoint === undefined ? undefined : this.#connection?.ping(node, this.#endpoint, timeoutMs),
      explain: (error) => this.#explain(error),
      onSilent: (sinceMs, why) => {
        const cause = why ?? this.#noAnswer();
        items.push({ type: 'silent', node, sinceMs, failure: cause }, 1, `pulse ${node}`);
        options.stands();
        // What an endpoint says of the node is told by itself; that all endpoints are silent is not the node's doing.
        const seen = { state: 'silent', atMs: clock.now(), sinceMs, message: cause.message } as const;
        if (why === undefined) options.onSeen(node, seen);
        this.#toldAtMs = -Infinity;
      },
      onAlive: () => items.push({ type: 'alive', node }, 1, `pulse ${node}`),
      onStuck: () => this.#way?.abort(),
      onPinged: (ping) => this.#pinged(ping),
    });
  }

  /** Called every `TICK_MS`. While nobody looks, nothing is asked and nothing falls silent. */
  tick(isSeen: boolean): void {
    if (isSeen && !this.#isSeen) {
      this.#pulse.look();
      this.#wake();
    }
    this.#isSeen = isSeen;
    if (isSeen) this.#pulse.tick();
  }

  /** Follows until the signal aborts or asking again would not help. Never rejects. */
  async follow(): Promise<void> {
    const { items, node, signal, random } = this.#options;
    let anew = 0;
    while (!signal.aborted) {
      const way = new AbortController();
      let left: AbortSignal | undefined;
      const isMoved = (): boolean => way.signal.aborted || left?.aborted === true;
      this.#way = way;
      try {
        const { caller, left: leftNow } = usable(this.#options.ways);
        left = leftNow;
        await this.#read(caller, AbortSignal.any([signal, way.signal, left]));
        this.#count();
        this.#pulse.lost(endedByNode(node));
      } catch (error) {
        if (signal.aborted) return;
        this.#count();
        const next = isMoved() ? 'again' : afterBreak(error);
        if (this.#reader.events > 0) anew = 0;
        if (next === 'over' || (next === 'anew' && anew === MAX_ANEW)) {
          items.push({ type: 'failed', node, failure: this.#explain(error) });
          return;
        }
        if (next === 'anew') {
          anew += 1;
          this.#reader.forget();
          if (this.#failures <= FREE_FAILURES) continue;
        } else if (!isMoved()) this.#broke(error);
      }
      await this.#pause(backoffMs(this.#failures, random(), this.#isSeen ? RETRY : RETRY_UNSEEN));
    }
  }

  async #read(caller: Caller, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const last = this.#endpoint;
    const startedMs = clock.monotonic();
    this.#begunAtMs = undefined;
    this.#endpoint = undefined;
    this.#pulse.begin();
    this.#connection = caller;
    await this.#reader.read({
      connection: this.#connection,
      signal,
      avoid: last === undefined || this.#failures === 0 ? [] : [last],
      onEndpoint: (name) => {
        this.#endpoint = name;
        this.#pulse.begin();
      },
      onMessage: () => {
        const hasBegun = this.#begunAtMs !== undefined;
        this.#begunAtMs ??= clock.monotonic();
        // The first message comes as soon as the node has the request: that is how quick it is.
        this.#pulse.heard(hasBegun ? undefined : clock.monotonic() - startedMs);
        this.#tell();
        this.#options.stands();
      },
    });
  }

  /** Failures in a row. */
  #count(): void {
    const stoodMs = this.#begunAtMs === undefined ? 0 : this.#options.clock.monotonic() - this.#begunAtMs;
    this.#failures = stoodMs < STEADY_MS ? this.#failures + 1 : 1;
  }

  #broke(error: unknown): void {
    const why = this.#explain(error);
    this.#pulse.lost(why);
    this.#mark(error, why);
  }

  #pinged(ping: Pinged): void {
    if (ping.state === 'answered') {
      this.#tell();
      this.#wake();
    } else if (ping.state === 'unreachable') this.#mark(ping.error, this.#explain(ping.error));
  }

  #tell(): void {
    const { clock, node, onSeen } = this.#options;
    if (clock.monotonic() - this.#toldAtMs < TELL_EVERY_MS) return;
    this.#toldAtMs = clock.monotonic();
    onSeen(node, seenAfter(undefined, clock.now()));
  }

  #mark(error: unknown, why: Failure): void {
    const { clock, node, onSeen } = this.#options;
    const seen = seenAfter({ error, failure: why }, clock.now());
    if (seen === undefined) return;
    this.#toldAtMs = -Infinity;
    onSeen(node, seen);
  }

  #explain(error: unknown): Failure {
    if (error instanceof ContextUnusable) return error.failure;
    const { node } = this.#options;
    return this.#connection?.explain(error, { node }) ?? this.#noAnswer();
  }

  #noAnswer(): Failure {
    const { node } = this.#options;
    const by = this.#endpoint === undefined ? '' : ` through ${this.#endpoint}`;
    return failure({
      code: 'unreachable',
      message: `${node} does not answer${by}.`,
      hint: 'The watch goes on by itself when it does.',
      where: { node, ...(this.#endpoint !== undefined && { endpoint: this.#endpoint }) },
      retry: 'safe',
    });
  }

  async #pause(ms: number): Promise<void> {
    const { clock, signal } = this.#options;
    await pause(clock, ms, signal, (goOn) => (this.#wake = goOn));
    this.#wake = () => undefined;
  }
}

/** The connection, or why there is none at the moment: files of contexts change while they are used. */
function usable(ways: Ways): Way {
  try {
    return ways.now;
  } catch (error) {
    throw error instanceof Failed ? new ContextUnusable(error.failure) : error;
  }
}

function endedByNode(node: string): Failure {
  return failure({
    code: 'unreachable',
    message: `${node} ended the watch.`,
    hint: 'It is watched again in a moment.',
    where: { node },
    retry: 'safe',
  });
}
