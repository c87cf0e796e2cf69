import type {
  CellValue,
  CommandSummary,
  Failure,
  RunColumn,
  RunEvent,
  RunNote,
  RunSummary,
} from '../../preload/contract/index.ts';
import { assertNever } from '../lib/assert-never.ts';
import { paced } from '../lib/paced.ts';
import { RunLines, type RunLine } from './run-lines.ts';

/** How far a node is in a run. */
export type NodeRunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** How one node fares in a run. */
export interface NodeRun {
  readonly node: string;
  readonly state: NodeRunState;
  readonly endpoint?: string;
  readonly durationMs?: number;
  /** Of a node that failed or was cancelled: those that came before, which are not all. */
  readonly rows: readonly (readonly CellValue[])[];
  readonly failure?: Failure;
  /** Of lines that are followed: nothing proves any more that it is there, since then, and why. */
  readonly silent?: { readonly sinceMs: number; readonly failure: Failure };
  /** How much of what is saved has come. */
  readonly progress?: { readonly bytes: number; readonly bytesPerSecond: number };
  /** What the rows leave out, one sentence each. */
  readonly notes?: readonly string[];
  /** When its answer, or the failure, came to this page; missing for what was fetched later. */
  readonly atMs?: number;
  /** The run in main that has its answer. A live run's nodes are answered by the newest one, each as soon as it is. */
  readonly runId?: string;
}

/** What a run was started with. */
export interface RunRequest {
  /** Its id. */
  readonly context: string;
  /** What it was called then, in case it is gone since. */
  readonly contextName?: string;
  readonly command: CommandSummary;
  readonly params: Readonly<Record<string, string | boolean>>;
  readonly nodes: readonly string[];
  readonly deadlineMs: number;
  /** The text the nodes were chosen with. */
  readonly selection?: string;
  /** Parameters to be entered again, since their values are not kept. */
  readonly missing?: readonly string[];
}

/** `broken`: the run itself failed, as opposed to some of its nodes. */
export type RunPhase = 'running' | 'finished' | 'cancelled' | 'broken';

/** How many nodes are in each state, and all together. */
export type RunCounts = Readonly<Record<NodeRunState, number>> & { readonly total: number };

/** Calls back before the next frame is drawn. */
export type NextFrame = (run: () => void) => void;

/**
 * One run. Events are collected in plain objects outside Svelte; only a revision is reactive, and it moves at most ten times a
 * second, however many events came, and once more at the end.
 */
export class Run {
  #revision = $state(0);
  #number: number;
  #request: RunRequest;
  readonly #nodes = new Map<string, NodeRun>();
  readonly #rows = new Map<string, (readonly CellValue[])[]>();
  #lines = new RunLines();
  readonly #changeSoon: () => void;
  readonly #cancel: () => void;
  readonly #now: (() => number) | undefined;
  #phase: RunPhase = 'running';
  #columns: readonly RunColumn[];
  #id: string | undefined;
  #talosctl = '';
  #notes: readonly RunNote[] = [];
  #startedAtMs: number;
  #durationMs: number | undefined;
  #failure: Failure | undefined;
  /** What main's history says of a run whose answers are not here. */
  #summary: RunSummary | undefined;

