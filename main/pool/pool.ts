import type { Metadata, MethodDefinition } from '@grpc/grpc-js';
import type { Clock } from '../lib/clock.ts';
import type { EndpointStatus, PoolStatus } from '../../preload/contract/index.ts';
import type {
  CallOptions,
  PoolExchange,
  PoolStream,
  RequestStreamOptions,
  StreamOptions,
  UnaryAnswer,
} from './calls/call-options.ts';
import type { CredentialsSource } from './channel-source.ts';
import { Connections } from './connections.ts';
import { registerPoolResolver, systemLookup, type Lookup } from './dialing.ts';
import { parseEndpoints } from '../lib/endpoint-address.ts';
import { EndpointShell } from './endpoint-shell.ts';
import { DEFAULT_LIMITS, type PoolLimits } from './limits.ts';
import { openLink, type OpenLink } from './link.ts';
import { probeOf, type Probe, type ProbeResult } from './probe.ts';
import type { ProxySettings } from './proxy/proxy-choice.ts';
import type { MethodClass } from './calls/retry.ts';
import { hintsOf, summaryOf } from './summary.ts';
import type { Explain } from './transport-failure.ts';
import { Hedging } from './calls/hedging.ts';
import { bidiStreamCall, clientStreamCall } from './calls/exchange-call.ts';
import { streamCall } from './calls/stream-call.ts';
import type { CallContext } from './calls/tries.ts';
import { unaryCall } from './calls/unary-call.ts';

/** What a pool is made of. */
export interface PoolOptions {
  /** As written by the user. A string that means nothing is listed with its problem and never dialled. */
  readonly endpoints: readonly string[];
  /** Makes the credentials of each new connection. */
  readonly credentials: CredentialsSource;
  /** May a method run twice? By full gRPC path; answer `once` for unknown ones. */
  readonly methodClass: (path: string) => MethodClass;
  /** A cheap read the server itself answers; made with {@link poolProbe}. Without it silence is not noticed. */
  readonly probe?: Probe;
  /** Probe each endpoint when it is first connected, so that version and round trip are known. Default false. */
  readonly probeFirst?: boolean;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly limits?: Partial<PoolLimits>;
  /** Words for TLS and network errors. */
  readonly explain?: Explain;
  /** Default: none, whatever the environment says. */
  readonly proxy?: ProxySettings;
  readonly lookup?: Lookup;
  /** Only for tests without a network. */
  readonly openLink?: OpenLink;
}

/** What changed: the state of an endpoint, or what is counted and measured. */
export type PoolChange = 'state' | 'numbers';

/** A failover pool: one cluster's endpoints behind one object. Whoever makes it closes it. */
export interface Pool {
  /** In the user's order. */
  status(): readonly EndpointStatus[];
  summary(): PoolStatus['summary'];
  hints(): readonly string[];
  /**
   * Calls `listener` after each change: of a `state`, or of `numbers`, twice per call, so that whoever shows them waits a
   * little. Returns how to stop it.
   */
  onChange(listener: (what: PoolChange) => void): () => void;
  /** Throws PoolCallError. */
  unary<Q, A>(method: MethodDefinition<Q, A>, request: Q, options: CallOptions): Promise<UnaryAnswer<A>>;
  /** Starts when it is first read. */
  serverStream<Q, A>(method: MethodDefinition<Q, A>, request: Q, options: StreamOptions<Q, A>): PoolStream<A>;
  /**
   * Sends `messages`, as fast as the server takes them, and resolves with its one answer. Moves to another endpoint only while
   * nothing has left us. Throws PoolCallError, or what `messages` threw; `messages` is told when nobody wants more of it.
   */
  clientStream<Q, A>(
    method: MethodDefinition<Q, A>,
    messages: AsyncIterable<Q>,
    options: RequestStreamOptions,
  ): Promise<UnaryAnswer<A>>;
  /** As {@link clientStream}, with any number of answers, that come while we send. Starts when it is first read. */
  bidiStream<Q, A>(
    method: MethodDefinition<Q, A>,
    messages: AsyncIterable<Q>,
    options: RequestStreamOptions,
  ): PoolExchange<A>;
  /**
   * Asks a question made with {@link poolProbe} over the connection of one endpoint, and over no other. It is not counted, and
   * never rejects.
   */
  ask(endpoint: string, question: Probe, timeoutMs: number): Promise<ProbeResult>;
  /**
   * Tries every endpoint now, waits or not, and probes it; where a connection stands, over a new one beside it. Resolves when all
   * have answered or failed.
   */
  test(): Promise<void>;
  /** Switches an endpoint off or on; calls running on it may finish. */
  setDisabled(endpoint: string, disabled: boolean): void;
  /**
   * For a pool that another one replaces, or nobody wants any more: closes it when its last call has ended. After `withinMs`
   * the calls that may run twice are ended as `closed`, and so are all that were not sent yet; those that were sent and may not
   * run twice are waited for, however long they take. 0 ends the first at once, `Infinity` never; default
   * `limits.retireWithinMs`. Begin no new call; {@link close} may still come earlier, and so may a shorter wait.
   */
  retire(withinMs?: number): Promise<void>;
  /** Ends every call and connection. Nothing is pending afterwards. */
  close(): Promise<void>;
}

