import type { RunEvent, RunNote } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { roughSize } from '../../lib/rough-size.ts';
import type { PreparedCommand, Row, RowsCommand } from '../commands/kit/definition.ts';
import { WantedSomewhere } from '../commands/kit/wanted.ts';
import { ByteBudget } from './buffers/byte-budget.ts';
import { Turnstile } from './buffers/turnstile.ts';
import type { Turn } from './fan-out/fan-out.ts';
import type { NodesWork } from './nodes-work.ts';
import type { RunOutput } from './run-output.ts';
import type { RunRequest } from './run-request.ts';
import { MAX_NODE_ROW_BYTES, RowSlices } from './run-rows.ts';

/** Rows of one node that a conclusion looks at. */
const MAX_CONCLUDED_ROWS = 10_000;

/** What it looks at of all nodes together. */
const MAX_CONCLUDED_BYTES = 32 * 1024 * 1024;

/** Lists of all nodes that are in memory at a time, until their rows are made. */
const MAX_COLLECTED_BYTES = 128 * 1024 * 1024;

/** Rows of all nodes; the page keeps them. */
const MAX_ROWS_BYTES = 256 * 1024 * 1024;

/** Prepares a command whose answers are rows. Throws Failed. `startedAt` is on the monotonic clock. */
export async function rowsOfNodes(
  request: RunRequest<RowsCommand>,
  output: RunOutput,
  startedAt: number,
): Promise<NodesWork> {
  const { command, connection, nodes, params, deadlineMs, signal } = request;
  try {
    const prepared = await command.prepare({ connection, nodes, params, deadlineMs, signal });
    return new RowsOfNodes(request, output, startedAt, prepared);
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(connection.explain(error, {}), error);
  }
}

class RowsOfNodes implements NodesWork {
  readonly #request: RunRequest<RowsCommand>;
  readonly #output: RunOutput;
  readonly #startedAt: number;
  readonly #prepared: PreparedCommand;
  /** Kept only for commands that have something to say about all of them. */
  readonly #answers = new Map<string, Row[]>();
  /** A large answer is in memory until its rows are made: one at a time, however many nodes give one. */
  readonly #largeAnswers = new Turnstile();
  readonly #collected = new ByteBudget(MAX_COLLECTED_BYTES);
  readonly #rows = new ByteBudget(MAX_ROWS_BYTES);
  readonly #wanted: WantedSomewhere;
  readonly #concluded = new ByteBudget(MAX_CONCLUDED_BYTES).share(Infinity);

  constructor(request: RunRequest<RowsCommand>, output: RunOutput, startedAt: number, prepared: PreparedCommand) {
    this.#request = request;
    this.#output = output;
    this.#startedAt = startedAt;
    this.#prepared = prepared;
    this.#wanted = new WantedSomewhere(request.command.wanted?.(request.params));
  }

  get columns(): NodesWork['columns'] {
    return this.#prepared.columns;
  }

  async node({ node, signal }: Turn): Promise<void> {
    const { clock, connection, deadlineMs, observer } = this.#request;
    // Nobody reads: what more answers would bring has no place to wait in.
    await this.#output.room(signal);
    if (signal.aborted) return this.#output.skip(node);
    const startedAt = clock.monotonic();
    const leftMs = (): number => deadlineMs - (clock.monotonic() - this.#startedAt);
    let endpoint: string | undefined;
    const large = this.#largeAnswers.ticket();
    const share = this.#collected.share(Infinity);
    const leave = (): void => large.leave();
    signal.addEventListener('abort', leave, { once: true });
    try {
      const answer = await this.#prepared.ask(node, {
        beforeLarge: () => large.enter(),
        share,
        get deadlineMs() {
          return leftMs();
        },
        signal,
        onEndpoint: (name) => {
          endpoint = name;
          this.#output.push({ type: 'calling', node, endpoint: name });
        },
      });
      const durationMs = clock.monotonic() - startedAt;
      observer?.answer?.(node, answer, this.#prepared);
      observer?.heard?.(node);
      await this.#pushRows(answer, { node, endpoint: endpoint ?? '', durationMs }, signal);
    } catch (error) {
      const why = connection.explain(error, { node, endpoint });
      observer?.error?.(node, error, why);
      const durationMs = clock.monotonic() - startedAt;
      this.#output.push({
        type: 'failed',
        node,
        ...(endpoint !== undefined && { endpoint }),
        durationMs,
        failure: why,
      });
    } finally {
      signal.removeEventListener('abort', leave);
      large.leave();
      share.release();
    }
  }

  end(): readonly RunNote[] {
    this.#pushAnswers(this.#wanted.end());
    return this.#request.command.conclude?.(this.#answers) ?? [];
  }

  async #pushRows(
    answer: unknown,
    call: { readonly node: string; readonly endpoint: string; readonly durationMs: number },
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, command } = this.#request;
    const { node } = call;
    const prepared = this.#prepared;
    const slices = new RowSlices(prepared.rows(answer, node), clock.monotonic, this.#rows.share(MAX_NODE_ROW_BYTES));
    const kept: Row[] = [];
    for (;;) {
      await this.#output.room(signal);
      signal.throwIfAborted();
      const { rows, isLast } = await slices.next();
      if (command.conclude && kept.length < MAX_CONCLUDED_ROWS && this.#concluded.take(roughSize(rows))) {
        kept.push(...rows);
      }
      if (!isLast) {
        if (rows.length > 0) this.#pushAnswers(this.#wanted.found());
        this.#output.push({ type: 'rows', node, rows });
        continue;
      }
      const notes = [...(prepared.notes?.(answer) ?? []), ...slices.notes()];
      if (command.conclude) this.#answers.set(node, kept);
      this.#pushAnswers(this.#wanted.take({ type: 'answered', ...call, rows, ...(notes.length > 0 && { notes }) }));
      return;
    }
  }

  #pushAnswers(events: readonly RunEvent[]): void {
    for (const event of events) this.#output.push(event);
  }
}
