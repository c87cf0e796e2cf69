import type { EndpointStatus, Failure, NodeSeen, NodesState, PoolStatus } from '../../../preload/contract/index.ts';
import type { Identity } from '../../credentials/identity.ts';
import { parseEndpoints } from '../../lib/endpoint-address.ts';
import { Failed } from '../../lib/failed.ts';
import type { Caller } from './caller.ts';
import { ClockSkew } from './clock-skew.ts';
import { clusterCaller, type CalledCluster, type CallTools } from './cluster-caller.ts';
import { ClusterStatus } from './cluster-status.ts';
import { dial, type Dialled } from './dialled.ts';
import type { ClusterChange, Lease } from './lease.ts';
import { ContextNodes } from './nodes.ts';
import { destinationChange, type Destination, type DestinationChange } from './destination.ts';
import { LeastPower, type ReaderCredentials } from './least-power.ts';
import { versionInOs } from './version-in-os.ts';
import { explainCall, type CallSite } from './words/call-failure.ts';
import { endpointHints } from './words/endpoint-hints.ts';

/** What a sentence may call a node by; a node could answer anything. */
const HOSTNAME = /^[\w.-]{1,253}$/;

const LIFT_IT = 'Click “reads with os:reader” in the bar at the top to lift it for five minutes, then try again.';

/** How clusters are read by a certificate that may only read. */
export interface LeastPowerTools {
  /** Whether it is on for a context; undefined: that is not known. */
  readonly isOn: (destination: Destination) => boolean | undefined;
  /** Asks control planes for a short certificate of os:reader. Throws what calls throw. */
  readonly issue: (
    caller: Caller,
    asking: { readonly destination: Destination; readonly nodes: NodesState; readonly signal: AbortSignal },
  ) => Promise<ReaderCredentials>;
}

