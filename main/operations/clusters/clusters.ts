import { createHash } from 'node:crypto';
import type { EndpointStatus, NodeSummary, PoolStatus } from '../../../preload/contract/index.ts';
import { channelCredentials } from '../../credentials/channel-credentials.ts';
import type { Identity } from '../../credentials/identity.ts';
import { tlsSelfTest } from '../../credentials/tls-self-test.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import { createPool, poolProbe, type Pool } from '../../pool/pool.ts';
import type { BoundedMethod } from '../../talos/bounded-method.ts';
import type { LoadedProto } from '../../talos/load-proto.ts';
import { requestMetadata } from '../../talos/metadata.ts';
import type { MethodPath, MethodReply, MethodRequest } from '../../talos/method-types.ts';
import { methodOf } from '../../talos/methods.ts';
import { ReplyDecoder, type DecodeWorkerPlace } from '../../talos/reply-decoder.ts';
import { explainCall, type CallSite } from './words/call-failure.ts';
import { ClusterTexts, type ClusterTextsOptions } from '../cluster-text/cluster-texts.ts';
import type { Caller, ResumableOptions, UnaryOptions } from './caller.ts';
import { decodedItems, PING, pinged, unreadReply, values } from './read-answers.ts';
import { endpointHints, refusedToForward } from './words/endpoint-hints.ts';
import { tlsWords } from './words/tls-words.ts';
import type { ReadContext } from '../talosconfigs/context-reading.ts';

export type { Caller, Pinged, ResumableOptions } from './caller.ts';

/** Where {@link Clusters} find what they need. */
export interface ClustersOptions {
  /** The context as the file has it now; throws Failed `not-found`. */
  readonly context: (name: string) => ReadContext;
  /** True for a talosconfig that talosctl finds by itself. Default: all are. */
  readonly isFoundByTalosctl?: (file: string) => boolean;
  /** The machines of a context as far as they are known; asks nobody. For hints. Default: none. */
  readonly nodes?: (name: string) => readonly NodeSummary[];
  /** Where HTTPS_PROXY and NO_PROXY are looked up, at every dial. Default: nowhere. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Loaded when the first call is made. */
  readonly proto: () => LoadedProto;
  /** Decodes large replies elsewhere. Default: large replies fail. */
  readonly decodeWorker?: DecodeWorkerPlace | undefined;
  /** The built main/operations/cluster-text/cluster-text-worker.ts, or that file itself. Default: long specs are not read. */
  readonly clusterTextWorkerFile?: ClusterTextsOptions['workerFile'] | undefined;
  readonly clock: Clock;
  readonly random: () => number;
}

interface Open {
  /** What the pool was made from; another one means that the old connections lead elsewhere, or as somebody else. */
  readonly stamp: string;
  readonly pool: Pool;
  /** What the file said last. Other default nodes, or endpoints in another order, cut nothing. */
  read: ReadContext;
  connection: Caller;
  /** Endpoints that refused to forward. */
  readonly notForwarding: Set<string>;
  /** Set while new numbers wait to be shown. */
  cancelPublish: (() => void) | undefined;
}

/** How old the counted and measured numbers of a status may be. States are never old. */
const NUMBERS_SHOWN_EVERY_MS = 100;

/** What a sentence may call a node by; a node could answer anything. */
const HOSTNAME = /^[\w.-]{1,253}$/;

/** Of `Talos (v1.13.9)`. */
const VERSION_IN_OS = /\((v[\w.+-]{1,60})\)/;

/**
 * Pools, one per context, kept while the app runs: contexts are switched without reconnecting. When the file gives a
 * context other endpoints or credentials, its pool is replaced.
 */
export class Clusters {
  readonly #options: ClustersOptions;
  readonly #open = new Map<string, Open>();
  /** Replaced, with calls that still run. */
  readonly #retiring = new Set<Pool>();
  readonly #states = new Map<string, Value<PoolStatus>>();
  /** Endpoints switched off, by context. */
  readonly #disabled = new Map<string, Set<string>>();
  readonly #explain = tlsWords(tlsSelfTest);
  readonly #decoder: ReplyDecoder;
  readonly #texts: ClusterTexts;

