import { createHash } from 'node:crypto';
import type { EndpointStatus, Failure, PoolStatus } from '../../preload/contract/index.ts';
import { channelCredentials } from '../credentials/channel-credentials.ts';
import type { Identity } from '../credentials/identity.ts';
import { tlsSelfTest } from '../credentials/tls-self-test.ts';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { Value, type Observable } from '../lib/observable.ts';
import type { StreamItem } from '../pool/call-options.ts';
import { createPool, poolProbe, type Pool } from '../pool/pool.ts';
import type { LoadedProto } from '../talos/load-proto.ts';
import { requestMetadata } from '../talos/metadata.ts';
import type { MethodPath, MethodReply, MethodRequest } from '../talos/method-types.ts';
import { methodOf } from '../talos/methods.ts';
import { explainCall, type CallSite } from './call-failure.ts';
import { tlsWords } from './tls-words.ts';
import type { ReadContext } from './talosconfigs/context-reading.ts';

export interface UnaryOptions {
  /** Who shall answer; without it the endpoint answers for itself. */
  readonly node?: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onEndpoint?: (endpoint: string) => void;
}

/** `deadlineMs` is `Infinity` for a stream that follows. */
export type StreamOptions = UnaryOptions;

/** A stream that goes on elsewhere when it breaks. */
export interface ResumableOptions<P extends MethodPath> extends StreamOptions {
  /** The request that continues after this answer; undefined if it cannot continue. */
  readonly resume: (last: MethodReply<P>, items: number) => MethodRequest<P> | undefined;
}

/** Typed calls to one cluster as one identity. */
export interface Connection {
  readonly context: string;
  /** The file the context stands in, when talosctl by itself would use another. */
  readonly talosconfig?: string;
  /** The context's own nodes. */
  readonly nodes: readonly string[];
  unary<P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    options: UnaryOptions,
  ): Promise<{ readonly value: MethodReply<P>; readonly endpoint: string }>;
  serverStream<P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    options: StreamOptions,
  ): AsyncIterable<MethodReply<P>>;
  /** As `serverStream`, with a mark where it broke and went on through another endpoint. */
  resumableStream<P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    options: ResumableOptions<P>,
  ): AsyncIterable<StreamItem<MethodReply<P>>>;
  /** Whatever a call threw, in words. */
  explain(error: unknown, site: CallSite): Failure;
}

export interface ConnectionsOptions {
  /** The context as the file has it now; throws Failed `not-found`. */
  readonly context: (name: string) => ReadContext;
  /** True for a talosconfig that talosctl finds by itself. Default: all are. */
  readonly isFoundByTalosctl?: (file: string) => boolean;
  /** Where HTTPS_PROXY and NO_PROXY are looked up, at every dial. Default: nowhere. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Loaded when the first call is made. */
  readonly proto: () => LoadedProto;
  readonly clock: Clock;
  readonly random: () => number;
}

interface Open {
  /** What the pool was made from; another one means the context changed. */
  readonly stamp: string;
  readonly pool: Pool;
  readonly connection: Connection;
}

