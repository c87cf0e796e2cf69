import type {
  RawAnswer,
  RowDetail,
  RunAgain,
  RunEvent,
  RunSummary,
  RunTextFormat,
  StreamParams,
} from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import type { Observable } from '../../lib/observable.ts';
import { boundedDetail } from './bounded.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import type { Foreground } from './foreground.ts';
import type { Saving } from './run-request.ts';
import type { CommandDefinition, CommandParams } from '../commands/kit/definition.ts';
import { checkParams, keepableParams } from '../commands/kit/params.ts';
import { leased, type ClusterChange, type Lease } from '../clusters/lease.ts';
import { exportedNodes, type ExportedRun } from './sinks/exported-run.ts';
import { runText } from './sinks/run-text.ts';
import { seenAfter } from '../clusters/nodes-seen.ts';
import { rawJson } from './sinks/raw-json.ts';
import { replayed } from './history/replay-run.ts';
import { isFollowed, run } from './run.ts';
import { NodeCancels } from './fan-out/node-cancels.ts';
import { leasedWays } from './ways.ts';
import { RunHistory } from './history/run-history.ts';
import { RunResults, type KeptAnswer, type RunResult } from './history/run-results.ts';
import { syntaxWords, talosctlLine, type TalosctlPlace } from '../commands/kit/talosctl-line.ts';

/** Bytes of a node that a run has saved. */
export interface SavedBytes {
  readonly command: string;
  readonly context: string;
  readonly node: string;
  readonly path: string;
}

/** What {@link Runs} work with. */
export interface RunsOptions {
  readonly commands: readonly CommandDefinition[];
  /** A hold on the cluster of a context. Throws Failed when there is none. */
  readonly lease: (context: string, onChange?: (change: ClusterChange) => void) => Lease;
  /** The same for one run: connections that it made end with it. Default: `lease`. */
  readonly visit?: (context: string, onChange?: (change: ClusterChange) => void) => Lease;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Most nodes that a run asks at a time. Default: 64. */
  readonly atOnce?: () => number;
  /** Does anybody see the page? */
  readonly isSeen: () => boolean;
  /** Told that the user waits for a run until it has ended. */
  readonly foreground: Foreground;
  /** Told of bytes that a command of a context has saved, whole. */
  readonly onSaved?: (saved: SavedBytes) => void;
  /** Notes of what is saved while it is not whole. */
  readonly unfinished?: Unfinished;
  /** What is to be said of a snapshot of etcd that lies behind a path. */
  readonly aboutSnapshot?: (path: string, signal: AbortSignal) => Promise<string>;
}

/** What the page asks for when it starts a run; nothing in it is checked yet. */
export type RunInput = Omit<StreamParams<'run'>, 'nodes'> & { readonly nodes: readonly string[] };

