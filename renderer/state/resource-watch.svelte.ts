import type { CellValue, Failure, RunColumn, WatchItem } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import { assertNever } from '../lib/assert-never.ts';
import { toFailure } from '../lib/operation-failed.ts';
import type { NextFrame } from './run.svelte.ts';

/** What the page wants to follow. */
export interface WatchRequest {
  readonly context: string;
  readonly nodes: readonly string[];
  readonly type: string;
  readonly namespace?: string;
}

/** A resource as it was last told. One that was removed stays, so that it is seen. */
export interface WatchedRow {
  readonly node: string;
  /** Unique within the node: namespace and id. */
  readonly key: string;
  readonly cells: readonly CellValue[];
  /** What happened since the watch began; missing while it is as it was then. */
  readonly change?: { readonly what: 'added' | 'changed' | 'removed'; readonly atMs: number };
  /** Places of the cells the last change changed. */
  readonly changed: readonly number[];
}

/** How the watch of one node stands. */
export interface WatchedNode {
  readonly node: string;
  readonly state: 'waiting' | 'reading' | 'live' | 'failed';
  readonly endpoint?: string;
  readonly failure?: Failure;
  /** Nothing proves that it still answers: its rows are as of `sinceMs`. */
  readonly silent?: WatchSilence;
}

/** Since when a node does not answer, epoch milliseconds, and why if that is known. */
export interface WatchSilence {
  readonly sinceMs: number;
  readonly failure?: Failure;
}

/** The watch of a node was interrupted and went on where it was. */
export interface WatchGap {
  readonly node: string;
  readonly from: string;
  readonly to: string;
  readonly gapMs: number;
  readonly atMs: number;
}

/** `ended`: the user stopped it, or every node's watch has failed. `broken`: the watch itself failed. */
export type WatchPhase = 'running' | 'ended' | 'broken';

/** More gaps than anybody reads. */
const MAX_GAPS = 20;
/** Removed rows beyond these are forgotten, the oldest first. */
const MAX_REMOVED = 500;

/** What a watch needs from outside. */
export interface ResourceWatchOptions {
  readonly client: Client;
  readonly request: WatchRequest;
  readonly now: () => number;
  readonly nextFrame: NextFrame;
}

/**
 * One watch: resources of one type on some nodes as they change. Events are collected in plain objects; only a revision is
 * reactive and it moves once per frame. While paused nothing moves, and what comes waits.
 */
export class ResourceWatch {
  readonly request: WatchRequest;
  readonly #client: Client;
  readonly #now: () => number;
  readonly #nextFrame: NextFrame;
  readonly #stop = new AbortController();
  #revision = $state(0);
  #isPaused = $state(false);
  #isFramePending = false;
  #phase: WatchPhase = 'running';
  #columns: readonly RunColumn[] = [];
  #talosctl = '';
  #namespace: string | undefined;
  #failure: Failure | undefined;
  #lastAtMs: number | undefined;
  #gaps: readonly WatchGap[] = [];
  #held: WatchItem[] = [];
  readonly #nodes = new Map<string, WatchedNode>();
  readonly #rows = new Map<string, WatchedRow>();
  /** Rows from before a node's watch began anew, until it is complete again. */
  readonly #old = new Map<string, Set<string>>();
  readonly #removed = new Set<string>();

  constructor({ client, request, now, nextFrame }: ResourceWatchOptions) {
    this.#client = client;
    this.request = request;
    this.#now = now;
    this.#nextFrame = nextFrame;
    for (const node of request.nodes) this.#nodes.set(node, { node, state: 'waiting' });
    void this.#collect();
  }

