import * as v from 'valibot';
import { CALLS, MAX_CREDIT, STREAMS, TOPICS } from '../../../preload/contract/index.ts';
import type {
  Bridge,
  CallInput,
  CallName,
  CallOutput,
  Failure,
  Outcome,
  PortHandle,
  ProducerMessage,
  StreamItem,
  StreamName,
  StreamParams,
  TopicName,
  TopicParams,
  TopicValue,
} from '../../../preload/contract/index.ts';

type CallAnswer<N extends CallName> = (
  input: CallInput<N>,
  signal: AbortSignal,
) => Outcome<CallOutput<N>> | Promise<Outcome<CallOutput<N>>>;
type StreamAnswer<N extends StreamName> = (stream: FakeStream<N>) => void;

/** Streams of work; the other one is there as long as the page is. */
type WorkStream = Exclude<StreamName, 'desktop'>;

interface Watcher {
  readonly key: string;
  readonly tell: (message: TopicMessage) => void;
}

type TopicMessage =
  { readonly type: 'value'; readonly value: unknown } | { readonly type: 'failed'; readonly failure: Failure };

/** The main side of one open stream, for tests to drive. */
export class FakeStream<N extends StreamName> {
  readonly name: N;
  readonly params: StreamParams<N>;
  readonly #send: (message: ProducerMessage) => void;
  readonly #waiting: ProducerMessage[] = [];
  #credit = 0;
  #seq = 0;
  isClosed = false;
  /** Runs once when the page closes the stream. */
  onclose: (() => void) | undefined;

  constructor(name: N, params: StreamParams<N>, send: (message: ProducerMessage) => void) {
    this.name = name;
    this.params = params;
    this.#send = send;
  }

  get credit(): number {
    return this.#credit;
  }

  /** Delivered when the page has given credit, as main does. */
  batch(items: readonly StreamItem<N>[], skipped = 0): void {
    this.#push({ type: 'batch', seq: this.#seq++, items, skipped });
  }

  end(): void {
    this.#push({ type: 'end' });
  }

  fail(failure: Failure): void {
    this.#push({ type: 'failed', failure });
  }

  give(batches: number): void {
    if (!Number.isInteger(batches) || batches < 1) return;
    this.#credit = Math.min(MAX_CREDIT, this.#credit + batches);
    this.#flush();
  }

  #push(message: ProducerMessage): void {
    this.#waiting.push(message);
    this.#flush();
  }

  #flush(): void {
    while (!this.isClosed && this.#waiting.length > 0 && (this.#waiting[0]?.type !== 'batch' || this.#credit > 0)) {
      const message = this.#waiting.shift();
      if (message?.type === 'batch') this.#credit -= 1;
      if (!message) return;
      this.#send(structuredClone(message));
      if (message.type !== 'batch') this.isClosed = true;
    }
  }
}

/**
 * A bridge without main, for component tests and the scenes. It behaves as the real one: inputs are checked, calls never
 * reject, topics send a snapshot first, streams wait for credit, everything is cloned on its way and a closed port says
 * nothing more. tests/preload/contract holds it and main's own servers to the same expectations.
 */
