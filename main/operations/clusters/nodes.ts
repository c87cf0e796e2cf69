import type { Failure, NodeSeen, NodesState, NodeSummary } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { Member } from '../cluster-text/member.ts';
import type { Caller } from './caller.ts';
import { discoverMembers } from './discovery/discover-members.ts';
import { fitNodes } from './discovery/fit-nodes.ts';
import { MemberTexts } from './discovery/member-texts.ts';
import { SeenNodes } from './nodes-seen.ts';

export { readMember, type Member } from '../cluster-text/member.ts';

/** How often members are asked for while somebody looks. */
const REFRESH_MS = 30_000;
/** Of a thousand members once a minute: each is sent, read and compared every time. */
const REFRESH_MS_PER_NODE = 60;
const MOST_REFRESH_MS = 60_000;
/** The same while asking fails: nothing is known of the cluster until it succeeds. */
const AGAIN_MS = 10_000;
/** A run over a thousand nodes tells as many times that a node answered; the list is published once it has been quiet this long … */
const SEEN_QUIET_MS = 200;
/** … and never later than this after the first news, of many nodes than so long for each. Each publication measures, copies and draws every node. */
const SEEN_WITHIN_MS = 1000;
const SEEN_MS_PER_NODE = 3;

/**
 * Joins members with the context's own nodes by identity: a configured name or address that belongs to a member is that
 * member (seen as two nodes by other tools). Configured nodes keep the string the user wrote.
 */
export function joinNodes(members: readonly Member[], configured: readonly string[]): readonly NodeSummary[] {
  const nodes = new Map<string, NodeSummary>();
  const owners = new Map<string, Member>();
  for (const member of members) {
    for (const name of [member.hostname, ...member.addresses]) if (!owners.has(name)) owners.set(name, member);
  }
  for (const name of configured) {
    const member = owners.get(name);
    const key = member?.hostname ?? name;
    if (nodes.has(key)) continue;
    nodes.set(key, {
      target: name,
      ...(member && { hostname: member.hostname }),
      addresses: member?.addresses ?? [],
      role: member?.role ?? 'unknown',
      ...(member?.os !== undefined && { os: member.os }),
      sources: member ? ['context', 'discovered'] : ['context'],
    });
  }
  for (const { hostname, addresses, role, os } of members) {
    if (nodes.has(hostname)) continue;
    const target = addresses[0] ?? hostname;
    nodes.set(hostname, {
      target,
      hostname,
      addresses,
      role,
      ...(os !== undefined && { os }),
      sources: ['discovered'],
    });
  }
  return [...nodes.values()];
}

/** What {@link ContextNodes} needs. */
export interface ContextNodesOptions {
  /** What the page calls the cluster by at the moment. */
  readonly context: () => string;
  /** The context's own nodes, to begin with. */
  readonly configured: readonly string[];
  /** Throws Failed when it cannot be dialled. */
  readonly connection: () => Caller;
  readonly clock: Clock;
}

/** The machines of one cluster: discovered while somebody looks, and said to be stale when asking again fails. */
export class ContextNodes implements Observable<NodesState> {
  readonly #options: ContextNodesOptions;
  readonly #value: Value<NodesState>;
  readonly #seen = new SeenNodes();
  readonly #texts = new MemberTexts();
  /** The state without what was seen. */
  #base: NodesState;
  #cancelSeenTimer: (() => void) | undefined;
  /** Monotonic: the last time something was seen that is not published yet. */
  #seenLastMs = 0;
  #members: readonly Member[] | undefined;
  /** What discovery left out, in words. */
  #leftOut: readonly string[] = [];
  #asOfMs: number | undefined;
  #asking: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;
  #cancelTimer: (() => void) | undefined;
  #hasEnded = false;

  constructor(options: ContextNodesOptions) {
    this.#options = options;
    this.#base = { context: options.context(), status: 'loading', ...fitNodes(joinNodes([], options.configured)) };
    this.#value = new Value<NodesState>(this.#base);
  }

  get current(): NodesState {
    return this.#value.current;
  }