  readonly rows: readonly WatchedRow[] = $derived.by(() => {
    void this.#revision;
    return [...this.#rows.values()];
  });

  readonly nodes: readonly WatchedNode[] = $derived.by(() => {
    void this.#revision;
    return [...this.#nodes.values()];
  });

  get phase(): WatchPhase {
    void this.#revision;
    return this.#phase;
  }

  get columns(): readonly RunColumn[] {
    void this.#revision;
    return this.#columns;
  }

  /** The same as a talosctl command line; empty until main has said it. */
  get talosctl(): string {
    void this.#revision;
    return this.#talosctl;
  }

  get namespace(): string | undefined {
    void this.#revision;
    return this.#namespace;
  }

  /** Why the watch itself broke. */
  get failure(): Failure | undefined {
    void this.#revision;
    return this.#failure;
  }

  /** Newest first. */
  get gaps(): readonly WatchGap[] {
    void this.#revision;
    return this.#gaps;
  }

  /** When something last came. */
  get lastAtMs(): number | undefined {
    void this.#revision;
    return this.#lastAtMs;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Changes that wait for the end of the pause. */
  get held(): number {
    void this.#revision;
    return this.#held.length;
  }

  /** Everything that was there has come, from every node that answers. */
  get isComplete(): boolean {
    return this.nodes.every(({ state, silent }) => state === 'live' || state === 'failed' || silent !== undefined);
  }

  /** Nodes of which nothing proves that they still answer, with since when; those that failed are none of them. */
  readonly silent: ReadonlyMap<string, WatchSilence> = $derived(
    new Map(this.nodes.flatMap(({ node, silent }) => (silent === undefined ? [] : [[node, silent] as const]))),
  );

  row(node: string, key: string): WatchedRow | undefined {
    void this.#revision;
    return this.#rows.get(rowKey(node, key));
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    const held = this.#held;
    this.#held = [];
    for (const item of held) this.#apply(item);
    this.#revision += 1;
  }

  /** Ends it; what came stays. */
  stop(): void {
    this.#stop.abort();
    this.#end('ended');
  }

  /** Takes the removed rows away. */
  forgetRemoved(): void {
    for (const key of this.#removed) this.#rows.delete(key);
    this.#removed.clear();
    this.#revision += 1;
  }

  forgetGaps(): void {
    this.#gaps = [];
    this.#revision += 1;
  }

  async #collect(): Promise<void> {
    const { context, nodes, type, namespace } = this.request;
    const input = { context, nodes: [...nodes], type, ...(namespace === undefined ? {} : { namespace }) };
    try {
      for await (const batch of this.#client.open('watch', input, { signal: this.#stop.signal })) {
        for (const item of batch.items) {
          // Whether a node answers is true of what is on screen, also of what is held there.
          const isNews = item.type === 'silent' || item.type === 'alive';
          if (this.#isPaused && !isNews) this.#held.push(item);
          else this.#apply(item);
        }
        this.#changeSoon();
      }
      this.#end('ended');
    } catch (thrown) {
      this.#failure = toFailure(thrown);
      this.#end('broken');
    }
  }

  #end(phase: Exclude<WatchPhase, 'running'>): void {
    if (this.#phase !== 'running') return;
    this.#phase = phase;
    this.#revision += 1;
  }

  #changeSoon(): void {
    if (this.#isFramePending) return;
    this.#isFramePending = true;
    this.#nextFrame(() => {
      this.#isFramePending = false;
      this.#revision += 1;
    });
  }

  #apply(item: WatchItem): void {
    const nowMs = this.#now();
    // That nothing comes is no sign of life.
    if (item.type !== 'silent') this.#lastAtMs = nowMs;
    switch (item.type) {
      case 'columns':
        this.#columns = item.columns;
        this.#namespace = item.namespace;
        this.#talosctl = item.talosctl;
        return;
      case 'reset': {
        const { node, endpoint } = item;
        const { silent } = this.#nodes.get(node) ?? {};
        this.#nodes.set(node, { node, state: 'reading', ...(endpoint && { endpoint }), ...(silent && { silent }) });
        const ofNode = [...this.#rows].flatMap(([key, row]) => (row.node === node ? [key] : []));
        this.#old.set(node, new Set(ofNode));
        return;
      }
      case 'set':
      case 'gone':
        this.#put(item, nowMs);
        return;
      case 'complete':
        this.#update(item.node, { state: 'live' });
        for (const key of this.#old.get(item.node) ?? []) this.#drop(key);
        this.#old.delete(item.node);
        return;
      case 'gap': {
        const { node, from, to, gapMs } = item;
        this.#gaps = [{ node, from, to, gapMs, atMs: nowMs }, ...this.#gaps].slice(0, MAX_GAPS);
        this.#update(node, { endpoint: to });
        return;
      }
      case 'silent': {
        const { node, type: _type, ...silent } = item;
        this.#update(node, { silent });
        return;
      }
      case 'alive':
        this.#awake(item.node);
        return;
      case 'failed':
        this.#awake(item.node);
        this.#update(item.node, { state: 'failed', failure: item.failure });
        return;
      default:
        assertNever(item);
    }
  }

  #put(item: Extract<WatchItem, { type: 'set' | 'gone' }>, atMs: number): void {
    const key = rowKey(item.node, item.key);
    const before = this.#rows.get(key);
    this.#old.get(item.node)?.delete(key);
    const shared = { node: item.node, key: item.key };
    if (item.type === 'gone') {
      if (before === undefined) return;
      this.#removed.add(key);
      this.#rows.set(key, { ...before, change: { what: 'removed', atMs }, changed: [] });
      for (const oldest of this.#removed) {
        if (this.#removed.size <= MAX_REMOVED) break;
        this.#drop(oldest);
      }
      return;
    }
    const { cells } = item;
    this.#removed.delete(key);
    if (before === undefined || before.change?.what === 'removed') {
      const change = item.isInitial ? {} : { change: { what: 'added', atMs } as const };
      this.#rows.set(key, { ...shared, cells, changed: [], ...change });
      return;
    }
    const changed = cells.flatMap((cell, index) => (cell === before.cells[index] ? [] : [index]));
    // Told again as it was, since the watch began anew.
    if (changed.length === 0) return;
    this.#rows.set(key, { ...shared, cells, changed, change: { what: 'changed', atMs } });
  }

  #drop(key: string): void {
    this.#rows.delete(key);
    this.#removed.delete(key);
  }

  #awake(node: string): void {
    const { silent: _silent, ...known } = this.#nodes.get(node) ?? { node, state: 'waiting' };
    this.#nodes.set(node, known);
  }

  #update(node: string, change: Partial<WatchedNode>): void {
    this.#nodes.set(node, { ...(this.#nodes.get(node) ?? { node, state: 'waiting' }), ...change });
  }
}

function rowKey(node: string, key: string): string {
  return `${node} ${key}`;
}
