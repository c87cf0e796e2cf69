import type { EndpointStatus, Failure, NodeSeen, PoolStatus } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import type { Caller } from './caller.ts';
import { ClockSkew } from './clock-skew.ts';
import { clusterCaller, type CallTools } from './cluster-caller.ts';
import { ClusterStatus } from './cluster-status.ts';
import { dial, type Dialled } from './dialled.ts';
import type { ClusterChange, Lease } from './lease.ts';
import { ContextNodes } from './nodes.ts';
import { destinationChange, type Destination, type DestinationChange } from './destination.ts';
import { explainCall, type CallSite } from './words/call-failure.ts';
import { endpointHints } from './words/endpoint-hints.ts';

/** What a sentence may call a node by; a node could answer anything. */
const HOSTNAME = /^[\w.-]{1,253}$/;

/** Of `Talos (v1.13.9)`. */
const VERSION_IN_OS = /\((v[\w.+-]{1,60})\)/;

interface Holder {
  readonly controller: AbortController;
  readonly onChange: ((change: ClusterChange) => void) | undefined;
}

/**
 * One cluster as one destination leads to it, and all that runs on it: its pool, its machines, their clocks, what was switched off
 * and who works on it. It lives from when it is first wanted until its destination goes; `Clusters` makes, moves and closes it.
 */
export class Cluster {
  /** The machines, discovered while somebody looks. */
  readonly nodes: ContextNodes;
  /** The clocks of its control planes, measured while somebody looks. */
  readonly clocks: ClockSkew;
  /** Its endpoints; never tried ones are idle. */
  readonly status: ClusterStatus;
  readonly #tools: CallTools;
  #destination: Destination;
  #now: { readonly dialled: Dialled; readonly stop: () => void } | undefined;
  #caller: Caller | undefined;
  /** Replaced, with calls that still run. */
  readonly #retiring = new Set<Dialled>();
  /** Endpoints switched off, also for the pool that replaces this one. */
  readonly #disabled = new Set<string>();
  readonly #holders = new Set<Holder>();
  #closed: Failed | undefined;

