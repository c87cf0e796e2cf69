import { isDeepStrictEqual } from 'node:util';
import type { CallRecord } from '../../../main/simulator/endpoint/calls-log.ts';
import type { Simulator } from '../../../main/simulator/simulator.ts';
import type { OpenedPort, StartedMain } from '../../hostile/support/start-main.ts';
import { filesBelow, type KeptFile } from './kept-files.ts';
import { Placeholders } from './placeholders.ts';

/** What was written down of one scenario, ready to be compared. */
export interface Transcript {
  /** What crossed the bridge, in order. */
  readonly bridge: readonly unknown[];
  /** Distinct requests that reached an endpoint: which method of which node, with which metadata. */
  readonly wire: readonly unknown[];
  /** What each step that changed files left of them, in order: mode and text. */
  readonly bytes: readonly unknown[];
}

/** Main as a process of its own, and a page that writes down what it says and hears. */
export class Stage {
  readonly main: StartedMain;
  readonly #placeholders: Placeholders;
  readonly #simulators: readonly Simulator[];
  readonly #bridge: unknown[] = [];
  readonly #bytes: unknown[] = [];
  #files: Readonly<Record<string, KeptFile>>;
  #asked = 0;

  constructor(main: StartedMain, simulators: readonly Simulator[]) {
    this.main = main;
    this.#simulators = simulators;
    this.#placeholders = new Placeholders({ home: main.home });
    this.#files = filesBelow(main.home);
  }

  /** Calls, writes down what came back and which files changed; the answer itself is for the next step. */
  async call<T>(name: string, input: unknown = {}): Promise<T> {
    const outcome = await this.main.call(name, input);
    const asked = this.main.asked.slice(this.#asked);
    this.#asked = this.main.asked.length;
    this.#note({ call: name, input, ...(asked.length > 0 && { asked }), outcome });
    this.#noteFiles();
    if (!outcome.ok) throw new Error(`${name}: ${outcome.failure.message}`);
    return outcome.value as T;
  }

  /** Drops files; what main's own window for drops says is part of the bridge. */
  async drop(...paths: readonly string[]): Promise<string> {
    const token = await this.main.drop(...paths);
    this.#note({ drop: paths, token });
    return token;
  }

  /** The first value of a topic for which `is` holds. */
  async topic<T>(name: string, params: unknown, is: (value: T) => boolean): Promise<T> {
    const port = this.main.watch(name, params);
    const message = await port.until((each) => each.type === 'value' && is(each.value as T));
    port.close();
    const value = (message as { value: T }).value;
    this.#note({ topic: name, params, value });
    return value;
  }

  /** Reads a stream to its end. Its items are written down sorted: the nodes answer in no order. */
  async stream<T>(name: string, params: unknown): Promise<readonly T[]> {
    const port = this.main.open(name, params);
    const failure = await port.ended;
    this.noteStream(name, params, port.items, failure);
    return port.items as readonly T[];
  }

  /** Opens a stream that does not end by itself. What is to be kept of it is given to {@link noteStream}. */
  open(name: string, params: unknown): OpenedPort {
    return this.main.open(name, params);
  }

  noteStream(name: string, params: unknown, items: readonly unknown[], failure?: unknown): void {
    this.#note({
      stream: name,
      params,
      items: this.#placeholders.sorted(items),
      ...(failure !== undefined && { failure }),
    });
  }

  #note(what: unknown): void {
    this.#bridge.push(this.#placeholders.value(what));
  }

  #noteFiles(): void {
    const files = filesBelow(this.main.home);
    const changed = Object.entries(files).filter(([path, file]) => !isDeepStrictEqual(file, this.#files[path]));
    const removed = Object.keys(this.#files).filter((path) => !(path in files));
    this.#files = files;
    if (changed.length + removed.length === 0) return;
    const written = this.#placeholders.sorted(changed).map(([path, file]) => ({ path, ...file }));
    this.#bytes.push(this.#placeholders.value({ written, removed: this.#placeholders.sorted(removed) }));
  }

  /** Everything so far. */
  transcript(): Transcript {
    const placeholders = new Placeholders({});
    const requests = this.#simulators.flatMap(({ name, calls }) =>
      calls.map((call) => JSON.stringify(placeholders.value(requestOf(name, call)))),
    );
    return {
      bridge: this.#bridge,
      wire: [...new Set(requests)].sort().map((text): unknown => JSON.parse(text)),
      bytes: this.#bytes,
    };
  }
}

function requestOf(cluster: string, { method, metadata }: CallRecord): unknown {
  return { cluster, method, metadata };
}
