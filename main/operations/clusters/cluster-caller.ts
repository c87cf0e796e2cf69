import type { Failure } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import { poolProbe } from '../../pool/pool.ts';
import { PoolCallError } from '../../pool/calls/call-error.ts';
import type { StreamItem } from '../../pool/calls/call-options.ts';
import { requestMetadata } from '../../talos/metadata.ts';
import type { MethodPath, MethodReply, MethodRequest } from '../../talos/method-types.ts';
import { methodOf } from '../../talos/methods.ts';
import type { ReplyDecoder } from '../../talos/reply-decoder.ts';
import type { ClusterTexts } from '../cluster-text/cluster-texts.ts';
import type { AnswerOptions, Caller, GatheredOptions, UnaryOptions } from './caller.ts';
import type { Dialled, DialTools } from './dialled.ts';
import { PING, pinged, unreadReply } from './read-answers.ts';
import { placeForTalosctl, type Destination } from './destination.ts';
import type { CallSite } from './words/call-failure.ts';
import { refusedToForward } from './words/endpoint-hints.ts';

/** What calls need beside a pool; the same for every cluster. */
export interface CallTools extends DialTools {
  readonly decoder: ReplyDecoder;
  readonly texts: ClusterTexts;
}

/** The cluster that a caller calls. */
export interface CalledCluster {
  readonly destination: Destination;
  /** What new calls that read go over. Throws Failed when it is closed or cannot be dialled. */
  dialled(): Dialled;
  /** What one call that changes something goes over; `release` says once that it is over, and what it threw. Throws as `dialled`. */
  changing(): { readonly dialled: Dialled; readonly release: (error?: unknown) => void };
  /** What a call waits for before it is made; undefined: nothing. Never rejects. */
  ready(): Promise<void> | undefined;
  /** Why it was closed, if it was. */
  closedBecause(): Failed | undefined;
  explain(error: unknown, site: CallSite): Failure;
}

/** A stream's continuation, see `ResumableOptions`. */
type Resume<P extends MethodPath> = (last: MethodReply<P>, items: number) => MethodRequest<P> | undefined;

/**
 * Makes the caller of a cluster as it is dialled now. When it is dialled anew, new calls go over the new pool; the way to a
 * node is asked about over `own`, where the streams run that were begun before. What waits until it may begin has its own there.
 */
