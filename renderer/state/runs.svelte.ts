import type { Client } from '../lib/bridge.ts';
import { toFailure } from '../lib/operation-failed.ts';
import { Run, type NextFrame, type RunRequest } from './run.svelte.ts';

/** Runs kept in the session's history; older ones are let go with their rows. */
const MAX_RUNS = 50;

export const DEFAULT_DEADLINE_MS = 30_000;

export interface RunsOptions {
  readonly client: Client;
  readonly now?: () => number;
  readonly nextFrame?: NextFrame;
}

/** Every run of this session, newest first. */
export class Runs {
  #list = $state.raw<readonly Run[]>([]);
  #shown = $state.raw<Run | undefined>(undefined);
  #lastNumber = 0;
  readonly #client: Client;
  readonly #now: () => number;
  readonly #nextFrame: NextFrame;

  constructor({ client, now = () => Date.now(), nextFrame = (run) => requestAnimationFrame(run) }: RunsOptions) {
    this.#client = client;
    this.#now = now;
    this.#nextFrame = nextFrame;
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

  /** Starts at once and shows the run. */
  start(request: RunRequest): Run {
    const stop = new AbortController();
    const run = this.#make(++this.#lastNumber, request, stop);
    this.#list = [run, ...this.#list].slice(0, MAX_RUNS);
    this.#shown = run;
    void this.#collect(run, stop.signal);
    return run;
  }

  /** The same again, with other values if given. */
  repeat(run: Run, params: RunRequest['params'] = run.request.params): Run {
    return this.start({ ...run.request, params });
  }

  /** The same command on the nodes that gave no answer. */
  retryFailed(run: Run): Run | undefined {
    const nodes = run.unanswered;
    return nodes.length === 0 ? undefined : this.start({ ...run.request, nodes });
  }

  /** Asks the same again and shows the new answers in the same run once they are all there. For live repeating. */
  async refresh(run: Run, signal: AbortSignal): Promise<void> {
    if (run.phase === 'running') return;
    const stop = new AbortController();
    const newer = this.#make(run.number, run.request, stop);
    await this.#collect(newer, AbortSignal.any([signal, stop.signal]));
    if (!signal.aborted) run.adopt(newer);
  }

  #make(number: number, request: RunRequest, stop: AbortController): Run {
    return new Run({
      number,
      request,
      startedAtMs: this.#now(),
      nextFrame: this.#nextFrame,
      cancel: () => stop.abort(),
    });
  }

  async #collect(run: Run, signal: AbortSignal): Promise<void> {
    const { context, command, params, nodes, deadlineMs, selection } = run.request;
    try {
      const input = {
        context,
        command: command.id,
        params: { ...params },
        nodes: [...nodes],
        deadlineMs,
        ...(selection === undefined ? {} : { selection }),
      };
      for await (const batch of this.#client.open('run', input, { signal })) run.take(batch.items);
      run.end(signal.aborted ? 'cancelled' : 'finished');
    } catch (thrown) {
      run.end('broken', toFailure(thrown));
    }
  }
}