  constructor(destination: Destination, tools: CallTools) {
    this.#destination = destination;
    this.#tools = tools;
    const { clock } = tools;
    const shared = { context: () => this.#destination.id, connection: () => this.caller, clock };
    this.nodes = new ContextNodes({ ...shared, configured: destination.nodes });
    this.clocks = new ClockSkew({ ...shared, nodes: () => this.nodes.current });
    this.status = new ClusterStatus(() => this.#status(), clock);
  }

  /** What it is dialled by at the moment. */
  get destination(): Destination {
    return this.#destination;
  }

  /** Typed calls as of now. Throws Failed `credentials` when it cannot be dialled, and why it is closed if it is. */
  get caller(): Caller {
    const own = this.#dialled();
    return (this.#caller ??= clusterCaller(
      {
        destination: this.#destination,
        dialled: () => this.#dialled(),
        closedBecause: () => this.#closed,
        explain: (error, site) => this.#explain(error, site),
      },
      own,
      this.#tools,
    ));
  }

  /** Dials every endpoint now. Throws as {@link caller}. */
  async test(): Promise<void> {
    await this.#dialled().pool.test();
  }

  /** Switches an endpoint off or on for as long as the cluster lives. Throws Failed `not-found`, and as {@link caller}. */
  setDisabled(endpoint: string, disabled: boolean): void {
    const { pool } = this.#dialled();
    const { endpoints, name } = this.#destination;
    if (!endpoints.includes(endpoint)) {
      throw new Failed({
        code: 'not-found',
        message: `The context ${name} has no such endpoint.`,
        where: { context: name, endpoint },
      });
    }
    if (disabled) this.#disabled.add(endpoint);
    else this.#disabled.delete(endpoint);
    pool.setDisabled(endpoint, disabled);
  }

  /**
   * Takes a hold on it for work that lasts; `onChange` is told what happens to it, and the signal of the lease aborts when
   * it closes. Throws as {@link caller}.
   */
  lease(onChange?: (change: ClusterChange) => void): Lease {
    this.#dialled();
    const holder: Holder = { controller: new AbortController(), onChange };
    this.#holders.add(holder);
    const id = (): string => this.#destination.id;
    const caller = (): Caller => this.caller;
    return {
      get id() {
        return id();
      },
      get caller() {
        return caller();
      },
      signal: holder.controller.signal,
      mark: (node: string, seen: NodeSeen) => this.nodes.mark(node, seen),
      release: () => this.#holders.delete(holder),
    };
  }

  /** Is it the same cluster, and can it still be dialled? If not, it must be closed. */
  canFollow(destination: Destination): boolean {
    const change = this.#changeTo(destination);
    return change !== 'other' && change !== 'lost';
  }

  /** Is dialled by this from now on: something it {@link canFollow}. Whoever holds it is told. */
  follow(destination: Destination): void {
    const before = this.#destination;
    const change = this.#changeTo(destination);
    if (before === destination || change === 'other' || change === 'lost') return;
    this.#destination = destination;
    this.#caller = undefined;
    if (before.id !== destination.id) {
      this.nodes.renamed();
      this.clocks.renamed();
      this.#tell({ type: 'renamed', from: before.id, to: destination.id });
    }
    if (change !== 'same') {
      this.#replace(change);
      this.#tell({ type: change });
    }
    this.status.changed('state');
  }

  /**
   * Ends everything that runs on it, for this reason. Only a call that may have changed something may still end, however long
   * it takes, unless the app itself ends. Resolves when no connection is left.
   */
  async close(why: Failed, isAppEnding = false): Promise<void> {
    this.#closed ??= why;
    const now = this.#now;
    now?.stop();
    this.#now = undefined;
    this.#caller = undefined;
    for (const { controller } of this.#holders) controller.abort(this.#closed);
    this.#holders.clear();
    this.nodes.end(this.#closed.failure);
    this.clocks.end(this.#closed.failure);
    this.status.changed('state');
    const left = [...this.#retiring, ...(now ? [now.dialled] : [])];
    await Promise.all(left.map((dialled) => (isAppEnding ? dialled.pool.close() : this.#retire(dialled, 0))));
  }

  #changeTo(destination: Destination): DestinationChange {
    return destination === this.#destination ? 'same' : destinationChange(this.#destination, destination);
  }

  #dialled(): Dialled {
    if (this.#closed !== undefined) throw this.#closed;
    const { identity, whyNot } = this.#destination;
    if (identity === undefined) throw whyNot();
    if (this.#now !== undefined) return this.#now.dialled;
    const dialled = dial(this.#destination, identity, this.#tools);
    for (const endpoint of this.#disabled) dialled.pool.setDisabled(endpoint, true);
    this.#now = { dialled, stop: dialled.pool.onChange((what) => this.status.changed(what)) };
    return dialled;
  }

  /** What runs on a pool that is replaced may end there; new calls go over a new one, which is dialled when it is needed. */
  #replace(change: 'renewed' | 'moved'): void {
    const earlier = [...this.#retiring];
    const now = this.#now;
    now?.stop();
    this.#now = undefined;
    // The server does not look at a certificate again: a transfer that began with the one before may end.
    if (now !== undefined) void this.#retire(now.dialled, change === 'renewed' ? Infinity : undefined);
    // What began before an earlier renewal goes the old way with the old roles, too.
    if (change === 'moved') for (const dialled of earlier) void this.#retire(dialled);
  }

  async #retire(dialled: Dialled, withinMs?: number): Promise<void> {
    this.#retiring.add(dialled);
    await dialled.pool.retire(withinMs);
    this.#retiring.delete(dialled);
  }

  #tell(change: ClusterChange): void {
    for (const { onChange } of [...this.#holders]) onChange?.(change);
  }

  #explain(error: unknown, site: CallSite): Failure {
    const known = this.nodes.current.nodes.find(
      ({ target, hostname, addresses }) =>
        target === site.node || hostname === site.node || addresses.includes(site.node ?? ''),
    );
    return explainCall(error, {
      ...site,
      nodeName: known?.hostname !== undefined && HOSTNAME.test(known.hostname) ? known.hostname : undefined,
      version: VERSION_IN_OS.exec(known?.os ?? '')?.[1],
      roles: this.#destination.certificate?.roles,
      context: this.#destination.name,
    });
  }

  #status(): PoolStatus {
    const { id, endpoints, identity } = this.#destination;
    const pool = this.#closed === undefined && identity !== undefined ? this.#dialled().pool : undefined;
    // The context's problems say why it cannot be dialled.
    if (pool === undefined) return { context: id, endpoints: this.#idle(), summary: 'idle', hints: [] };
    const place = ({ endpoint }: EndpointStatus): number => endpoints.indexOf(endpoint);
    const shown = [...pool.status()].sort((a, b) => place(a) - place(b));
    const facts = {
      endpoints: shown.map(({ endpoint }) => endpoint),
      nodes: this.nodes.current.nodes,
      notForwarding: this.#now?.dialled.notForwarding ?? new Set<string>(),
      isAllDown: pool.summary() === 'all-down',
    };
    return {
      context: id,
      endpoints: shown,
      summary: pool.summary(),
      hints: [...pool.hints(), ...endpointHints(facts)],
    };
  }

  #idle(): readonly EndpointStatus[] {
    if (this.#closed !== undefined) return [];
    const sinceMs = this.#tools.clock.now();
    const never = { phase: 'idle', sinceMs, roundTripsMs: [], calls: 0, activeCalls: 0, failures: [] } as const;
    return this.#destination.endpoints.map((endpoint) => ({ endpoint, target: endpoint, ...never }));
  }
}