  constructor(options: ClustersOptions) {
    this.#options = options;
    const { clusterTextWorkerFile: workerFile, clock } = options;
    this.#texts = new ClusterTexts(workerFile === undefined ? undefined : { workerFile, clock });
    this.#decoder = new ReplyDecoder(options.decodeWorker, {}, options.clock);
  }

  /** The connection of a context. Throws Failed `not-found`, or `credentials` when it cannot be dialled. */
  of(name: string): Caller {
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

  /** Switches an endpoint off or on, until the app ends: also for the pool that replaces this one. */
  setDisabled(name: string, endpoint: string, disabled: boolean): void {
    const { pool, read } = this.#openFor(name);
    if (!read.raw.endpoints.includes(endpoint)) {
      throw new Failed({
        code: 'not-found',
        message: `The context ${read.raw.name} has no such endpoint.`,
        where: { context: read.raw.name, endpoint },
      });
    }
    const off = this.#disabled.get(name) ?? new Set();
    if (disabled) off.add(endpoint);
    else off.delete(endpoint);
    this.#disabled.set(name, off);
    pool.setDisabled(endpoint, disabled);
  }

  /** After the file changed: contexts that are watched get their pool anew where they changed. */
  refresh(): void {
    for (const name of this.#states.keys()) this.refreshStatus(name);
  }

  /** Lets go of every context, since others may have the same names from now on. */
  forget(): void {
    for (const { cancelPublish, pool } of this.#open.values()) {
      cancelPublish?.();
      this.#retire(pool);
    }
    this.#open.clear();
    this.#disabled.clear();
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { cancelPublish } of open) cancelPublish?.();
    await Promise.all([...open.map(({ pool }) => pool), ...this.#retiring].map((pool) => pool.close()));
    await this.#decoder.close();
    await this.#texts.close();
  }

  refreshStatus(name: string): void {
    try {
      this.#publish(name, this.#openFor(name));
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
    if (known?.stamp === stamp) {
      if (known.read !== read) {
        known.read = read;
        known.connection = this.#connect(read, known.pool, known.notForwarding);
      }
      return known;
    }
    known?.cancelPublish?.();
    if (known !== undefined) this.#retire(known.pool);
    const pool = this.#createPool(read, read.identity);
    const notForwarding = new Set<string>();
    const connection = this.#connect(read, pool, notForwarding);
    const opened: Open = { stamp, pool, read, connection, notForwarding, cancelPublish: undefined };
    this.#open.set(name, opened);
    for (const endpoint of this.#disabled.get(name) ?? []) pool.setDisabled(endpoint, true);
    pool.onChange((what) => {
      if (this.#open.get(name) !== opened) return;
      if (what === 'state') this.#publish(name, opened);
      else this.#publishSoon(name, opened);
    });
    return opened;
  }

  /** What runs on a pool that was replaced may end there: a renewed certificate must cut no answer off. */
  #retire(pool: Pool): void {
    this.#retiring.add(pool);
    void pool.retire().then(() => this.#retiring.delete(pool));
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
      probeFirst: true,
      clock,
      random,
      explain: (error, site) => this.#explain(error, { ...site, client: read.summary.certificate }),
      proxy: { proxyUrl: read.raw.proxyUrl, env: this.#options.env ?? {} },
    });
  }

  #connect(read: ReadContext, pool: Pool, notForwarding: Set<string>): Caller {
    const { proto } = this.#options;
    const noteRefusal = (error: unknown): never => {
      const endpoint = refusedToForward(error);
      if (endpoint !== undefined) notForwarding.add(endpoint);
      throw error;
    };
    const { cluster, name } = { cluster: read.raw.cluster, name: read.raw.name };
    const isFound = this.#options.isFoundByTalosctl?.(read.summary.file) ?? true;
    return {
      context: name,
      ...(!isFound && { talosconfig: read.summary.file }),
      nodes: read.raw.nodes,
      texts: this.#texts,
      unary: async (path, request, { node, ...options }) => {
        const method = proto().method(path);
        const metadata = requestMetadata({ node, cluster });
        const raw = pool.unary(this.#decoder.raw(method), request, { ...options, metadata });
        const { value, endpoint } = await raw.catch(noteRefusal);
        return { value: await this.#decoded(method, value, node ?? endpoint, options), endpoint };
      },
      serverStream: (path, request, { node, ...options }) => {
        const method = proto().method(path);
        const raw = pool.serverStream(this.#decoder.raw(method), request, {
          ...options,
          metadata: requestMetadata({ node, cluster }),
          channel: methodOf(path)?.bulk === true ? 'bulk' : 'shared',
        });
        return values(raw, (bytes) => this.#decoded(method, bytes, node, options), noteRefusal);
      },
      resumableStream: <P extends MethodPath>(
        path: P,
        request: MethodRequest<P>,
        { node, resume, ...options }: ResumableOptions<P>,
      ) => {
        const method = proto().method(path);
        // What has been read last: the pool knows bytes only.
        let last: { readonly value: MethodReply<P>; readonly items: number } | undefined;
        const raw = pool.serverStream(this.#decoder.raw(method), request, {
          ...options,
          resume: (_bytes, items) => (last?.items === items ? resume(last.value, items) : undefined),
          metadata: requestMetadata({ node, cluster }),
        });
        return decodedItems(raw, async (bytes, items) => {
          const value = await this.#decoded(method, bytes, node, options);
          last = { value, items };
          return value;
        });
      },
      ping: async (node, endpoint, timeoutMs) => {
        const method = proto().method(PING);
        const question = poolProbe({ method, request: {}, metadata: requestMetadata({ node, cluster }) });
        return pinged(await pool.ask(endpoint, question, timeoutMs), endpoint);
      },
      explain: (error, site) => explainCall(error, { ...site, ...this.#knownOf(read, site.node), context: name }),
    };
  }

  async #decoded<Q, A>(
    method: BoundedMethod<Q, A>,
    bytes: Buffer,
    subject: string | undefined,
    options: Pick<UnaryOptions, 'signal' | 'beforeLarge'>,
  ): Promise<A> {
    try {
      return await this.#decoder.decode(method, bytes, options);
    } catch (error) {
      throw error instanceof Failed ? unreadReply(error, method.path, subject) : error;
    }
  }

  /** What discovery last said of a node, under any of its names. */
  #knownOf({ summary }: ReadContext, node: string | undefined): Pick<CallSite, 'nodeName' | 'version' | 'roles'> {
    const known = this.#options
      .nodes?.(summary.id)
      .find((one) => one.target === node || one.hostname === node || one.addresses.includes(node ?? ''));
    return {
      nodeName: known?.hostname !== undefined && HOSTNAME.test(known.hostname) ? known.hostname : undefined,
      version: VERSION_IN_OS.exec(known?.os ?? '')?.[1],
      roles: summary.certificate?.roles,
    };
  }

  /** Numbers change twice with every call, and a run makes a thousand of them at once. */
  #publishSoon(name: string, open: Open): void {
    if (open.cancelPublish !== undefined || !this.#states.has(name)) return;
    open.cancelPublish = this.#options.clock.after(NUMBERS_SHOWN_EVERY_MS, () => {
      this.#publish(name, open);
    });
  }

  #publish(name: string, open: Open): void {
    const state = this.#states.get(name);
    if (state === undefined || this.#open.get(name) !== open) return;
    open.cancelPublish?.();
    open.cancelPublish = undefined;
    const { pool, notForwarding, read } = open;
    const place = ({ endpoint }: EndpointStatus): number => read.raw.endpoints.indexOf(endpoint);
    const endpoints = [...pool.status()].sort((a, b) => place(a) - place(b));
    const facts = {
      endpoints: endpoints.map(({ endpoint }) => endpoint),
      nodes: this.#options.nodes?.(name) ?? [],
      notForwarding,
      isAllDown: pool.summary() === 'all-down',
    };
    const hints = [...pool.hints(), ...endpointHints(facts)];
    state.set({ context: name, endpoints, summary: pool.summary(), hints });
  }
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

/** A fingerprint of everything connections depend on; it holds no key. */
function stampOf({ raw }: ReadContext): string {
  const secrets = [raw.ca, raw.crt, raw.key].map((secret) => secret?.reveal() ?? '');
  return createHash('sha256')
    .update(JSON.stringify([[...raw.endpoints].sort(), raw.cluster, raw.proxyUrl, ...secrets]))
    .digest('hex');
}

function idleEndpoints(options: ClustersOptions, name: string): readonly EndpointStatus[] {
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