  constructor(options: {
    number: number;
    request: RunRequest;
    startedAtMs: number;
    nextFrame: NextFrame;
    cancel: () => void;
    /** For runs that happen now, as opposed to those fetched from the history. */
    now?: () => number;
  }) {
    this.#number = options.number;
    this.#request = options.request;
    this.#startedAtMs = options.startedAtMs;
    this.#changeSoon = paced(options.nextFrame, () => {
      // Its end was drawn at once.
      if (this.#phase === 'running') this.#revision += 1;
    });
    this.#cancel = options.cancel;
    this.#now = options.now;
    this.#columns = options.request.command.columns;
    for (const node of options.request.nodes) this.#nodes.set(node, { node, state: 'waiting', rows: [] });
  }

  /** A run of main's history, without its answers. */
  static ofHistory(summary: RunSummary, request: RunRequest): Run {
    const { number, startedAtMs } = summary;
    const run = new Run({ number, request, startedAtMs, nextFrame: () => undefined, cancel: () => undefined });
    run.#summary = summary;
    run.follow(summary);
    return run;
  }

  /** As the history counts; a guess until main has said it. */
  get number(): number {
    void this.#revision;
    return this.#number;
  }

  get request(): RunRequest {
    void this.#revision;
    return this.#request;
  }

  /** False for a run of the history whose answers were not fetched yet. */
  get hasAnswers(): boolean {
    void this.#revision;
    return this.#summary === undefined;
  }

  get title(): string {
    return this.request.command.title;
  }

  get phase(): RunPhase {
    void this.#revision;
    return this.#phase;
  }

  get columns(): readonly RunColumn[] {
    void this.#revision;
    return this.#columns;
  }

  /** What main calls it; undefined until main has said it. */
  get id(): string | undefined {
    void this.#revision;
    return this.#id;
  }

  /** What is worth saying about the whole run. */
  get notes(): readonly RunNote[] {
    void this.#revision;
    return this.#notes;
  }

  /** The same as a talosctl command line; empty until main has said it. */
  get talosctl(): string {
    void this.#revision;
    return this.#talosctl;
  }

  get startedAtMs(): number {
    void this.#revision;
    return this.#startedAtMs;
  }

  get durationMs(): number | undefined {
    void this.#revision;
    return this.#durationMs;
  }

  /** Why the run itself broke. */
  get failure(): Failure | undefined {
    void this.#revision;
    return this.#failure;
  }

  /** Every node in the order asked for. */
  readonly nodes: readonly NodeRun[] = $derived.by(() => {
    void this.#revision;
    return [...this.#nodes.values()];
  });

  /** Lines that came, oldest first, and how many older ones are no longer kept; of a command that tells lines. */
  readonly lines: { readonly all: readonly RunLine[]; readonly letGo: number } = $derived.by(() => {
    void this.#revision;
    return { all: this.#lines.all, letGo: this.#lines.letGo };
  });

  readonly counts: RunCounts = $derived.by(() => {
    const counts = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0, total: 0 };
    if (!this.hasAnswers && this.#summary !== undefined) {
      const { ok, failed, cancelled, nodeCount } = this.#summary;
      return { ...counts, done: ok, failed, cancelled, total: nodeCount };
    }
    for (const node of this.nodes) {
      counts[node.state] += 1;
      counts.total += 1;
    }
    return counts;
  });

  /** Nodes a retry would ask again. */
  readonly unanswered: readonly string[] = $derived(
    this.nodes.filter((node) => node.state === 'failed' || node.state === 'cancelled').map((node) => node.node),
  );

  cancel(): void {
    if (this.#phase !== 'running') return;
    this.#cancel();
    this.end('cancelled');
  }

  /** Called by {@link Runs} with each batch. */
  take(events: readonly RunEvent[]): void {
    if (this.#phase !== 'running') return;
    for (const event of events) this.#apply(event);
    this.#changeSoon();
  }

  /** Called once, when nothing more will come. What still waits was cancelled or lost. */
  end(phase: Exclude<RunPhase, 'running'>, failure?: Failure): void {
    if (this.#phase !== 'running') return;
    this.#phase = phase;
    this.#failure = failure;
    for (const [name, node] of this.#nodes) {
      if (node.state !== 'waiting' && node.state !== 'running') continue;
      this.#nodes.set(name, failure ? { ...node, state: 'failed', failure } : { ...node, state: 'cancelled' });
    }
    this.#revision += 1;
  }

  /** Shows what has come already of the same request asked again: nobody waits for the slowest. */
  overtake(newer: Run): void {
    if (this.#phase === 'running' || !isSame(this.#columns, newer.#columns)) return;
    for (const [name, node] of newer.#nodes) {
      if (node.state === 'done' || node.state === 'failed') this.#nodes.set(name, node);
    }
    this.#revision += 1;
  }

  /** Shows the answers of the same request asked again, in place of its own. */
  adopt(newer: Run): void {
    if (this.#phase === 'running' || newer.#phase === 'running') return;
    this.#summary = undefined;
    this.#request = newer.#request;
    this.#nodes.clear();
    for (const [name, node] of newer.#nodes) this.#nodes.set(name, node);
    this.#lines = newer.#lines;
    this.#phase = newer.#phase;
    this.#columns = newer.#columns;
    this.#id = newer.#id;
    this.#talosctl = newer.#talosctl;
    this.#notes = newer.#notes;
    this.#startedAtMs = newer.#startedAtMs;
    this.#durationMs = newer.#durationMs;
    this.#failure = newer.#failure;
    this.#revision += 1;
  }

  /** What main's history now says of it. Of a run whose answers are here, nothing is new. */
  follow(summary: RunSummary): void {
    if (this.#summary === undefined) return;
    this.#summary = summary;
    this.#id = summary.runId;
    this.#phase = summary.state;
    this.#talosctl = summary.talosctl;
    this.#durationMs = summary.durationMs;
    this.#failure = summary.failure;
    this.#revision += 1;
  }

  /** What was asked, as main remembers it. */
  recall(request: RunRequest): void {
    const { contextName } = this.#request;
    this.#request = contextName === undefined ? request : { contextName, ...request };
    this.#revision += 1;
  }

  /** Its answers are no longer to be had, and why. */
  lose(why: Failure): void {
    this.#failure = why;
    this.#revision += 1;
  }

  /** Rows of one node so far, in one array that grows: copying it for every part would take the square of its length. */
  #collected(node: string, rows: NodeRun['rows']): NodeRun['rows'] {
    const known = this.#rows.get(node);
    if (!known) {
      const first = [...rows];
      this.#rows.set(node, first);
      return first;
    }
    for (const row of rows) known.push(row);
    return known;
  }

  #origin(): Pick<NodeRun, 'atMs' | 'runId'> {
    return { ...(this.#now && { atMs: this.#now() }), ...(this.#id !== undefined && { runId: this.#id }) };
  }

  #apply(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        this.#id = event.runId;
        this.#number = event.number;
        this.#columns = event.columns;
        this.#talosctl = event.talosctl;
        this.#startedAtMs = event.startedAtMs;
        return;
      case 'calling':
        this.#rows.delete(event.node);
        this.#nodes.set(event.node, { node: event.node, state: 'running', endpoint: event.endpoint, rows: [] });
        return;
      case 'lines':
      case 'dropped':
      case 'gap':
        this.#lines.take(event);
        return;
      case 'progress': {
        const known = this.#nodes.get(event.node);
        const { bytes, bytesPerSecond } = event;
        if (known) this.#nodes.set(event.node, { ...known, progress: { bytes, bytesPerSecond } });
        return;
      }
      case 'silent': {
        const known = this.#nodes.get(event.node);
        if (known?.state === 'running') this.#nodes.set(event.node, { ...known, silent: event });
        return;
      }
      case 'alive': {
        const known = this.#nodes.get(event.node);
        if (!known?.silent) return;
        const { silent: _over, ...heard } = known;
        this.#nodes.set(event.node, heard);
        return;
      }
      case 'rows': {
        const known = this.#nodes.get(event.node);
        if (known) this.#nodes.set(event.node, { ...known, rows: this.#collected(event.node, event.rows) });
        return;
      }
      case 'answered':
        this.#nodes.set(event.node, {
          node: event.node,
          state: 'done',
          endpoint: event.endpoint,
          durationMs: event.durationMs,
          rows: this.#collected(event.node, event.rows),
          ...this.#origin(),
          ...(event.notes === undefined ? {} : { notes: event.notes }),
        });
        return;
      case 'failed': {
        const { progress } = this.#nodes.get(event.node) ?? {};
        this.#nodes.set(event.node, {
          ...(progress && { progress }),
          node: event.node,
          state: event.failure.code === 'cancelled' ? 'cancelled' : 'failed',
          ...(event.endpoint === undefined ? {} : { endpoint: event.endpoint }),
          durationMs: event.durationMs,
          // What came before it broke off is worth reading, as long as it is not taken for all.
          rows: this.#rows.get(event.node) ?? [],
          failure: event.failure,
          ...this.#origin(),
        });
        return;
      }
      case 'finished':
        this.#durationMs = event.durationMs;
        this.#notes = event.notes ?? [];
        this.end('finished');
        return;
      default:
        assertNever(event);
    }
  }
}

function isSame(columns: readonly RunColumn[], others: readonly RunColumn[]): boolean {
  return columns.length === others.length && columns.every(({ id }, place) => id === others[place]?.id);
}
