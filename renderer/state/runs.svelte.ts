import type { RunSummary } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import { toFailure } from '../lib/operation-failed.ts';
import { Run, type NextFrame, type RunRequest } from './run.svelte.ts';

/** As many as main keeps. */
const MAX_RUNS = 50;

/** How long a run may take unless the user says otherwise, milliseconds. */
const DEFAULT_DEADLINE_MS = 30_000;

/** What runs need from outside. */
export interface RunsOptions {
  readonly client: Client;
  readonly now?: () => number;
  readonly nextFrame?: NextFrame;
}

/** How a run is started. */
interface StartOptions {
  readonly isShown?: boolean;
  readonly isVisit?: boolean;
  readonly onEnd?: () => void;
}

/**
 * Every run of this session, newest first. The history is main's, so that it outlives a reload of the page; answers of runs
 * that this page did not start are fetched when they are looked at.
 */
export class Runs {
  #list = $state.raw<readonly Run[]>([]);
  #shown = $state.raw<Run | undefined>(undefined);
  readonly #asked = new WeakSet<Run>();
  /** Runs that are shown where they were asked for. */
  readonly #elsewhere = new WeakSet<Run>();
  /** Runs that are asked again at the moment. */
  readonly #refreshing = new WeakMap<Run, Promise<void>>();
  readonly #client: Client;
  readonly #now: () => number;
  readonly #nextFrame: NextFrame;

  constructor({ client, now = () => Date.now(), nextFrame = (run) => requestAnimationFrame(run) }: RunsOptions) {
    this.#client = client;
    this.#now = now;
    this.#nextFrame = nextFrame;
    // As long as the page: there is one of these.
    client.watch('runs.history', {}, (message) => {
      if (message.type === 'value') this.#follow(message.value);
    });
  }

  get list(): readonly Run[] {
    return this.#list;
  }

  /** The run the drawer and the Runs screen show. */
  get shown(): Run | undefined {
    return this.#shown;
  }

  readonly running: number = $derived(this.#list.filter((run) => run.phase === 'running').length);

  show(run: Run): void {
    this.#shown = run;
  }

  /**
   * Starts at once, on the context that is named, and shows the run, unless it is shown where it was asked for. Who repeats one asks
   * first: `askAgain`. `isVisit`: its cluster is asked once, and not worked on. `onEnd` is called when nothing more will come.
   */
  start(request: RunRequest, { isShown = true, isVisit = false, onEnd }: StartOptions = {}): Run {
    const stop = new AbortController();
    const run = this.#make(this.#nextNumber(), request, stop, this.#now);
    this.#list = [run, ...this.#list].slice(0, MAX_RUNS);
    if (isShown) this.#shown = run;
    else this.#elsewhere.add(run);
    void this.#collect(run, stop.signal, { isVisit }).then(onEnd);
    return run;
  }

  /**
   * Asks the same again and shows each new answer in the same run as soon as it is there. For live repeating, so no node is
   * waited for longer than `deadlineMs`. While a run is asked again already, that is waited for: main keeps one successor.
   */
  refresh(run: Run, deadlineMs: number): Promise<void> {
    const known = this.#refreshing.get(run);
    if (known) return known;
    const refreshing = this.#refresh(run, deadlineMs).finally(() => this.#refreshing.delete(run));
    this.#refreshing.set(run, refreshing);
    return refreshing;
  }

  /** Fetches what is kept of a run of the history, once. Never rejects. */
  async load(run: Run): Promise<void> {
    const runId = run.id;
    if (run.hasAnswers || runId === undefined || run.phase === 'running' || this.#asked.has(run)) return;
    this.#asked.add(run);
    try {
      const again = await this.#client.request('runs.again', { runId });
      const commands = await this.#client.request('commands.list', {});
      const command = commands.find(({ id }) => id === again.command) ?? run.request.command;
      run.recall({ ...again, command });
      if (run.phase === 'broken') return;
      const loaded = this.#make(run.number, run.request, new AbortController());
      for await (const batch of this.#client.open('replay', { runId })) loaded.take(batch.items);
      loaded.end(run.phase);
      run.adopt(loaded);
    } catch (thrown) {
      run.lose(toFailure(thrown));
    }
  }

  /** Joins main's history with the runs of this page: by id, and by number while main has not said the id. */
  #follow(summaries: readonly RunSummary[]): void {
    const known = [...this.#list];
    const take = (summary: RunSummary): Run => {
      const byId = known.findIndex((run) => run.id === summary.runId);
      const at = byId < 0 ? known.findIndex((run) => run.number === summary.number && run.hasAnswers) : byId;
      const [run = Run.ofHistory(summary, requestOf(summary))] = at < 0 ? [] : known.splice(at, 1);
      if (at >= 0) run.follow(summary);
      return run;
    };
    const joined = summaries.map(take);
    const newest = summaries[0]?.number ?? 0;
    // Started a moment ago: the history does not have it yet.
    this.#list = [...known.filter((run) => run.number > newest), ...joined];
    this.#shown ??= this.#list.find((run) => !this.#elsewhere.has(run));
  }

  #nextNumber(): number {
    return Math.max(0, ...this.#list.map((run) => run.number)) + 1;
  }

  #make(number: number, request: RunRequest, stop: AbortController, now?: () => number): Run {
    return new Run({
      number,
      request,
      ...(now && { now }),
      startedAtMs: this.#now(),
      nextFrame: this.#nextFrame,
      cancel: () => stop.abort(),
    });
  }

  async #refresh(run: Run, deadlineMs: number): Promise<void> {
    if (run.phase === 'running') return;
    const stop = new AbortController();
    const newer = this.#make(run.number, run.request, stop, this.#now);
    const limits = { deadlineMs: Math.min(deadlineMs, run.request.deadlineMs), replaces: run.id };
    await this.#collect(newer, stop.signal, limits, () => run.overtake(newer));
    run.adopt(newer);
  }

  async #collect(
    run: Run,
    signal: AbortSignal,
    {
      replaces,
      isVisit = false,
      ...limits
    }: { readonly deadlineMs?: number; readonly replaces?: string | undefined; readonly isVisit?: boolean } = {},
    onBatch: () => void = () => undefined,
  ): Promise<void> {
    const { context, command, params, nodes, selection } = run.request;
    const { deadlineMs = run.request.deadlineMs } = limits;
    try {
      const input = {
        context,
        command: command.id,
        params: { ...params },
        nodes: [...nodes],
        deadlineMs,
        ...(selection === undefined ? {} : { selection }),
        ...(replaces === undefined ? {} : { replaces }),
        ...(isVisit && { isVisit }),
      };
      for await (const batch of this.#client.open('run', input, { signal })) {
        run.take(batch.items);
        onBatch();
      }
      run.end(signal.aborted ? 'cancelled' : 'finished');
    } catch (thrown) {
      run.end('broken', toFailure(thrown));
    }
  }
}

/** What the history alone says of what was asked; the rest comes with its answers. */
function requestOf({ context, contextName, command, title, selection }: RunSummary): RunRequest {
  return {
    context,
    contextName,
    command: { id: command, title, columns: [], params: [] },
    params: {},
    nodes: [],
    deadlineMs: DEFAULT_DEADLINE_MS,
    ...(selection === undefined ? {} : { selection }),
  };
}