  subscribe(listener: (state: NodesState) => void): () => void {
    const stop = this.#value.subscribe(listener);
    if (this.#value.listenerCount === 1 && !this.#hasEnded) this.#scheduleNow();
    return () => {
      stop();
      if (this.#value.listenerCount === 0) this.close();
    };
  }

  /** Asks again now; resolves when the answer is published. Never rejects. */
  refresh(): Promise<void> {
    if (this.#asking !== undefined) return this.#asking.done;
    const controller = new AbortController();
    const done = this.#ask(controller.signal).finally(() => {
      if (this.#asking?.controller === controller) this.#asking = undefined;
    });
    this.#asking = { controller, done };
    return done;
  }

  /** Notes whether a node answered, under the name it was called by. Asks nobody. */
  mark(name: string, seen: NodeSeen): void {
    this.#seen.mark(name, seen);
    if (this.#hasEnded) return;
    const nowMs = this.#options.clock.monotonic();
    this.#seenLastMs = nowMs;
    if (this.#cancelSeenTimer === undefined) this.#publishSeen(SEEN_QUIET_MS, nowMs + this.#mostSeenMs());
  }

  /** Stops asking. A later subscriber starts it again. */
  close(): void {
    this.#cancelSeenTimer?.();
    this.#cancelSeenTimer = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#asking?.controller.abort();
    // Whoever subscribes meanwhile must not wait for what was broken off.
    this.#asking = undefined;
  }

  /** After the page calls the cluster otherwise. */
  renamed(): void {
    this.#publish(this.#base);
  }

  /** Asks never again by itself: the cluster is closed, for this reason. Whoever looks is told. */
  end(failure: Failure): void {
    this.#hasEnded = true;
    this.close();
    this.#publish({ ...this.#base, status: 'failed', failure });
  }

  #scheduleNow(): void {
    void this.refresh().then(() => {
      if (this.#value.listenerCount === 0 || this.#hasEnded) return;
      this.#cancelTimer?.();
      const restMs = Math.min(MOST_REFRESH_MS, Math.max(REFRESH_MS, this.#base.nodes.length * REFRESH_MS_PER_NODE));
      const nextMs = this.#base.status === 'ready' ? restMs : AGAIN_MS;
      this.#cancelTimer = this.#options.clock.after(nextMs, () => {
        this.#scheduleNow();
      });
    });
  }

  #mostSeenMs(): number {
    return Math.max(SEEN_WITHIN_MS, this.#base.nodes.length * SEEN_MS_PER_NODE);
  }

  /** Publishes what was seen after this long, or once it is quiet, but not after `latestMs`. */
  #publishSeen(delayMs: number, latestMs: number): void {
    const { clock } = this.#options;
    this.#cancelSeenTimer = clock.after(delayMs, () => {
      const nowMs = clock.monotonic();
      const dueMs = Math.min(this.#seenLastMs + SEEN_QUIET_MS, latestMs);
      if (dueMs > nowMs) {
        this.#publishSeen(dueMs - nowMs, latestMs);
        return;
      }
      this.#cancelSeenTimer = undefined;
      this.#publish(this.#base);
    });
  }

  #publish(base: NodesState): void {
    this.#base = { ...base, context: this.#options.context() };
    this.#value.set({ ...this.#base, nodes: this.#seen.apply(base.nodes) });
  }

  #joined(connection: Caller): Pick<NodesState, 'nodes' | 'notes'> {
    return fitNodes(joinNodes(this.#members ?? [], connection.nodes), this.#leftOut);
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { context } = this.#value.current;
    let connection: Caller;
    try {
      connection = this.#options.connection();
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      // The context is gone from its file, or cannot be dialled: whoever still watches it is told.
      this.#publish({ ...this.#base, status: 'failed', failure: error.failure });
      return;
    }
    try {
      const found = await discoverMembers(connection, signal, this.#texts, this.#value.current.nodes);
      // What came as it was broken off must not stand where it is said why nothing is asked any more.
      if (signal.aborted) return;
      this.#members = found.members;
      this.#leftOut = found.leftOut;
      this.#asOfMs = this.#options.clock.now();
      this.#publish({ context, status: 'ready', ...this.#joined(connection), asOfMs: this.#asOfMs });
    } catch (error) {
      if (signal.aborted || isCancelled(error) || this.#hasEnded) return;
      this.#publish({
        context,
        status: this.#members === undefined ? 'failed' : 'stale',
        ...this.#joined(connection),
        failure: connection.explain(error, {}),
        ...(this.#asOfMs !== undefined && { asOfMs: this.#asOfMs }),
      });
    }
  }
}
