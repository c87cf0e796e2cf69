import { setImmediate } from 'node:timers/promises';
import type { WatchItem } from '../../preload/contract/index.ts';
import { Failed, failure, isCancelled } from '../lib/failed.ts';
import type { MethodReply, MethodRequest } from '../talos/method-types.ts';
import { boundedKey, boundedRow } from './bounded.ts';
import { findType } from './commands/get/find-type.ts';
import { resourceRow, type Resource } from './commands/get/resource-rows.ts';
import type { ResourceType } from './commands/get/read-definition.ts';
import { columnsOf } from './commands/get/resource-type.ts';
import type { TextReading } from './cluster-text/cluster-texts.ts';
import type { Connection } from './connections.ts';
import { NewestByKey } from './newest-by-key.ts';
import { talosctlLine } from './talosctl-line.ts';

type Request = MethodRequest<'/cosi.resource.State/Watch'>;
type Reply = MethodReply<'/cosi.resource.State/Watch'>;
type Event = Reply['event'][number];

export interface WatchInput {
  readonly connection: Connection;
  readonly nodes: readonly string[];
  readonly type: string;
  readonly namespace?: string | undefined;
  readonly id?: string | undefined;
  readonly signal: AbortSignal;
}

/** The type is looked up like a run's. */
const FIND_DEADLINE_MS = 10_000;
/** A watch that is refused again and again without bringing anything in between is given up. */
const MAX_RESTARTS = 3;
/** How long a node waits whose text took too long to read. */
const READING_RENEWED_MS = 60_000;
/** What waits for a page that is slow, roughly; above it, no more is read from the nodes. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** Resources are made into rows without a break. */
const EVENTS_AT_ONCE = 8;
/** More resources of one type than a node ever has; one that sends them without end is given up. */
const MAX_RESOURCES = 50_000;

/**
 * Resources of one type as they change, on each node (docs/talos-behaviour.md §5.8). A broken connection is continued from
 * the last bookmark, with a `gap` item; where the node no longer has the bookmark, everything comes anew after a `reset`. A
 * slow reader gets the newest state of each resource. Ends when the signal aborts or every node's watch has failed.
 */
export async function* watchResources(input: WatchInput): AsyncGenerator<WatchItem, void, undefined> {
  const { connection, nodes, signal } = input;
  const type = await findType(connection, input.type, { nodes, deadlineMs: FIND_DEADLINE_MS, signal });
  const namespace = input.namespace ?? type.defaultNamespace;
  const words = ['get', type.type, ...(input.id === undefined ? [] : [input.id]), '--namespace', namespace, '--watch'];
  yield {
    type: 'columns',
    columns: columnsOf(type),
    resourceType: type.type,
    namespace,
    talosctl: talosctlLine(connection, nodes, words),
  };

  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const items = new NewestByKey<WatchItem>(MAX_WAITING_BYTES);
  const request: Request = {
    namespace,
    type: type.type,
    ...(input.id !== undefined && { id: input.id }),
    options: { bootstrap_contents: input.id === undefined },
    api_version: 1,
  };
  const all = [...new Set(nodes)].map((node) => watchNode({ connection, node, type, request, signal: both }, items));
  void Promise.all(all).then(() => items.end());
  const end = (): void => items.end();
  signal.addEventListener('abort', end, { once: true });
  try {
    yield* items;
  } finally {
    signal.removeEventListener('abort', end);
    stop.abort();
    items.end();
  }
}

interface NodeWatch {
  readonly connection: Connection;
  readonly node: string;
  readonly type: ResourceType;
  readonly request: Request;
  readonly signal: AbortSignal;
}

/** Follows one node until it fails for good. Never rejects. */
async function watchNode(watch: NodeWatch, items: NewestByKey<WatchItem>): Promise<void> {
  const { connection, node, signal } = watch;
  for (let restarts = 0; ; restarts += 1) {
    const reader = new WatchReader(watch, items);
    try {
      await reader.read();
      items.push({ type: 'failed', node, failure: endedByNode(node) });
      return;
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      const why = connection.explain(error, { node });
      // A bookmark the node no longer has, or changes faster than its buffer: begin again with everything.
      if (why.code === 'precondition' && restarts < MAX_RESTARTS) {
        if (reader.events > 0) restarts = 0;
        continue;
      }
      items.push({ type: 'failed', node, failure: why });
      return;
    }
  }
}