export class FakeBridge implements Bridge {
  readonly calls: { readonly name: string; readonly input: unknown }[] = [];
  readonly streams: FakeStream<WorkStream>[] = [];
  /** What the page hears the menu and notifications with; undefined until it listens. */
  desktop: FakeStream<'desktop'> | undefined;
  readonly #answers = new Map<string, CallAnswer<CallName>>();
  readonly #streamAnswers = new Map<string, StreamAnswer<StreamName>>();
  readonly #snapshots = new Map<string, TopicMessage>();
  readonly #watchers = new Set<Watcher>();
  readonly #running = new Set<{ readonly id: number; readonly stop: AbortController }>();
  #onDrop: (names: readonly string[]) => Outcome<unknown> = () => ({
    ok: false,
    failure: failureOf('refused', 'The fake bridge takes no files.'),
  });

  /** The streams of runs that were started. */
  get runs(): readonly FakeStream<'run'>[] {
    return this.streams.filter((stream): stream is FakeStream<'run'> => stream.name === 'run');
  }

  /** What a call answers from now on. Without one it is refused, as an unknown name is. */
  answer<N extends CallName>(name: N, answer: CallAnswer<N>): this {
    this.#answers.set(name, answer as unknown as CallAnswer<CallName>);
    return this;
  }

  /** What happens when a stream is opened. */
  serve<N extends StreamName>(name: N, answer: StreamAnswer<N>): this {
    this.#streamAnswers.set(name, answer as unknown as StreamAnswer<StreamName>);
    return this;
  }

  /** A new snapshot for everyone who watches, now or later. */
  publish<N extends TopicName>(name: N, params: TopicParams<N>, value: TopicValue<N>): this {
    return this.#tell(name, params, { type: 'value', value });
  }

  failTopic<N extends TopicName>(name: N, params: TopicParams<N>, failure: Failure): this {
    return this.#tell(name, params, { type: 'failed', failure });
  }

  /** How many subscriptions are open, for leak checks. */
  watching(name?: TopicName): number {
    return [...this.#watchers].filter(({ key }) => name === undefined || key.startsWith(`${name} `)).length;
  }

  /** Calls, topics and streams that are open, for leak checks. */
  get openCount(): number {
    return this.#running.size + this.#watchers.size + this.streams.filter(({ isClosed }) => !isClosed).length;
  }

  async call(id: number, name: string, input: unknown): Promise<Outcome<unknown>> {
    this.calls.push({ name, input: structuredClone(input) });
    const answer = this.#answers.get(name);
    const failure = refusalOf(CALLS, name, input);
    if (failure) return { ok: false, failure };
    if (!answer) return { ok: false, failure: failureOf('refused', `This bridge has no answer for ${name}.`) };
    const running = { id, stop: new AbortController() };
    this.#running.add(running);
    try {
      return structuredClone(await answer(structuredClone(input) as never, running.stop.signal));
    } catch {
      const isCancelled = running.stop.signal.aborted;
      return { ok: false, failure: isCancelled ? failureOf('cancelled', 'Cancelled.') : MISTAKE };
    } finally {
      this.#running.delete(running);
    }
  }

  cancel(id: number): void {
    for (const one of this.#running) if (one.id === id) one.stop.abort();
  }

  watch(name: string, params: unknown, onMessage: (message: ProducerMessage) => void): PortHandle {
    const key = keyOf(name, params);
    let revision = 0;
    const tell = (message: TopicMessage): void =>
      onMessage(structuredClone(message.type === 'value' ? { ...message, revision: ++revision } : message));
    const watcher: Watcher = { key, tell };
    const failure = refusalOf(TOPICS, name, params);
    if (failure) {
      queueMicrotask(() => tell({ type: 'failed', failure }));
      return { credit: () => undefined, close: () => undefined };
    }
    this.#watchers.add(watcher);
    const snapshot = this.#snapshots.get(key);
    if (snapshot) queueMicrotask(() => this.#watchers.has(watcher) && tell(snapshot));
    return { credit: () => undefined, close: () => void this.#watchers.delete(watcher) };
  }

  open(name: string, params: unknown, onMessage: (message: ProducerMessage) => void): PortHandle {
    const failure = refusalOf(STREAMS, name, params);
    if (failure) {
      queueMicrotask(() => onMessage({ type: 'failed', failure }));
      return { credit: () => undefined, close: () => undefined };
    }
    const stream = new FakeStream(name as StreamName, structuredClone(params) as StreamParams<StreamName>, onMessage);
    if (name === 'desktop') this.desktop = stream as FakeStream<'desktop'>;
    else this.streams.push(stream as FakeStream<WorkStream>);
    const answer = this.#streamAnswers.get(name);
    queueMicrotask(() => answer?.(stream));
    return {
      credit: (batches) => stream.give(batches),
      close: () => {
        if (stream.isClosed) return;
        stream.isClosed = true;
        stream.onclose?.();
      },
    };
  }

  /** What a drop answers from now on; it gets the names of the files. */
  onDrop(answer: (names: readonly string[]) => Outcome<unknown>): this {
    this.#onDrop = answer;
    return this;
  }

  drop(files: readonly unknown[]): Promise<Outcome<unknown>> {
    return Promise.resolve(this.#onDrop(files.map((file) => (file instanceof File ? file.name : ''))));
  }

  #tell(name: string, params: unknown, message: TopicMessage): this {
    const key = keyOf(name, params);
    this.#snapshots.set(key, message);
    for (const watcher of this.#watchers) if (watcher.key === key) watcher.tell(message);
    return this;
  }
}

/** Why main would not even look at a request; undefined when it would. */
function refusalOf(table: object, name: string, input: unknown): Failure | undefined {
  if (!Object.hasOwn(table, name)) return failureOf('refused', `There is nothing of the name ${name}.`);
  if (JSON.stringify(input).length > MAX_INPUT_LENGTH)
    return failureOf('too-large', `The request ${name} is too large.`);
  const { input: schema } = (table as Record<string, { readonly input: v.GenericSchema }>)[name]!;
  return v.is(schema, input) ? undefined : failureOf('invalid', `The request ${name} has a wrong shape.`);
}

const MAX_INPUT_LENGTH = 1024 * 1024;
const MISTAKE: Failure = {
  code: 'internal',
  message: 'Minos made a mistake here.',
  retry: 'never',
  traceId: 'f00d-cafe',
};

function keyOf(name: string, params: unknown): string {
  return `${name} ${JSON.stringify(params)}`;
}

/** A failure for tests; its other facts as given. */
export function failureOf(code: Failure['code'], message: string, rest: Partial<Failure> = {}): Failure {
  return { code, message, retry: 'safe', traceId: 'f00d-cafe', ...rest };
}
