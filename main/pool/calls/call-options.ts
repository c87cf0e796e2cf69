import type { Metadata } from '@grpc/grpc-js';

/** What every call may say. */
export interface CallOptions {
  readonly metadata: Metadata;
  /** For the whole operation, tries elsewhere included; passed on to the server. `Infinity` only for streams that follow. */
  readonly deadlineMs: number;
  /** Aborting reaches the server. */
  readonly signal?: AbortSignal;
  /**
   * What a unary call is about, where that is not the endpoint itself: how long answers about it usually take is remembered by
   * it.
   */
  readonly about?: string;
  /** Called at each try with the endpoint as the user wrote it. */
  onEndpoint?(endpoint: string): void;
}

/** What a stream may say besides. */
export interface StreamOptions<Q, A> extends CallOptions {
  /**
   * The request that continues after `last`, for a stream that broke after items came; undefined if it cannot continue.
   * Without it a broken stream fails.
   */
  resume?(last: A, items: number): Q | undefined;
  /** It brings only what is new, so that a break loses something even before the first item: that is marked, too. */
  readonly isOnlyNew?: boolean;
  /** Endpoints as written to use only if nothing else is ready: this stream came to grief there. */
  readonly avoid?: readonly string[];
  /** A stream that broke waits so long for an endpoint while all are down. Default: the pool's limit. */
  readonly resumeWithinMs?: number;
  /** `bulk` uses its own connection with a large window, made on demand. Default `shared`. */
  readonly channel?: 'shared' | 'bulk';
  /** For streams of many small messages: what comes within so many ms of the first is one item, as `join` makes it. */
  readonly gather?: { readonly forMs: () => number; readonly join: (parts: readonly A[]) => A };
}

/** An item of a stream, or the mark of a break: between `from` and `to` something may be missing. */
export type StreamItem<A> =
  | { readonly type: 'item'; readonly value: A }
  | { readonly type: 'gap'; readonly from: string; readonly to: string; readonly gapMs: number };

/**
 * A stream of answers, pulled: a reader that does not ask stops the server. May be read once. Throws PoolCallError.
 */
export interface PoolStream<A> extends AsyncIterable<StreamItem<A>> {
  /** The endpoint that serves it now; undefined before the first try. */
  readonly endpoint: string | undefined;
  /** Ends the stream here and at the server; the reader sees a normal end. */
  cancel(): void;
}

/** What a call may say that sends a stream of messages. */
export interface RequestStreamOptions extends CallOptions {
  /** See {@link StreamOptions.channel}. */
  readonly channel?: 'shared' | 'bulk';
}

/**
 * A call in which both sides send messages, pulled: a reader that does not ask stops the server. May be read once; starts
 * when it is. Throws PoolCallError, or what the source of our messages threw.
 */
export interface PoolExchange<A> extends AsyncIterable<A> {
  /** The endpoint that serves it; undefined before the first try. */
  readonly endpoint: string | undefined;
  /** Ends the exchange here and at the server; the reader sees a normal end. */
  cancel(): void;
}

/** The answer of a unary call. */
export interface UnaryAnswer<A> {
  readonly value: A;
  /** Who answered, as the user wrote it. */
  readonly endpoint: string;
  /** Of the whole operation, waiting included. */
  readonly durationMs: number;
}
