import { setImmediate } from 'node:timers/promises';
import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { WatchItem } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { MethodReply, MethodRequest } from '../../../talos/method-types.ts';
import { boundedKey, boundedRow } from '../bounded.ts';
import type { TextReading } from '../../cluster-text/cluster-texts.ts';
import type { ResourceType } from '../../commands/resources/read-definition.ts';
import { resourceRow, type Resource } from '../../commands/resources/resource-rows.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Backlog } from '../buffers/backlog.ts';

/** What `Watch` of Talos is called with. */
export type WatchRequest = MethodRequest<'/cosi.resource.State/Watch'>;
type Event = MethodReply<'/cosi.resource.State/Watch'>['event'][number];

/** How long a node waits whose text took too long to read. */
const READING_RENEWED_MS = 60_000;
/** Resources are made into rows without a break. */
const EVENTS_AT_ONCE = 8;
/** More resources of one type than a node ever has; one that sends them without end is given up. */
const MAX_RESOURCES = 50_000;

/** What becomes of the events of one node. */
export interface ReaderOptions {
  readonly node: string;
  readonly type: ResourceType;
  readonly request: WatchRequest;
  readonly items: Backlog<WatchItem>;
  readonly now: () => number;
  /** Of the whole watch. */
  readonly signal: AbortSignal;
}

/** One way to read: over this connection, until `signal`. */
export interface ReadingWay {
  readonly connection: Caller;
  readonly signal: AbortSignal;
  /** Endpoints where it came to grief. */
  readonly avoid: readonly string[];
  readonly onEndpoint: (endpoint: string) => void;
  /** Each message, also an empty one. */
  readonly onMessage: () => void;
}

/** The watch of one node over any number of ways: what it has read so far, and from where it goes on. */
export class WatchReader {
  readonly #options: ReaderOptions;
  #bookmark: Buffer | undefined;
  readonly #keys = new Set<string>();
  #isComplete = false;
  #reading: TextReading | undefined;
  #readingSince = 0;
  #endpoint: string | undefined;
  #brokenAtMs: number | undefined;
  /** Events since it began anew. */
  events = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** Everything again: the node has no bookmark of ours any more. */
  forget(): void {
    this.#bookmark = undefined;
    this.#keys.clear();
    this.#isComplete = false;
    this.events = 0;
  }

  /** Reads over one way until it breaks, from where the one before was. Resolves only when the node ended the watch. */
  async read(way: ReadingWay): Promise<void> {
    const { node, items, now } = this.#options;
    const { connection, signal, avoid } = way;
    const goesOn = this.events > 0 ? this.#continuation() : undefined;
    if (goesOn === undefined) this.forget();
    const options = {
      ...{ node, signal, avoid, deadlineMs: Infinity, resumeWithinMs: 0 },
      onEndpoint: (name: string): void => {
        this.#endpoint = name;
        way.onEndpoint(name);
      },
      resume: (): WatchRequest | undefined => this.#continuation(),
    };
    let isFirst = true;
    const from = this.#endpoint;
    try {
      const request = goesOn ?? this.#options.request;
      for await (const item of connection.resumableStream('/cosi.resource.State/Watch', request, options)) {
        if (item.type === 'gap') {
          items.push({ ...item, node });
          continue;
        }
        way.onMessage();
        if (isFirst) this.#begun(goesOn === undefined ? undefined : from);
        isFirst = false;
        for (const [index, event] of item.value.event.entries()) {
          // A message may bring a hundred thousand of them, and the page may not read.
          if (index % EVENTS_AT_ONCE === 0) await this.#breathe(signal);
          await this.#take(event, way);
        }
        // Of a single resource the node sends no such mark: its first event is all there was.
        if (this.#options.request.id !== undefined && !this.#isComplete && this.events > 0) this.#complete();
      }
    } finally {
      if (!isFirst) this.#brokenAtMs = now();
    }
  }

  /** The watch stands: from the start, or from where it was. */
  #begun(from: string | undefined): void {
    const { node, items, now } = this.#options;
    const endpoint = this.#endpoint;
    if (from !== undefined && endpoint !== undefined && this.#brokenAtMs !== undefined) {
      items.push({ type: 'gap', node, from, to: endpoint, gapMs: Math.max(0, now() - this.#brokenAtMs) });
    } else {
      items.push({ type: 'reset', node, ...(endpoint !== undefined && { endpoint }) });
    }
  }

  async #breathe(signal: AbortSignal): Promise<void> {
    await setImmediate();
    await this.#options.items.room(signal);
    signal.throwIfAborted();
  }

  /**
   * From the last bookmark. What a node tells at first has none: one resource is simply asked for again, since its first
   * event is its state; many would begin anew, which a reader would not notice, so that fails instead.
   */
  #continuation(): WatchRequest | undefined {
    const { request } = this.#options;
    if (this.#bookmark === undefined) return request.id === undefined ? undefined : request;
    return { ...request, options: { bootstrap_contents: false, start_from_bookmark: this.#bookmark } };
  }

  async #take(event: Event, way: ReadingWay): Promise<void> {
    this.events += 1;
    if (event.bookmark !== undefined && event.bookmark.length > 0) this.#bookmark = event.bookmark;
    switch (event.event_type) {
      case 'CREATED':
      case 'UPDATED':
        if (event.resource !== null) await this.#put('set', event.resource, way);
        return;
      case 'DESTROYED':
        if (event.resource !== null) await this.#put('gone', event.resource, way);
        return;
      case 'BOOTSTRAPPED':
        this.#complete();
        return;
      case 'ERRORED':
        throw brokenOff(this.#options.node, event.error);
      case 'NOOP':
        return;
      default:
        return; // A kind of event that a later Talos has.
    }
  }

  /** Renewed now and then: a node that sent what takes too long to read is not given up for good. */
  #currentReading({ connection }: ReadingWay): TextReading {
    if (this.#reading === undefined || performance.now() - this.#readingSince > READING_RENEWED_MS) {
      this.#reading = connection.texts.reading(this.#options.signal);
      this.#readingSince = performance.now();
    }
    return this.#reading;
  }

  #complete(): void {
    this.#isComplete = true;
    this.#options.items.push({ type: 'complete', node: this.#options.node });
  }

  async #put(kind: 'set' | 'gone', resource: Resource, way: ReadingWay): Promise<void> {
    const { node, type, items } = this.#options;
    const { namespace = '', id = '' } = resource.metadata ?? {};
    const key = boundedKey(`${namespace}/${id}`);
    if (kind === 'gone') this.#keys.delete(key);
    else this.#keys.add(key);
    if (this.#keys.size > MAX_RESOURCES) throw tooMany(node);
    const cells =
      kind === 'set'
        ? await resourceRow(type, resource, this.#currentReading(way))
        : [namespace, type.displayType, id, null];
    const { row, bytes } = boundedRow(cells);
    const item = { type: kind, node, key, cells: row, isInitial: !this.#isComplete };
    items.push(item, bytes + key.length, `${node} ${key}`);
  }
}

function brokenOff(node: string, reason: string | undefined): Failed {
  return new Failed({
    code: 'precondition',
    message: `${node} broke the watch off: ${(reason ?? 'it gave no reason').slice(0, 500)}.`,
    where: { node },
    retry: 'safe',
  });
}

function tooMany(node: string): Failed {
  return new Failed({
    code: 'too-large',
    message: `${node} has more than ${formatNumber(MAX_RESOURCES)} of these resources; only the first are shown.`,
    hint: 'Read them as a run, which stops at the first 100,000.',
    where: { node },
  });
}