/** Every run: starts them, cancels single nodes, and keeps the last ones of each window to look at again. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #results = new RunResults();
  readonly #history = new RunHistory((runId) => this.#results.forget(runId));
  readonly #running = new Map<string, NodeCancels>();

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /** Of all windows. */
  get history(): Observable<readonly RunSummary[]> {
    return this.#history.state;
  }

  /** The runs of one window. */
  historyOf(windowId: number): Observable<readonly RunSummary[]> {
    return this.#history.of(windowId);
  }

  /**
   * Starts a run of a window; `choose` asks for the place where a command saves bytes. Throws Failed `invalid` for an unknown command or
   * wrong parameters, and what connecting throws.
   */
  start(input: RunInput, signal: AbortSignal, choose?: Saving['choose'], windowId = 0): AsyncIterable<RunEvent> {
    const { clock, newId, isSeen, foreground, unfinished, aboutSnapshot } = this.#options;
    const { atOnce, lease: hold, visit = hold } = this.#options;
    const command = this.#command(input.command);
    const params = checkParams(command, input.params);
    checkNames(input.nodes);
    const isVisit = input.isVisit === true;
    if (isVisit && command.shape !== 'rows') throw notOfVisits(command);
    const { lease, ways } = leasedWays((onChange) => (isVisit ? visit : hold)(input.context, onChange));
    const connection = lease.caller;
    const runId = newId();
    const isFollowing = isFollowed(command, params);
    const until = isFollowing ? AbortSignal.any([signal, lease.signal]) : signal;
    const cancels = new NodeCancels(until);
    const result = this.#results.open(runId);
    this.#running.set(runId, cancels);
    const number = this.#remember(runId, windowId, command, params, input, connection);
    const events = run({
      ...{ runId, number, connection, command, params, nodes: input.nodes, deadlineMs: input.deadlineMs },
      ...{ signal: until, clock, cancels, isSeen, ways, ...(atOnce && { atOnce: atOnce() }) },
      ...(choose && { saving: { choose, ...(unfinished && { unfinished }), ...(aboutSnapshot && { aboutSnapshot }) } }),
      observer: {
        event: (event) => {
          result.take(event);
          if (event.type === 'started') this.#history.update(runId, { startedAtMs: event.startedAtMs });
          if (event.type === 'finished') this.#finished(runId, event, until);
        },
        answer: (node, answer, prepared) => result.keepAnswer(node, { answer, prepared }),
        saved: (arrived) => {
          result.savedAt = arrived.path;
          const [node = ''] = input.nodes;
          this.#options.onSaved?.({ command: command.id, context: lease.id, node, path: arrived.path });
        },
        heard: (node) => lease.mark(node, seenAfter(undefined, clock.now())),
        error: (node, error, failure) => {
          const seen = seenAfter({ error, failure }, clock.now());
          if (seen !== undefined) lease.mark(node, seen);
        },
      },
    });
    const told = isFollowing ? leased(lease, signal, () => untilClosed(events, lease)) : events;
    // Of what is followed and what is saved the end may be hours away.
    const isWaitedFor = !isFollowing && command.shape !== 'bytes';
    return this.#untilOver(runId, told, lease, isWaitedFor ? foreground : undefined);
  }

  /** Forgets every run: they were of clusters that are no longer worked on, and others may have the same names. */
  forget(): void {
    this.#history.clear();
  }

  /** A window was closed: its runs have ended, and are forgotten. */
  leave(windowId: number): void {
    this.#history.leave(windowId);
  }

  /** Cancels one node of a run that is running. */
  cancelNode(runId: string, node: string): void {
    // Names that the run does not have would only be remembered.
    if (this.#history.find(runId)?.again.nodes.includes(node) !== true) return;
    this.#running.get(runId)?.cancelNode(node);
  }

  /** Where a run put what it saved. Throws Failed `not-found`. */
  savedAt(runId: string): string {
    const path = this.#results.find(runId)?.savedAt;
    if (path === undefined) throw gone('Where this run saved is no longer known.');
    return path;
  }

  /** What to start for running it again. Throws Failed `not-found`. */
  again(runId: string): RunAgain {
    return this.#entry(runId).again;
  }

  /** The events of a run that has ended once more. Throws Failed `not-found`, and what broke a run that is `broken`. */
  replay(runId: string): AsyncIterable<RunEvent> {
    const { summary, again } = this.#entry(runId);
    if (summary.failure !== undefined) throw new Failed(summary.failure);
    const result = this.#result(runId);
    if (result.isTooLarge) throw tooLarge();
    return replayed(summary, again.nodes, result);
  }

  /** The message of one node as JSON. Throws Failed `not-found`. */
  raw(runId: string, node: string): RawAnswer {
    return rawJson(this.#answer(runId, node).answer);
  }

  /** More about one row. Throws Failed `not-found`. */
  detail(runId: string, node: string, row: number): RowDetail {
    const { answer, prepared } = this.#answer(runId, node);
    const detail = prepared.detail?.(answer, row, node);
    if (detail === undefined) throw new Failed({ code: 'not-found', message: 'There is nothing more about this row.' });
    return boundedDetail(detail);
  }

  /** The result as text. Throws Failed `not-found`. */
  text(runId: string, format: RunTextFormat): Promise<string> {
    return runText(this.exported(runId), format);
  }

  /** The result with everything an export says. Throws Failed `not-found`. */
  exported(runId: string): ExportedRun {
    const { summary } = this.#entry(runId);
    const result = this.#result(runId);
    if (result.isTooLarge) throw tooLarge();
    const isLines = this.#command(summary.command).shape === 'lines';
    return { ...summary, columns: result.columns, isLines, nodes: exportedNodes(result) };
  }

  #command(id: string): CommandDefinition {
    const command = this.#options.commands.find((one) => one.id === id);
    if (command === undefined) throw new Failed({ code: 'invalid', message: `There is no command ${id}.` });
    return command;
  }

  #remember(
    runId: string,
    windowId: number,
    command: CommandDefinition,
    params: CommandParams,
    input: RunInput,
    place: TalosctlPlace,
  ): number {
    const { context, deadlineMs, selection } = input;
    const nodes = [...new Set(input.nodes)];
    const keepable = keepableParams(command, params);
    const shared = { context, command: command.id, ...(selection !== undefined && { selection }) };
    return this.#history.add(
      {
        ...shared,
        runId,
        contextName: place.context,
        title: command.title,
        nodeCount: nodes.length,
        talosctl: talosctlLine(place, nodes, syntaxWords(command, keepable.params)),
        startedAtMs: this.#options.clock.now(),
        state: 'running',
        ok: 0,
        failed: 0,
        cancelled: 0,
      },
      { ...shared, ...keepable, nodes, deadlineMs },
      windowId,
      input.replaces,
    );
  }

  #finished(runId: string, event: Extract<RunEvent, { type: 'finished' }>, signal: AbortSignal): void {
    const { ok, failed, cancelled, durationMs } = event;
    this.#history.update(runId, {
      state: signal.aborted ? 'cancelled' : 'finished',
      ok,
      failed,
      cancelled,
      durationMs,
    });
  }

  /** The events, and the end of the book-keeping however the reader leaves. */
  async *#untilOver(
    runId: string,
    events: AsyncIterable<RunEvent>,
    lease: Lease,
    foreground: Foreground | undefined,
  ): AsyncGenerator<RunEvent, void, undefined> {
    const over = foreground?.begin();
    try {
      yield* events;
    } catch (error) {
      this.#history.update(runId, isCancelled(error) ? { state: 'cancelled' } : broken(error));
      throw error;
    } finally {
      over?.();
      lease.release();
      this.#running.delete(runId);
      this.#results.over(runId);
      // A reader that left before the end cancelled the run.
      if (this.#history.find(runId)?.summary.state === 'running') this.#history.update(runId, { state: 'cancelled' });
      this.#history.settle(runId);
    }
  }

  #entry(runId: string): NonNullable<ReturnType<RunHistory['find']>> {
    const entry = this.#history.find(runId);
    if (entry === undefined) throw gone('This run is no longer kept.');
    return entry;
  }

  #result(runId: string): RunResult {
    const result = this.#results.find(runId);
    if (result === undefined) throw gone('The rows of this run are no longer kept.');
    return result;
  }

  #answer(runId: string, node: string): KeptAnswer {
    const answer = this.#result(runId).answerOf(node);
    if (answer === undefined) throw gone(`The message of ${node} is not kept: it gave none, or it was too large.`);
    return answer;
  }
}

