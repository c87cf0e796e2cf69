import type {
  CallInput,
  CallName,
  CallOutput,
  StreamItem,
  StreamName,
  StreamParams,
  TopicName,
  TopicParams,
  TopicValue,
} from '../../preload/contract/index.ts';
import type { Observable } from '../lib/observable.ts';

/** What every handler gets besides its input. */
export interface RequestContext {
  /** Aborted by cancel, by a closed window and by a reload. */
  readonly signal: AbortSignal;
  /** Which window asks. */
  readonly windowId: number;
}

/** A missing or wrong handler is a compile error. */
export type CallHandlers = {
  readonly [N in CallName]: (input: CallInput<N>, context: RequestContext) => CallOutput<N> | Promise<CallOutput<N>>;
};

/** The observable state behind every topic. Throws Failed when it is asked for what is not there. */
export type TopicHandlers = {
  readonly [N in TopicName]: (params: TopicParams<N>, context: RequestContext) => Observable<TopicValue<N>>;
};

/** The items of every stream; whoever stops reading ends them. */
export type StreamHandlers = {
  readonly [N in StreamName]: (params: StreamParams<N>, context: RequestContext) => AsyncIterable<StreamItem<N>>;
};
