import type { MethodPath, ServedReply, ServedRequest } from '../../talos/method-types.ts';
import type { VirtualCluster } from '../cluster/cluster.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

/** What an answer may know of the call it answers. */
export interface AnswerContext {
  readonly cluster: VirtualCluster;
  /** The node that serves the call. */
  readonly node: VirtualNode;
  /** Roles of the caller. */
  readonly roles: readonly string[];
  /** Time on the node, epoch milliseconds: the simulator's clock plus the node's skew. */
  readonly nowMs: () => number;
  /** Waits on the simulator's clock. Rejects when the call ends, which ends the answer. */
  readonly wait: (delayMs: number) => Promise<void>;
  /**
   * Subscribes until the call ends. The returned function resolves at the next change, at once if one came since it last
   * resolved; it rejects when the call ends.
   */
  readonly wakeOn: (subscribe: (listener: () => void) => () => void) => () => Promise<void>;
  /** Aborted when the call ends, however it ends. */
  readonly signal: AbortSignal;
}

/** Answers a unary call. Throws a Refusal to end it with a status. */
export type AnswerUnary<P extends MethodPath> = (
  request: ServedRequest<P>,
  context: AnswerContext,
) => ServedReply<P> | Promise<ServedReply<P>>;

/** Answers a server stream: each yielded message is sent when the reader has room for it. */
export type AnswerStream<P extends MethodPath> = (
  request: ServedRequest<P>,
  context: AnswerContext,
) => Iterable<ServedReply<P>> | AsyncIterable<ServedReply<P>>;

/** Answers once a client that sends a stream, which it reads as far as it wants. Throws a Refusal. */
export type AnswerUpload<P extends MethodPath> = (
  messages: AsyncIterable<ServedRequest<P>>,
  context: AnswerContext,
) => Promise<ServedReply<P>>;

/** An answer without its message types, as the server keeps it. */
export type AnyAnswer =
  | {
      readonly kind: 'upload';
      readonly run: (messages: AsyncIterable<object>, context: AnswerContext) => Promise<unknown>;
    }
  | { readonly kind: 'unary'; readonly run: (request: object, context: AnswerContext) => unknown }
  | {
      readonly kind: 'stream';
      readonly run: (request: object, context: AnswerContext) => Iterable<unknown> | AsyncIterable<unknown>;
    };

/** Path of a method and how it is answered. */
export type AnswerEntry = readonly [path: MethodPath, answer: AnyAnswer];

// The casts below are the only place where message types are forgotten: the path ties request and reply together.

/** A typed answer for a unary method. */
export function unary<P extends MethodPath>(path: P, answer: AnswerUnary<P>): AnswerEntry {
  return [path, { kind: 'unary', run: answer as (request: object, context: AnswerContext) => unknown }];
}

/** A typed answer for a method that streams to the client. */
export function stream<P extends MethodPath>(path: P, answer: AnswerStream<P>): AnswerEntry {
  const run = answer as (request: object, context: AnswerContext) => Iterable<unknown> | AsyncIterable<unknown>;
  return [path, { kind: 'stream', run }];
}

/** A typed answer for a method to which the client streams. */
export function upload<P extends MethodPath>(path: P, answer: AnswerUpload<P>): AnswerEntry {
  const run = answer as (messages: AsyncIterable<object>, context: AnswerContext) => Promise<unknown>;
  return [path, { kind: 'upload', run }];
}
