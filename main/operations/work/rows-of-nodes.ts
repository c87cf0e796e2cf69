import type { RunEvent, RunNote } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { roughSize } from '../../lib/rough-size.ts';
import { isConnectionBroken } from '../clusters/call-end.ts';
import type {
  AskedCommand,
  AskOptions,
  ComingCommand,
  PreparedCommand,
  Row,
  RowsCommand,
} from '../commands/kit/definition.ts';
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

/** One node being asked. */
interface NodeCall {
  readonly node: string;
  /** Who answers, and how long it took so far. */
  readonly told: () => { readonly endpoint: string; readonly durationMs: number };
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
      const options: AskOptions = {
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
      };
      const call = { node, told: () => ({ endpoint: endpoint ?? '', durationMs: clock.monotonic() - startedAt }) };
      if (this.#prepared.come) await this.#tellComing(this.#prepared, call, options);
      else await this.#tellWhole(this.#prepared, call, options);
      observer?.heard?.(node);
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

  async #tellWhole(prepared: AskedCommand, call: NodeCall, options: AskOptions): Promise<void> {
    const answer = await prepared.ask(call.node, options);
    const told = call.told();
    this.#request.observer?.answer?.(call.node, answer, prepared);
    const rows = prepared.rows(answer, call.node);
    await this.#pushRows(rows, { ...call, told: () => told }, () => answer, options.signal);
  }

  /**
   * Rows while they come. When its connection breaks, a list cannot be continued elsewhere, but it is a read: it is read once
   * more from the beginning, and what was told before is void (event `calling`).
   */
  async #tellComing(prepared: ComingCommand, call: NodeCall, options: AskOptions): Promise<void> {
    for (let isSecond = false; ; isSecond = true) {
      const coming = prepared.come(call.node, options);
      try {
        return await this.#pushRows(
          { batches: coming.rows },
          call,
          () => {
            this.#request.observer?.answer?.(call.node, coming.answer, prepared);
            return coming.answer;
          },
          options.signal,
        );
      } catch (error) {
        if (isSecond || options.signal.aborted || !isConnectionBroken(error)) {
          // What came before stays, with what is behind it.
          this.#request.observer?.answer?.(call.node, coming.answer, prepared);
          throw error;
        }
      }
    }
  }

  /** `answerOf` is asked once all rows were made. */
  async #pushRows(
    source: ConstructorParameters<typeof RowSlices>[0],
    call: NodeCall,
    answerOf: () => unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, command } = this.#request;
    const { node } = call;
    const slices = new RowSlices(source, clock.monotonic, this.#rows.share(MAX_NODE_ROW_BYTES));
    const kept: Row[] = [];
    try {
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
        const notes = [...(this.#prepared.notes?.(answerOf()) ?? []), ...slices.notes()];
        if (command.conclude) this.#answers.set(node, kept);
        const answered = { type: 'answered', node, ...call.told(), rows } as const;
        this.#pushAnswers(this.#wanted.take({ ...answered, ...(notes.length > 0 && { notes }) }));
        return;
      }
    } finally {
      slices.end();
    }
  }

  #pushAnswers(events: readonly RunEvent[]): void {
    for (const event of events) this.#output.push(event);
  }
}
