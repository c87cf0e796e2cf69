import type { Failure, RunEvent } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, failure, isCancelled } from '../../lib/failed.ts';
import { ByteBudget } from './buffers/byte-budget.ts';
import type { CommandDefinition, CommandParams, PreparedCommand, Row } from '../commands/kit/definition.ts';
import type { Caller } from '../clusters/caller.ts';
import { roughSize } from '../../lib/rough-size.ts';
import { fanOut } from './fan-out/fan-out.ts';
import { Backlog } from './buffers/backlog.ts';
import { EveryItem } from './buffers/every-item.ts';
import { NodeCancels } from './fan-out/node-cancels.ts';
import { MAX_NODE_ROW_BYTES, RowSlices } from './run-rows.ts';
import { WantedSomewhere } from '../commands/kit/wanted.ts';
import { Turnstile } from './buffers/turnstile.ts';
import { syntaxWords, talosctlLine } from '../commands/kit/talosctl-line.ts';

/** A run whose input was checked and whose cluster is held. */
export interface RunRequest {
  readonly runId: string;
  readonly number: number;
  readonly connection: Caller;
  readonly command: CommandDefinition;
  /** Checked by `checkParams`. */
  readonly params: CommandParams;
  /** One call each; a node named twice is called once. */
  readonly nodes: readonly string[];
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Default: only the whole run can be cancelled. */
  readonly cancels?: NodeCancels;
  /** Sees what the page sees, and the messages behind it. */
  readonly observer?: RunObserver;
}

/** Follows a run as it happens. Must not throw. */
export interface RunObserver {
  event?(event: RunEvent): void;
  /** A node's whole message, before its rows are made. */
  answer?(node: string, answer: unknown, prepared: PreparedCommand): void;
  /** What a node's call threw. */
  error?(node: string, error: unknown, failure: Failure): void;
}

/** Rows of one node that a conclusion looks at. */
const MAX_CONCLUDED_ROWS = 10_000;

/** What it looks at of all nodes together. */
const MAX_CONCLUDED_BYTES = 32 * 1024 * 1024;

/** Lists of all nodes that are in memory at a time, until their rows are made. */
const MAX_COLLECTED_BYTES = 128 * 1024 * 1024;

/** Rows of all nodes; the page keeps them. */
const MAX_ROWS_BYTES = 256 * 1024 * 1024;

/** What waits for the page, roughly; above it, no further answer is turned into rows and no further node is asked. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** The least that a row counts: 20,000 may wait, however small. */
const LEAST_ROW_BYTES = MAX_WAITING_BYTES / 20_000;

/**
 * One command on many nodes: one call per node with the single `node` header (docs/talos-behaviour.md §5.7). Events come as
 * they happen; the first is `started`, the last `finished`. A node's failure never stops the others. When the signal
 * aborts, what runs is cancelled at the server and what waits is never sent. Throws Failed when the command cannot even be
 * prepared.
 */
export function run(request: RunRequest): AsyncIterable<RunEvent> {
  const events = new Backlog<RunEvent>(new EveryItem(), MAX_WAITING_BYTES);
  new RunningRun(request, events).runAll().then(
    () => events.end(),
    (error: unknown) => events.fail(error),
  );
  return events;
}

class RunningRun {
  readonly #request: RunRequest;
  readonly #events: Backlog<RunEvent>;
  readonly #cancels: NodeCancels;
  readonly #startedAt: number;
  readonly #counts = { ok: 0, failed: 0, cancelled: 0 };
  /** Kept only for commands that have something to say about all of them. */
  readonly #answers = new Map<string, Row[]>();

  /** A large answer is in memory until its rows are made: one at a time, however many nodes give one. */
  readonly #largeAnswers = new Turnstile();
  readonly #collected = new ByteBudget(MAX_COLLECTED_BYTES);
  readonly #rows = new ByteBudget(MAX_ROWS_BYTES);
  readonly #wanted: WantedSomewhere;
  readonly #concluded = new ByteBudget(MAX_CONCLUDED_BYTES).share(Infinity);

  constructor(request: RunRequest, events: Backlog<RunEvent>) {
    this.#request = request;
    this.#events = events;
    this.#cancels = request.cancels ?? new NodeCancels(request.signal);
    this.#startedAt = request.clock.monotonic();
    this.#wanted = new WantedSomewhere(request.command.wanted?.(request.params));
  }