export function clusterCaller(cluster: CalledCluster, own: Dialled, tools: CallTools): Caller {
  const { destination } = cluster;
  const { proto, decoder, texts } = tools;
  let streams = own;

  /** What is cancelled meanwhile waits no longer; then its call says so. Throws Failed as {@link CalledCluster.dialled}. */
  const waited = async (coming: Promise<void>, signal: AbortSignal): Promise<void> => {
    await untilAborted(signal, (resolve) => void coming.then(resolve));
    if (!signal.aborted) streams = cluster.dialled();
  };
  const ready = (signal: AbortSignal): Promise<void> | undefined => {
    const coming = cluster.ready();
    return coming === undefined ? undefined : waited(coming, signal);
  };

  /** All that a call carries and all that is done with its answer: the one place for every kind of call. */
  const begin = <P extends MethodPath>(
    path: P,
    { node, onHead, ...options }: AnswerOptions<MethodReply<P>>,
    dialled = cluster.dialled(),
  ) => {
    const method = proto().method(path);
    const metadata = requestMetadata({ node, cluster: dialled.destination.cluster });
    const channel = methodOf(path)?.bulk === true ? ('bulk' as const) : ('shared' as const);
    /** At once where that can be: a promise for each message of a busy log would cost more than reading it. */
    const read = (bytes: Buffer, subject: string | undefined): MethodReply<P> | Promise<MethodReply<P>> => {
      const failed = (error: unknown): never => {
        throw error instanceof Failed ? unreadReply(error, path, subject) : error;
      };
      try {
        const reply = decoder.decode(method, bytes, { ...options, ...(onHead && { onHead }) });
        return reply instanceof Promise ? reply.catch(failed) : reply;
      } catch (error) {
        return failed(error);
      }
    };
    const thrown = (error: unknown): unknown => {
      const endpoint = refusedToForward(error);
      if (endpoint !== undefined) dialled.notForwarding.add(endpoint);
      return isClosed(error) ? (cluster.closedBecause() ?? error) : error;
    };
    const carried = { ...options, metadata, channel, ...(node !== undefined && { about: node }) };
    return { pool: dialled.pool, raw: decoder.raw(method), carried, read, thrown };
  };

  async function* stream<P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    options: UnaryOptions,
    { resume, over }: { readonly resume?: Resume<P>; readonly over?: Dialled } = {},
  ): AsyncGenerator<StreamItem<MethodReply<P>>, void, undefined> {
    await ready(options.signal);
    const { pool, raw, carried, read, thrown } = begin(path, options, over);
    // What has been read last: the pool knows bytes only.
    let last: MethodReply<P> | undefined;
    let count = 0;
    const goOn = (_bytes: Buffer, items: number): MethodRequest<P> | undefined =>
      last !== undefined && items === count ? resume?.(last, items) : undefined;
    try {
      for await (const item of pool.serverStream(raw, request, { ...carried, ...(resume && { resume: goOn }) })) {
        if (item.type === 'gap') {
          yield item;
          continue;
        }
        const value = await read(item.value, options.node);
        count += 1;
        if (resume) last = value;
        yield { type: 'item', value };
      }
    } catch (error) {
      throw thrown(error);
    }
  }

  async function* gathered<P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    { gatherMs, ...options }: GatheredOptions,
  ): AsyncGenerator<readonly MethodReply<P>[], void, undefined> {
    await ready(options.signal);
    const { pool, raw, carried, read, thrown } = begin(path, options);
    const lists = {
      ...raw,
      responseSerialize: (parts: readonly Buffer[]) => Buffer.concat(parts),
      responseDeserialize: (bytes: Buffer): readonly Buffer[] => [bytes],
    };
    const gather = { forMs: gatherMs, join: (parts: readonly (readonly Buffer[])[]) => parts.flat() };
    try {
      for await (const item of pool.serverStream(lists, request, { ...carried, gather })) {
        if (item.type === 'gap') continue;
        const values: MethodReply<P>[] = [];
        for (const bytes of item.value) {
          const value = read(bytes, options.node);
          values.push(value instanceof Promise ? await value : value);
        }
        yield values;
      }
    } catch (error) {
      throw thrown(error);
    }
  }

  const unary = async <P extends MethodPath>(
    path: P,
    request: MethodRequest<P>,
    options: AnswerOptions<MethodReply<P>>,
    over?: Dialled,
  ) => {
    const wait = ready(options.signal);
    if (wait !== undefined) await wait;
    const { pool, raw, carried, read, thrown } = begin(path, options, over);
    let told: string | undefined;
    const onEndpoint = (endpoint: string): void => {
      if (endpoint !== told) options.onEndpoint?.(endpoint);
      told = endpoint;
    };
    try {
      const { value, endpoint } = await pool.unary(raw, request, { ...carried, onEndpoint });
      // Of two endpoints that were asked, the one named last need not be the one that answered.
      onEndpoint(endpoint);
      return { value: await read(value, options.node ?? endpoint), endpoint };
    } catch (error) {
      throw thrown(error);
    }
  };

  /** What changes something goes over connections that may be its own. */
  const changing = async <T>(signal: AbortSignal, work: (over: Dialled) => Promise<T>): Promise<T> => {
    await ready(signal);
    const { dialled, release } = cluster.changing();
    try {
      return await work(dialled);
    } catch (error) {
      release(error);
      throw error;
    } finally {
      release();
    }
  };

  return {
    ...placeForTalosctl(destination),
    nodes: destination.nodes,
    texts,
    unary,
    change: async (permit, request, options) => {
      const { method, node } = permit.use();
      return changing(options.signal, async (over) => (await unary(method, request, { ...options, node }, over)).value);
    },
    changeStream: async function* (permit, request, options) {
      const { method, node } = permit.use();
      await ready(options.signal);
      const { dialled: over, release } = cluster.changing();
      try {
        for await (const item of stream(method, request, { ...options, node }, { over }))
          if (item.type === 'item') yield item.value;
      } catch (error) {
        release(error);
        throw error;
      } finally {
        release();
      }
    },
    changeUpload: async (permit, messages, options) => {
      const { method, node } = permit.use();
      return changing(options.signal, async (over) => {
        const { pool, raw, carried, read, thrown } = begin(method, { ...options, node }, over);
        try {
          return await read((await pool.clientStream(raw, messages, carried)).value, node);
        } catch (error) {
          throw thrown(error);
        }
      });
    },
    rehearse: async (config, options) => {
      const { value } = await unary(
        '/machine.MachineService/ApplyConfiguration',
        { ...config, dry_run: true },
        options,
      );
      return value;
    },
    serverStream: async function* (path, request, options) {
      for await (const item of stream(path, request, options)) if (item.type === 'item') yield item.value;
    },
    resumableStream: (path, request, { resume, ...options }) => stream(path, request, options, { resume }),
    gatheredStream: gathered,
    ping: async (node, endpoint, timeoutMs) => {
      const metadata = requestMetadata({ node, cluster: streams.destination.cluster });
      const question = poolProbe({ method: proto().method(PING), request: {}, metadata });
      return pinged(await streams.pool.ask(endpoint, question, timeoutMs), endpoint);
    },
    explain: (error, site) => cluster.explain(error, site),
  };
}

/** The pool was closed under the call, which did certainly nothing. */
function isClosed(error: unknown): boolean {
  return error instanceof PoolCallError && error.reason.kind === 'closed' && !error.mayHaveHappened;
}