/** The names of 5,000 nodes have some 100 kB. They stand in the first event, in the command line and in the history. */
const MAX_NAMES_LENGTH = 192 * 1024;

function checkNames(nodes: readonly string[]): void {
  if (nodes.reduce((sum, node) => sum + node.length, 0) <= MAX_NAMES_LENGTH) return;
  throw new Failed({
    code: 'too-large',
    message: 'The names of these nodes are too long together for one run.',
    hint: 'Run it on fewer nodes.',
  });
}

/**
 * What is followed has no end of its own: when its cluster is closed, one sentence says why, not a failure of each node. Lines
 * that came before are still told.
 */
async function* untilClosed(events: AsyncIterable<RunEvent>, lease: Lease): AsyncGenerator<RunEvent, void, undefined> {
  for await (const event of events) {
    const isOfTheEnd = event.type === 'failed' || event.type === 'finished';
    if (!lease.signal.aborted || !isOfTheEnd) yield event;
  }
}

const notOfVisits = ({ title }: CommandDefinition): Failed =>
  new Failed({ code: 'invalid', message: `“${title}” cannot be asked of several clusters: its answer is no table.` });

function broken(error: unknown): Partial<RunSummary> {
  return { state: 'broken', ...(error instanceof Failed && { failure: error.failure }) };
}

function tooLarge(): Failed {
  return gone('The result is too large to be kept.', 'Run it on fewer nodes.');
}

function gone(message: string, hint = 'Run the command again.'): Failed {
  return new Failed({ code: 'not-found', message, hint });
}