  async runAll(): Promise<void> {
    const { command, params, clock, connection } = this.#request;
    const nodes = [...new Set(this.#request.nodes)];
    const prepared = await this.#prepare(nodes);
    this.#push({
      type: 'started',
      runId: this.#request.runId,
      number: this.#request.number,
      nodes,
      columns: prepared.columns,
      talosctl: talosctlLine(connection, nodes, syntaxWords(command, params)),
      startedAtMs: clock.now(),
    });
    await fanOut(
      nodes,
      this.#cancels,
      ({ node, signal: ofNode }) => this.#callNode(node, prepared, ofNode),
      (node) => this.#skip(node),
    );
    this.#pushAnswers(this.#wanted.end());
    const notes = command.conclude?.(this.#answers) ?? [];
    this.#push({
      type: 'finished',
      ...this.#counts,
      durationMs: clock.monotonic() - this.#startedAt,
      ...(notes.length > 0 && { notes }),
    });
  }

  async #prepare(nodes: readonly string[]): Promise<PreparedCommand> {
    const { command, connection, params, deadlineMs, signal } = this.#request;
    try {
      return await command.prepare({ connection, nodes, params, deadlineMs, signal });
    } catch (error) {
      throw error instanceof Failed ? error : new Failed(connection.explain(error, {}), error);
    }
  }

  async #callNode(node: string, prepared: PreparedCommand, signal: AbortSignal): Promise<void> {
    const { clock, connection, deadlineMs, observer } = this.#request;
    // Nobody reads: what more answers would bring has no place to wait in.
    await this.#events.room(signal);
    if (signal.aborted) return this.#skip(node);
    const startedAt = clock.monotonic();
    let endpoint: string | undefined;
    const large = this.#largeAnswers.ticket();
    const share = this.#collected.share(Infinity);
    const leave = (): void => large.leave();
    signal.addEventListener('abort', leave, { once: true });
    try {
      const answer = await prepared.ask(node, {
        beforeLarge: () => large.enter(),
        share,
        deadlineMs: deadlineMs - (startedAt - this.#startedAt),
        signal,
        onEndpoint: (name) => {
          endpoint = name;
          this.#push({ type: 'calling', node, endpoint: name });
        },
      });
      const durationMs = clock.monotonic() - startedAt;
      observer?.answer?.(node, answer, prepared);
      await this.#pushRows(answer, prepared, { node, endpoint: endpoint ?? '', durationMs }, signal);
    } catch (error) {
      const why = connection.explain(error, { node, endpoint });
      if (isCancelled(error) || why.code === 'cancelled') this.#counts.cancelled += 1;
      else this.#counts.failed += 1;
      observer?.error?.(node, error, why);
      const durationMs = clock.monotonic() - startedAt;
      this.#push({ type: 'failed', node, ...(endpoint !== undefined && { endpoint }), durationMs, failure: why });
    } finally {
      signal.removeEventListener('abort', leave);
      large.leave();
      share.release();
    }
  }

  async #pushRows(
    answer: unknown,
    prepared: PreparedCommand,
    call: { readonly node: string; readonly endpoint: string; readonly durationMs: number },
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, command } = this.#request;
    const { node } = call;
    const slices = new RowSlices(prepared.rows(answer, node), clock.monotonic, this.#rows.share(MAX_NODE_ROW_BYTES));
    const kept: Row[] = [];
    for (;;) {
      await this.#events.room(signal);
      signal.throwIfAborted();
      const { rows, isLast } = await slices.next();
      if (command.conclude && kept.length < MAX_CONCLUDED_ROWS && this.#concluded.take(roughSize(rows))) {
        kept.push(...rows);
      }
      if (!isLast) {
        if (rows.length > 0) this.#pushAnswers(this.#wanted.found());
        this.#push({ type: 'rows', node, rows });
        continue;
      }
      const notes = [...(prepared.notes?.(answer) ?? []), ...slices.notes()];
      if (command.conclude) this.#answers.set(node, kept);
      this.#pushAnswers(this.#wanted.take({ type: 'answered', ...call, rows, ...(notes.length > 0 && { notes }) }));
      return;
    }
  }

  #pushAnswers(events: readonly Extract<RunEvent, { type: 'answered' | 'failed' }>[]): void {
    for (const event of events) {
      if (event.type === 'answered') this.#counts.ok += 1;
      else this.#counts.failed += 1;
      this.#push(event);
    }
  }

  #skip(node: string): void {
    this.#counts.cancelled += 1;
    const parts = { code: 'cancelled', message: `Cancelled before ${node} was called.`, retry: 'safe' } as const;
    this.#push({ type: 'failed', node, durationMs: 0, failure: failure({ ...parts, where: { node } }) });
  }

  #push(event: RunEvent): void {
    this.#request.observer?.event?.(event);
    const least = 'rows' in event ? event.rows.length * LEAST_ROW_BYTES : 0;
    this.#events.push(event, Math.max(roughSize(event), least));
  }
}
