import type { Failure } from '../../../preload/contract/index.ts';
import type { PoolCallError } from '../../pool/calls/call-error.ts';
import type { StreamItem } from '../../pool/calls/call-options.ts';
import type { MethodReply, MethodRequest } from '../../talos/method-types.ts';
import type { ChangePath, ReadPath } from '../../talos/methods.ts';
import type { ClusterTexts } from '../cluster-text/cluster-texts.ts';
import type { Permit } from '../plans/permit.ts';
import type { CallSite } from './words/call-failure.ts';

export type { StreamItem } from '../../pool/calls/call-options.ts';

/** One call of a {@link Caller}; times are ms. */
export interface UnaryOptions {
  /** Who shall answer; without it the endpoint answers for itself. */
  readonly node?: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onEndpoint?: (endpoint: string) => void;
  /** Awaited before a large answer is decoded, so that whoever asks many has one of them at a time. */
  readonly beforeLarge?: () => Promise<void>;
}

/** A call with one answer. */
export interface AnswerOptions<A> extends UnaryOptions {
  /** Gets the beginning of an answer that takes a thread to decode, before it is there as a whole (main/talos/reply-head.ts). */
  readonly onHead?: (head: A) => void;
}

/** A call that changes something; times are ms. The machine is the permit's. */
export type ChangeOptions = Pick<UnaryOptions, 'deadlineMs' | 'signal' | 'onEndpoint'>;

/** A stream that goes on elsewhere when it breaks. `deadlineMs` is `Infinity` for one that follows. */
export interface ResumableOptions<P extends ReadPath<'server'>> extends UnaryOptions {
  /** The request that continues after this answer; undefined if it cannot continue. */
  readonly resume: (last: MethodReply<P>, items: number) => MethodRequest<P> | undefined;
  /** These see the pool's {@link StreamOptions}. */
  readonly isOnlyNew?: boolean;
  readonly avoid?: readonly string[];
  readonly resumeWithinMs?: number;
}

/** A stream whose messages are gathered. `deadlineMs` is `Infinity` for one that follows. */
export interface GatheredOptions extends UnaryOptions {
  /** Asked for anew each time: when nobody waits for what comes, more may be taken together. */
  readonly gatherMs: () => number;
  /** See the pool's {@link StreamOptions}. */
  readonly avoid?: readonly string[];
}

/** How a node answered when it was asked whether the way to it works. */
export type Pinged =
  /** Any answer of the node, also a refusal. */
  | { readonly state: 'answered'; readonly durationMs: number }
  /** The endpoint says that it does not reach the node. */
  | { readonly state: 'unreachable'; readonly error: PoolCallError }
  /** Nothing came in time, or there is no connection to the endpoint. */
  | { readonly state: 'silent' };

type ApplyPath = '/machine.MachineService/ApplyConfiguration';

/** Typed calls to one cluster as one identity. */
export interface Caller {
  readonly context: string;
  /** The file the context stands in, when talosctl by itself would use another. */
  readonly talosconfig?: string;
  /** Those of `--endpoints` of this start, where they are dialled instead of the file's. */
  readonly endpoints?: readonly string[];
  /** The context's own nodes. */
  readonly nodes: readonly string[];
  /** Asks for something that changes nothing. */
  unary<P extends ReadPath<'unary'>>(
    path: P,
    request: MethodRequest<P>,
    options: AnswerOptions<MethodReply<P>>,
  ): Promise<{ readonly value: MethodReply<P>; readonly endpoint: string }>;
  /** What may bring a lot has a connection of its own, see the table of methods. `deadlineMs` is `Infinity` for one that follows. */
  serverStream<P extends ReadPath<'server'>>(
    path: P,
    request: MethodRequest<P>,
    options: UnaryOptions,
  ): AsyncIterable<MethodReply<P>>;
  /** As `serverStream`, with a mark where it broke and went on through another endpoint. */
  resumableStream<P extends ReadPath<'server'>>(
    path: P,
    request: MethodRequest<P>,
    options: ResumableOptions<P>,
  ): AsyncIterable<StreamItem<MethodReply<P>>>;
  /**
   * For many small messages: what comes within `gatherMs` is handed over together, which costs far less than one at a time. It
   * ends with the connection it runs over.
   */
  gatheredStream<P extends ReadPath<'server'>>(
    path: P,
    request: MethodRequest<P>,
    options: GatheredOptions,
  ): AsyncIterable<readonly MethodReply<P>[]>;
  /** Changes something: the method and the one machine stand in the permit, which is used up with the call, however it ends. */
  change<P extends ChangePath<'unary'>>(
    permit: Permit<P>,
    request: MethodRequest<P>,
    options: ChangeOptions,
  ): Promise<MethodReply<P>>;
  /** As `change`, of a call that answers with a stream. It never goes on elsewhere once something of its answer has come. */
  changeStream<P extends ChangePath<'server'>>(
    permit: Permit<P>,
    request: MethodRequest<P>,
    options: ChangeOptions,
  ): AsyncIterable<MethodReply<P>>;
  /**
   * As `change`, of a call to which we send a stream. It moves to another endpoint only while nothing has left us. Throws what
   * `messages` throw, too.
   */
  changeUpload<P extends ChangePath<'client'>>(
    permit: Permit<P>,
    messages: AsyncIterable<MethodRequest<P>>,
    options: ChangeOptions,
  ): Promise<MethodReply<P>>;
  /**
   * What a machine says that applying a config would do there. Nothing is done, whatever the request says: this is the one call of a
   * method that changes something without a permit, and it always is a dry run.
   */
  rehearse(
    config: Omit<MethodRequest<ApplyPath>, 'dry_run'>,
    options: UnaryOptions & { readonly node: string },
  ): Promise<MethodReply<ApplyPath>>;
  /** Asks a node through this endpoint whether it is there: what a stream that is quiet runs over. Never rejects. */
  ping(node: string, endpoint: string, timeoutMs: number): Promise<Pinged>;
  /** Whatever a call threw, in words. */
  explain(error: unknown, site: CallSite): Failure;
  /** Reads text of answers. */
  readonly texts: ClusterTexts;
}