/**
 * Pools, one per context, kept while the app runs: contexts are switched without reconnecting. When the file gives a
 * context other endpoints or credentials, its pool is replaced.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #open = new Map<string, Open>();
  readonly #states = new Map<string, Value<PoolStatus>>();
  readonly #explain = tlsWords(tlsSelfTest);

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** The connection of a context. Throws Failed `not-found`, or `credentials` when it cannot be dialled. */
  of(name: string): Connection {
    return this.#openFor(name).connection;
  }

  /** Endpoints of a context; a context that cannot be dialled has idle endpoints and says why in its problems. */
  status(name: string): Observable<PoolStatus> {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const state = new Value<PoolStatus>({ context: name, endpoints: [], summary: 'idle', hints: [] });
    this.#states.set(name, state);
    this.refreshStatus(name);
    return state;
  }

  /** Dials every endpoint of a context now. */
  async test(name: string): Promise<void> {
    await this.#openFor(name).pool.test();
  }

  /** Switches an endpoint off or on; forgotten when the context's endpoints change. */
  setDisabled(name: string, endpoint: string, disabled: boolean): void {
    this.#openFor(name).pool.setDisabled(endpoint, disabled);
  }

  /** After the file changed: contexts that are watched get their pool anew where they changed. */
  refresh(): void {
    for (const name of this.#states.keys()) this.refreshStatus(name);
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map(({ pool }) => pool.close()));
  }

  refreshStatus(name: string): void {
    try {
      this.#publish(name, this.#openFor(name).pool);
    } catch {
      // Not dialable: the context's problems say why; its endpoints are shown as never tried.
      this.#states
        .get(name)
        ?.set({ context: name, endpoints: idleEndpoints(this.#options, name), summary: 'idle', hints: [] });
    }
  }

  #openFor(name: string): Open {
    const read = this.#options.context(name);
    if (read.identity === undefined) throw notDialable(read);
    const stamp = stampOf(read);
    const known = this.#open.get(name);
    if (known?.stamp === stamp) return known;
    void known?.pool.close();
    const pool = this.#createPool(read, read.identity);
    const opened: Open = { stamp, pool, connection: this.#connect(read, pool) };
    this.#open.set(name, opened);
    pool.onChange(() => {
      if (this.#open.get(name) === opened) this.#publish(name, pool);
    });
    return opened;
  }

  #createPool(read: ReadContext, identity: Identity): Pool {
    const { clock, random, proto } = this.#options;
    return createPool({
      endpoints: read.raw.endpoints,
      credentials: (_target, hooks) => channelCredentials(identity, hooks),
      methodClass: (path) => methodOf(path)?.safety ?? 'once',
      probe: poolProbe({
        method: proto().method('/machine.MachineService/Version'),
        request: {},
        metadata: requestMetadata({ cluster: read.raw.cluster }),
        version: ({ messages }) => messages[0]?.version?.tag,
      }),
      clock,
      random,
      explain: this.#explain,
      proxy: { proxyUrl: read.raw.proxyUrl, env: this.#options.env ?? {} },
    });
  }

  #connect(read: ReadContext, pool: Pool): Connection {
    const { proto } = this.#options;
    const { cluster, name } = { cluster: read.raw.cluster, name: read.raw.name };
    const isFound = this.#options.isFoundByTalosctl?.(read.summary.file) ?? true;
    return {
      context: name,
      ...(!isFound && { talosconfig: read.summary.file }),
      nodes: read.raw.nodes,
      unary: async (path, request, { node, ...options }) => {
        const metadata = requestMetadata({ node, cluster });
        return pool.unary(proto().method(path), request, { ...options, metadata });
      },
      serverStream: (path, request, { node, ...options }) =>
        values(
          pool.serverStream(proto().method(path), request, {
            ...options,
            metadata: requestMetadata({ node, cluster }),
          }),
        ),
      resumableStream: (path, request, { node, ...options }) =>
        pool.serverStream(proto().method(path), request, {
          ...options,
          metadata: requestMetadata({ node, cluster }),
        }),
      explain: (error, site) => explainCall(error, { ...site, context: name }),
    };
  }

  #publish(name: string, pool: Pool): void {
    const state = { endpoints: pool.status(), summary: pool.summary(), hints: pool.hints() };
    this.#states.get(name)?.set({ context: name, ...state });
  }
}

async function* values<T>(
  stream: AsyncIterable<{ readonly type: string; readonly value?: T }>,
): AsyncGenerator<T, void, undefined> {
  for await (const item of stream) if (item.type === 'item') yield item.value as T;
}

function notDialable({ summary }: ReadContext): Failed {
  const problem = summary.problems.find(({ severity }) => severity === 'error') ?? summary.problems[0];
  return new Failed({
    code: 'credentials',
    message: problem?.message ?? `The context ${summary.name} cannot be used.`,
    ...(problem?.hint !== undefined && { hint: problem.hint }),
    where: { context: summary.name, ...(problem?.field !== undefined && { field: problem.field }) },
  });
}

/** A fingerprint of everything a pool is made from; it holds no key. */
function stampOf({ raw }: ReadContext): string {
  const secrets = [raw.ca, raw.crt, raw.key].map((secret) => secret?.reveal() ?? '');
  return createHash('sha256')
    .update(JSON.stringify([raw.endpoints, raw.nodes, raw.cluster, raw.proxyUrl, ...secrets]))
    .digest('hex');
}

function idleEndpoints(options: ConnectionsOptions, name: string): readonly EndpointStatus[] {
  let endpoints: readonly string[];
  try {
    endpoints = options.context(name).raw.endpoints;
  } catch {
    return []; // The context is no longer in the file.
  }
  return endpoints.map((endpoint) => ({
    endpoint,
    target: endpoint,
    phase: 'idle',
    sinceMs: options.clock.now(),
    roundTripsMs: [],
    calls: 0,
    activeCalls: 0,
    failures: [],
  }));
}