/** What every cluster works with. */
export interface ClusterTools extends CallTools {
  /** Default: everything goes by the certificate of the file. */
  readonly leastPower?: LeastPowerTools | undefined;
}

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
  /** By which certificate it is read. */
  readonly power: LeastPower;
  readonly #tools: ClusterTools;
  #destination: Destination;
  #now: { readonly dialled: Dialled; readonly stop: () => void } | undefined;
  #caller: Caller | undefined;
  /** Replaced, with calls that still run. */
  readonly #retiring = new Set<Dialled>();
  /** Of calls that change something; each ends with its call, and not before. */
  readonly #ofChanges = new Set<Dialled>();
  /** Endpoints switched off, also for the pool that replaces this one. */
  readonly #disabled = new Set<string>();
  readonly #holders = new Set<Holder>();
  /** What calls threw that went by the certificate of the file while reads went by another one. */
  readonly #ofFile = new WeakSet();
  #closed: Failed | undefined;

  constructor(destination: Destination, tools: ClusterTools) {
    this.#destination = destination;
    this.#tools = tools;
    const { clock } = tools;
    const shared = { context: () => this.#destination.id, connection: () => this.caller, clock };
    this.nodes = new ContextNodes({ ...shared, configured: destination.nodes });
    this.clocks = new ClockSkew({ ...shared, nodes: () => this.nodes.current });
    this.status = new ClusterStatus(() => this.#status(), clock);
    this.power = new LeastPower({
      ...{ clock, issue: (signal) => this.#issue(signal) },
      explain: (error) => this.#explain(error, {}),
      onSwitched: (kind) => this.#switched(kind),
    });
    this.powerWished();
  }

  /** Least power may be on or off now. */
  powerWished(): void {
    const { leastPower } = this.#tools;
    const isAsked = leastPower !== undefined && this.#destination.identity !== undefined;
    this.power.set(isAsked ? leastPower.isOn(this.#destination) : false);
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
        changing: () => this.#changing(),
        ready: () => this.power.ready,
        closedBecause: () => this.#closed,
        explain: (error, site) => this.#explain(error, site),
      },
      own,
      this.#tools,
    ));
  }

  /** Dials every endpoint now. Throws as {@link caller}. */
  async test(): Promise<void> {
    await this.power.ready;
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
   * it closes. That of a confirmed deed keeps it from being read by another certificate before it is over. Throws as {@link caller}.
   */
  lease(onChange?: (change: ClusterChange) => void, isDeed = false): Lease {
    this.#dialled();
    const letGo = isDeed ? this.power.holds() : undefined;
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
      release: () => {
        this.#holders.delete(holder);
        letGo?.();
      },
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
      this.power.anew();
      void this.#replace(change);
      this.#tell({ type: change });
    }
    this.powerWished();
    this.status.changed('state');
  }

  /**
   * Ends everything that runs on it, for this reason. Only a call that may have changed something may still end, however long
   * it takes, unless the app itself ends. Resolves when no connection is left.
   */
  async close(why: Failed, isAppEnding = false): Promise<void> {
    this.#closed ??= why;
    this.power.end();
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
    const { reader } = this.power;
    // Words for refusals go by the certificate that is shown.
    const shown = reader ? { ...this.#destination, certificate: reader.certificate } : this.#destination;
    const dialled = this.#dial(shown, reader?.identity ?? identity);
    this.#now = { dialled, stop: dialled.pool.onChange((what) => this.status.changed(what)) };
    return dialled;
  }

  #dial(destination: Destination, identity: Identity): Dialled {
    const dialled = dial(destination, identity, this.#tools);
    for (const endpoint of this.#disabled) dialled.pool.setDisabled(endpoint, true);
    return dialled;
  }

  /** While least power is on, the certificate of the file is used for this one call, over connections of its own. */
  #changing(): ReturnType<CalledCluster['changing']> {
    const dialled = this.#dialled();
    const { identity } = this.#destination;
    // What reads go by may change while an image is pulled: that is no reason to end it.
    if (!this.power.isOn || identity === undefined) return { dialled, release: () => undefined };
    const own = this.#dial(this.#destination, identity);
    this.#retiring.add(own);
    this.#ofChanges.add(own);
    let isOver = false;
    return {
      dialled: own,
      release: (error) => {
        if (isOver) return;
        isOver = true;
        if (error instanceof Error) this.#ofFile.add(error);
        this.#ofChanges.delete(own);
        void this.#retire(own);
      },
    };
  }

  /** By the certificate of the file, over connections that end with it. */
  async #issue(signal: AbortSignal): Promise<ReaderCredentials> {
    const { identity, whyNot } = this.#destination;
    const { leastPower } = this.#tools;
    if (identity === undefined || leastPower === undefined) throw whyNot();
    const own = this.#dial(this.#destination, identity);
    this.#retiring.add(own);
    const called: CalledCluster = {
      destination: this.#destination,
      dialled: () => own,
      changing: () => ({ dialled: own, release: () => undefined }),
      ready: () => undefined,
      closedBecause: () => this.#closed,
      explain: (error, site) => this.#explain(error, site),
    };
    try {
      const asking = { destination: this.#destination, nodes: this.nodes.current, signal };
      return await leastPower.issue(clusterCaller(called, own, this.#tools), asking);
    } catch (error) {
      if (error instanceof Error) this.#ofFile.add(error);
      throw error;
    } finally {
      void this.#retire(own);
    }
  }

  /** Reads go by another certificate from now on: what follows goes on over the new way, what ends by itself has a minute. */
  #switched(kind: 'renewed' | 'power'): Promise<void> {
    this.#caller = undefined;
    const left = this.#replace(kind === 'power' ? 'moved' : kind);
    this.#tell({ type: kind });
    this.status.changed('state');
    return left;
  }

  /** What runs on a pool that is replaced may end there; new calls go over a new one, which is dialled when it is needed. */
  async #replace(change: 'renewed' | 'moved'): Promise<void> {
    const earlier = [...this.#retiring].filter((dialled) => !this.#ofChanges.has(dialled));
    const now = this.#now;
    now?.stop();
    this.#now = undefined;
    // The server does not look at a certificate again: a transfer that began with the one before may end.
    const left = now === undefined ? [] : [this.#retire(now.dialled, change === 'renewed' ? Infinity : undefined)];
    // What began before an earlier renewal goes the old way with the old roles, too.
    if (change === 'moved') left.push(...earlier.map((dialled) => this.#retire(dialled)));
    await Promise.all(left);
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
    const { reader } = this.power;
    const isRead = reader !== undefined && !(error instanceof Error && this.#ofFile.has(error));
    const failure = explainCall(error, {
      ...site,
      nodeName: known?.hostname !== undefined && HOSTNAME.test(known.hostname) ? known.hostname : undefined,
      version: versionInOs(known?.os),
      roles: (isRead ? reader : this.#destination).certificate?.roles,
      context: this.#destination.name,
    });
    if (!isRead || failure.code !== 'denied') return failure;
    return { ...failure, message: `${failure.message} Least power is on for this context.`, hint: LIFT_IT };
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
    // One that is written twice is one, as in a pool.
    return parseEndpoints(this.#destination.endpoints).map(({ endpoint }) => ({
      endpoint,
      target: endpoint,
      ...never,
    }));
  }
}