/** One watch call with its continuations. */
class WatchReader {
  readonly #watch: NodeWatch;
  readonly #items: NewestByKey<WatchItem>;
  #bookmark: Buffer | undefined;
  readonly #keys = new Set<string>();
  #isComplete = false;
  #reading: TextReading | undefined;
  #readingSince = 0;
  events = 0;

  constructor(watch: NodeWatch, items: NewestByKey<WatchItem>) {
    this.#watch = watch;
    this.#items = items;
  }

  async read(): Promise<void> {
    const { connection, node, request, signal } = this.#watch;
    let endpoint: string | undefined;
    const options = {
      node,
      signal,
      deadlineMs: Infinity,
      onEndpoint: (name: string): void => {
        endpoint = name;
      },
      resume: (): Request | undefined => this.#continuation(),
    };
    let isFirst = true;
    for await (const item of connection.resumableStream('/cosi.resource.State/Watch', request, options)) {
      if (item.type === 'gap') {
        this.#items.push({ ...item, node });
        continue;
      }
      if (isFirst) this.#items.push({ type: 'reset', node, ...(endpoint !== undefined && { endpoint }) });
      isFirst = false;
      for (const [index, event] of item.value.event.entries()) {
        // A message may bring a hundred thousand of them, and the page may not read.
        if (index % EVENTS_AT_ONCE === 0) await this.#breathe();
        await this.#take(event);
      }
      // Of a single resource the node sends no such mark: its first event is all there was.
      if (request.id !== undefined && !this.#isComplete && this.events > 0) this.#complete();
    }
  }

  async #breathe(): Promise<void> {
    await setImmediate();
    await this.#items.room(this.#watch.signal);
    this.#watch.signal.throwIfAborted();
  }

  /**
   * From the last bookmark. What a node tells at first has none: one resource is simply asked for again, since its first
   * event is its state; many would begin anew, which a reader would not notice, so that fails instead.
   */
  #continuation(): Request | undefined {
    const { request } = this.#watch;
    if (this.#bookmark === undefined) return request.id === undefined ? undefined : request;
    return { ...request, options: { bootstrap_contents: false, start_from_bookmark: this.#bookmark } };
  }

  async #take(event: Event): Promise<void> {
    this.events += 1;
    if (event.bookmark !== undefined && event.bookmark.length > 0) this.#bookmark = event.bookmark;
    switch (event.event_type) {
      case 'CREATED':
      case 'UPDATED':
        if (event.resource !== null) await this.#put('set', event.resource);
        return;
      case 'DESTROYED':
        if (event.resource !== null) await this.#put('gone', event.resource);
        return;
      case 'BOOTSTRAPPED':
        this.#complete();
        return;
      case 'ERRORED':
        throw brokenOff(this.#watch.node, event.error);
      case 'NOOP':
        return;
      default:
        return; // A kind of event that a later Talos has.
    }
  }

  /** Renewed now and then: a node that sent what takes too long to read is not given up for good. */
  #currentReading(): TextReading {
    const { connection, signal } = this.#watch;
    if (this.#reading === undefined || performance.now() - this.#readingSince > READING_RENEWED_MS) {
      this.#reading = connection.texts.reading(signal);
      this.#readingSince = performance.now();
    }
    return this.#reading;
  }

  #complete(): void {
    this.#isComplete = true;
    this.#items.push({ type: 'complete', node: this.#watch.node });
  }

  async #put(kind: 'set' | 'gone', resource: Resource): Promise<void> {
    const { node, type } = this.#watch;
    const { namespace = '', id = '' } = resource.metadata ?? {};
    const key = boundedKey(`${namespace}/${id}`);
    if (kind === 'gone') this.#keys.delete(key);
    else this.#keys.add(key);
    if (this.#keys.size > MAX_RESOURCES) throw tooMany(node);
    const cells =
      kind === 'set'
        ? await resourceRow(type, resource, this.#currentReading())
        : [namespace, type.displayType, id, null];
    const { row, bytes } = boundedRow(cells);
    const item = { type: kind, node, key, cells: row, isInitial: !this.#isComplete };
    this.#items.push(item, `${node} ${key}`, bytes + key.length);
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
    message: `${node} has more than ${MAX_RESOURCES.toLocaleString('en')} of these resources; only the first are shown.`,
    hint: 'Read them as a run, which stops at the first 100,000.',
    where: { node },
  });
}

function endedByNode(node: string): Failed['failure'] {
  return failure({
    code: 'unreachable',
    message: `${node} ended the watch.`,
    hint: 'Watch it again.',
    where: { node },
    retry: 'safe',
  });
}
