import type {
  Bridge,
  CallInput,
  CallName,
  CallOutput,
  Failure,
  Outcome,
  StreamItem,
  StreamName,
  StreamParams,
  TopicName,
  TopicParams,
  TopicValue,
} from '../../preload/contract/index.ts';
import { joinParts } from './join-parts.ts';
import { OperationFailed } from './operation-failed.ts';
import { readBatches, type Batch, type OpenOptions } from './stream.ts';

/** What a topic tells its listener. */
export type TopicMessage<T> =
  { readonly type: 'value'; readonly value: T } | { readonly type: 'failed'; readonly failure: Failure };

/** Files that were dropped: main holds their paths, the page a token for later calls. */
export interface DroppedFiles {
  readonly token: string;
  /** The last part of each path. */
  readonly names: readonly string[];
}

export interface CallOptions {
  /** Aborting it asks main to stop; the outcome is then a `cancelled` failure. */
  readonly signal?: AbortSignal;
}

/** The typed face of the bridge. Everything else in the page talks to main through this. */
export interface Client {
  /** Ask once. Never rejects: a refusal is a failure value. */
  call<N extends CallName>(name: N, input: CallInput<N>, options?: CallOptions): Promise<Outcome<CallOutput<N>>>;
  /** The same for callers that prefer `await`: throws {@link OperationFailed}. */
  request<N extends CallName>(name: N, input: CallInput<N>, options?: CallOptions): Promise<CallOutput<N>>;
  /** Hand dropped files to main. */
  drop(files: readonly File[]): Promise<Outcome<DroppedFiles>>;
  /** Subscribe to a topic. The answer ends the subscription. */
  watch<N extends TopicName>(
    name: N,
    params: TopicParams<N>,
    listener: (message: TopicMessage<TopicValue<N>>) => void,
  ): () => void;
  /** Read a stream batch by batch. Leaving the loop, or aborting, cancels the work behind it. */
  open<N extends StreamName>(
    name: N,
    params: StreamParams<N>,
    options?: OpenOptions,
  ): AsyncIterable<Batch<StreamItem<N>>>;
}

/** Types for an untyped bridge. The casts stand here and nowhere else; main checks every input again. */
export function createClient(bridge: Bridge): Client {
  let lastId = 0;

  async function call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options: CallOptions = {},
  ): Promise<Outcome<CallOutput<N>>> {
    const id = ++lastId;
    const abort = (): void => bridge.cancel(id);
    options.signal?.addEventListener('abort', abort, { once: true });
    const answer = bridge.call(id, name, input) as Promise<Outcome<CallOutput<N>>>;
    if (options.signal?.aborted) abort();
    return answer.finally(() => options.signal?.removeEventListener('abort', abort));
  }

  return {
    call,
    async request(name, input, options) {
      const outcome = await call(name, input, options);
      if (!outcome.ok) throw new OperationFailed(outcome.failure);
      return outcome.value;
    },
    drop: (files) => bridge.drop(files) as Promise<Outcome<DroppedFiles>>,
    watch<N extends TopicName>(
      name: N,
      params: TopicParams<N>,
      listener: (message: TopicMessage<TopicValue<N>>) => void,
    ) {
      let isOpen = true;
      const join = joinParts();
      const port = bridge.watch(name, params, (sent) => {
        const message = isOpen ? join(sent) : undefined;
        if (message === undefined) return;
        if (message.type === 'value') listener({ type: 'value', value: message.value as TopicValue<N> });
        if (message.type === 'failed') listener({ type: 'failed', failure: message.failure });
      });
      return () => {
        isOpen = false;
        port.close();
      };
    },
    open<N extends StreamName>(name: N, params: StreamParams<N>, options: OpenOptions = {}) {
      return readBatches<StreamItem<N>>((onMessage) => bridge.open(name, params, onMessage), options);
    },
  };
}

declare global {
  interface Window {
    readonly minos?: Bridge;
  }
}

/** The bridge of this window; undefined when the page was opened in an ordinary browser. */
export function windowBridge(): Bridge | undefined {
  return window.minos;
}
