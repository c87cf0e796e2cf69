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
  readonly send: (message: ProducerMessage) => void;
}

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
    this.#credit += batches;
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
      if (message) this.#send(structuredClone(message));
    }
  }
}

/**
 * A bridge without main, for component tests and the scenes. It behaves as the real one: calls never reject, topics send
 * a snapshot first, streams wait for credit, everything is cloned on its way and a closed port says nothing more.
 */
export class FakeBridge implements Bridge {
  readonly calls: { readonly name: string; readonly input: unknown }[] = [];
  readonly streams: FakeStream<WorkStream>[] = [];
  /** What the page hears the menu and notifications with; undefined until it listens. */
  desktop: FakeStream<'desktop'> | undefined;
  readonly #answers = new Map<string, CallAnswer<CallName>>();
  readonly #streamAnswers = new Map<string, StreamAnswer<StreamName>>();
  readonly #snapshots = new Map<string, ProducerMessage>();
  readonly #watchers = new Set<Watcher>();
  readonly #running = new Map<number, AbortController>();
  #revision = 0;
  #onDrop: (names: readonly string[]) => Outcome<unknown> = () => ({
    ok: false,
    failure: failureOf('refused', 'The fake bridge takes no files.'),
  });

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
    return this.#tell(name, params, { type: 'value', revision: ++this.#revision, value });
  }

  failTopic<N extends TopicName>(name: N, params: TopicParams<N>, failure: Failure): this {
    return this.#tell(name, params, { type: 'failed', failure });
  }

  /** How many subscriptions are open, for leak checks. */
  watching(name?: TopicName): number {
    return [...this.#watchers].filter(({ key }) => name === undefined || key.startsWith(`${name} `)).length;
  }

  call(id: number, name: string, input: unknown): Promise<Outcome<unknown>> {
    this.calls.push({ name, input: structuredClone(input) });
    const answer = this.#answers.get(name);
    if (!answer)
      return Promise.resolve({ ok: false, failure: failureOf('refused', `The bridge does not know ${name}.`) });
    const stop = new AbortController();
    this.#running.set(id, stop);
    const cancelled = new Promise<Outcome<unknown>>((resolve) =>
      stop.signal.addEventListener('abort', () =>
        resolve({ ok: false, failure: failureOf('cancelled', 'Cancelled.') }),
      ),
    );
    const answered = Promise.resolve(answer(input as never, stop.signal)).then((outcome) => structuredClone(outcome));
    return Promise.race([answered, cancelled]).finally(() => this.#running.delete(id));
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }

  watch(name: string, params: unknown, onMessage: (message: ProducerMessage) => void): PortHandle {
    const key = keyOf(name, params);
    const watcher: Watcher = { key, send: (message) => onMessage(structuredClone(message)) };
    this.#watchers.add(watcher);
    const snapshot = this.#snapshots.get(key);
    if (snapshot) queueMicrotask(() => this.#watchers.has(watcher) && watcher.send(snapshot));
    return { credit: () => undefined, close: () => void this.#watchers.delete(watcher) };
  }

  open(name: string, params: unknown, onMessage: (message: ProducerMessage) => void): PortHandle {
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

  #tell(name: string, params: unknown, message: ProducerMessage): this {
    const key = keyOf(name, params);
    this.#snapshots.set(key, message);
    for (const watcher of this.#watchers) if (watcher.key === key) watcher.send(message);
    return this;
  }
}

function keyOf(name: string, params: unknown): string {
  return `${name} ${JSON.stringify(params)}`;
}

/** A failure for tests; its other facts as given. */
export function failureOf(code: Failure['code'], message: string, rest: Partial<Failure> = {}): Failure {
  return { code, message, retry: 'safe', traceId: 'f00d-cafe', ...rest };
}