/** A cheap read for {@link PoolOptions.probe}; `version` reads the server's version from its answer. */
export function poolProbe<Q, A>(parts: {
  readonly method: MethodDefinition<Q, A>;
  readonly request: Q;
  readonly metadata: Metadata;
  readonly version?: (reply: A) => string | undefined;
}): Probe {
  return probeOf(parts.method, parts.request, parts.metadata, parts.version);
}

/** Makes a pool. Nothing is dialled before the first call. */
export function createPool(options: PoolOptions): Pool {
  registerPoolResolver();
  return new FailoverPool(options);
}

class FailoverPool implements Pool {
  /** In the user's order. */
  readonly #shells: readonly EndpointShell[];
  readonly #connections: Connections;
  readonly #hedging: Hedging;
  readonly #calls: CallContext;
  readonly #listeners = new Set<(what: PoolChange) => void>();
  readonly #retireWithinMs: number;

  constructor(options: PoolOptions) {
    const { clock, random } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#retireWithinMs = limits.retireWithinMs;
    this.#hedging = new Hedging(clock, limits);
    this.#connections = new Connections({ clock, random, limits });
    const shared = {
      credentials: options.credentials,
      proxy: options.proxy ?? { proxyUrl: 'direct', env: {} },
      lookup: options.lookup ?? systemLookup,
      openLink: options.openLink ?? openLink,
      clock,
      random,
      limits,
      probe: options.probe,
      probeFirst: options.probeFirst ?? false,
      explain: options.explain,
      inUse: () => this.#connections.inUse,
      isAnyReady: () => this.#shells.some(({ link }) => link !== undefined),
      onState: () => {
        this.#connections.changed();
        this.#notify('state');
      },
      // After a sleep all connections are dead at once: found together, a read waits for one discovery, not for each.
      onSilent: () => {
        for (const shell of this.#shells) void shell.test();
      },
    };
    this.#shells = parseEndpoints(options.endpoints).map((parsed) => new EndpointShell(parsed, shared));
    this.#connections.attach(shuffled(this.#shells, random));
    this.#calls = {
      connections: this.#connections,
      clock,
      limits,
      methodClass: options.methodClass,
      hedging: this.#hedging,
      onActivity: () => {
        this.#notify('numbers');
      },
    };
  }

  status(): readonly EndpointStatus[] {
    return this.#shells.map((shell) => shell.status());
  }

  summary(): PoolStatus['summary'] {
    return summaryOf(this.#shells.map(({ state }) => state));
  }

  hints(): readonly string[] {
    return hintsOf(this.#shells.map(({ endpoint, record }) => ({ endpoint, peer: record.peer })));
  }

  onChange(listener: (what: PoolChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  unary<Q, A>(method: MethodDefinition<Q, A>, request: Q, options: CallOptions): Promise<UnaryAnswer<A>> {
    return unaryCall(method, request, options, this.#calls);
  }

  serverStream<Q, A>(method: MethodDefinition<Q, A>, request: Q, options: StreamOptions<Q, A>): PoolStream<A> {
    return streamCall(method, request, options, this.#calls);
  }

  clientStream<Q, A>(
    method: MethodDefinition<Q, A>,
    messages: AsyncIterable<Q>,
    options: RequestStreamOptions,
  ): Promise<UnaryAnswer<A>> {
    return clientStreamCall(method, messages, options, this.#calls);
  }

  bidiStream<Q, A>(
    method: MethodDefinition<Q, A>,
    messages: AsyncIterable<Q>,
    options: RequestStreamOptions,
  ): PoolExchange<A> {
    return bidiStreamCall(method, messages, options, this.#calls);
  }

  ask(endpoint: string, question: Probe, timeoutMs: number): Promise<ProbeResult> {
    const [shell] = this.#connections.named([endpoint]);
    return shell?.ask(question, timeoutMs) ?? Promise.resolve({ answered: false, durationMs: 0 });
  }

  async test(): Promise<void> {
    const done = this.#connections.use('read');
    try {
      // Over a connection that stands nobody sees whether a new one can be made, nor the certificate of now.
      const looks = this.#shells.map((shell) => shell.look());
      for (const shell of this.#shells) shell.send({ type: 'wanted', force: true });
      await Promise.all(looks);
      await this.#connections.settled();
      await Promise.all(this.#shells.map((shell) => shell.test()));
    } finally {
      done();
    }
  }

  setDisabled(endpoint: string, disabled: boolean): void {
    for (const shell of this.#shells) {
      if (shell.endpoint === endpoint) shell.send({ type: disabled ? 'disable' : 'enable' });
    }
  }

  async retire(withinMs = this.#retireWithinMs): Promise<void> {
    await this.#connections.unused(withinMs);
    const ended = this.#connections.onceEnded();
    for (const shell of this.#shells) shell.cancelCalls();
    await ended;
    await this.close();
  }

  async close(): Promise<void> {
    this.#hedging.close();
    this.#connections.close();
    for (const shell of this.#shells) shell.destroy();
    // Sockets are destroyed in the next round of the event loop, their close events come in the one after.
    for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  #notify(what: PoolChange): void {
    for (const listener of this.#listeners) listener(what);
  }
}

/** Fisher and Yates; leaves the list as it is. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.min(Math.floor(random() * (last + 1)), last);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
