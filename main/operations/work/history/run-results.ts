import type { CellValue, Failure, RunColumn, RunEvent, RunNote } from '../../../../preload/contract/index.ts';
import { assertNever } from '../../../lib/assert-never.ts';
import { gapLine, KeptLines } from './kept-lines.ts';
import type { PreparedCommand, Row } from '../../commands/kit/definition.ts';
import { roughSize } from '../../../lib/rough-size.ts';

/** What one node said. */
export type NodeResult =
  | {
      readonly state: 'answered';
      readonly endpoint: string;
      readonly durationMs: number;
      readonly rows: readonly Row[];
      readonly notes?: readonly string[];
    }
  | {
      readonly state: 'failed';
      readonly endpoint?: string;
      readonly durationMs: number;
      readonly failure: Failure;
      /** What came before it failed; missing when that is nothing. */
      readonly rows?: readonly Row[];
    };

/** A node's message, and what can make more of it. */
export interface KeptAnswer {
  readonly answer: unknown;
  readonly prepared: PreparedCommand;
}

const MIB = 1024 * 1024;

/** What is kept, roughly; beyond it something is not kept, and whoever asks for it is told. */
export interface KeptLimits {
  /** Results of all runs together; the newest is kept whatever it weighs. */
  readonly allBytes: number;
  /** Rows of one run. */
  readonly rowsBytes: number;
  /** Lines of one run; of more, the last. */
  readonly linesBytes: number;
  /** Messages of one run. */
  readonly answersBytes: number;
  /** One message. */
  readonly answerBytes: number;
}

const KEPT_LIMITS: KeptLimits = {
  allBytes: 128 * MIB,
  rowsBytes: 96 * MIB,
  linesBytes: 16 * MIB,
  answersBytes: 64 * MIB,
  answerBytes: 16 * MIB,
};

/** Rows and messages of one run, for export, details and the raw view. */
export class RunResult {
  readonly nodes = new Map<string, NodeResult>();
  columns: readonly RunColumn[] = [];
  /** About the run as a whole. */
  notes: readonly RunNote[] = [];
  readonly #limits: KeptLimits;
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #coming = new Map<string, (readonly CellValue[])[]>();
  readonly lines: KeptLines;
  #rowsBytes = 0;
  #answersBytes = 0;

  /** Asks for room beside the other runs before something is kept. */
  readonly #hasRoom: (sizeBytes: number) => boolean;
  #hadNoRoom = false;
  /** Where a run put what it saved; never told to the page. */
  savedAt: string | undefined;
  /** It has ended, and makes room for others. */
  isOver = false;

  constructor(limits: KeptLimits, hasRoom: (sizeBytes: number) => boolean = () => true) {
    this.#limits = limits;
    this.#hasRoom = hasRoom;
    this.lines = new KeptLines(limits.linesBytes);
  }

  get sizeBytes(): number {
    return this.#rowsBytes + this.#answersBytes + this.lines.sizeBytes;
  }

  /** There were more rows than are kept; then none are. */
  get isTooLarge(): boolean {
    return this.#hadNoRoom || this.#rowsBytes > this.#limits.rowsBytes;
  }

  /** The message of a node, while it is kept. */
  answerOf(node: string): KeptAnswer | undefined {
    return this.#answers.get(node);
  }

  keepAnswer(node: string, kept: KeptAnswer): void {
    const { answerBytes, answersBytes } = this.#limits;
    const sizeBytes = roughSize(kept.answer, answerBytes);
    if (sizeBytes > answerBytes || this.#answersBytes + sizeBytes > answersBytes) return;
    if (!this.#hasRoom(sizeBytes)) return;
    this.#answers.set(node, kept);
    this.#answersBytes += sizeBytes;
  }

  /** Follows the events of the run. */
  take(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        this.columns = event.columns;
        return;
      case 'calling':
        this.#beginAnew(event.node);
        return;
      case 'dropped':
      case 'progress':
      case 'silent':
      case 'alive':
        return;
      case 'lines':
        this.lines.add(event.node, event.lines, this.#hasRoom);
        return;
      case 'gap':
        this.lines.add(event.node, [gapLine(event)], this.#hasRoom);
        return;
      case 'finished':
        this.notes = event.notes ?? [];
        return;
      case 'rows':
        this.#append(event.node, event.rows);
        return;
      case 'answered': {
        const { node, endpoint, durationMs, notes } = event;
        const rows = this.#append(node, event.rows);
        this.#coming.delete(node);
        if (this.isTooLarge) return;
        this.nodes.set(node, { state: 'answered', endpoint, durationMs, rows, ...(notes && { notes }) });
        return;
      }
      case 'failed': {
        const { node, endpoint, durationMs, failure } = event;
        const rows = this.#coming.get(node);
        this.#coming.delete(node);
        if (this.isTooLarge) return;
        const known = { ...(endpoint !== undefined && { endpoint }), ...(rows && { rows }) };
        this.nodes.set(node, { state: 'failed', durationMs, failure, ...known });
        return;
      }
      default:
        assertNever(event);
    }
  }

  /** What the node has told is void: it is asked from the beginning. */
  #beginAnew(node: string): void {
    const old = this.#coming.get(node);
    if (old === undefined) return;
    this.#rowsBytes -= roughSize(old);
    this.#coming.delete(node);
  }

  #append(node: string, rows: readonly Row[]): readonly Row[] {
    if (!this.isTooLarge) {
      const sizeBytes = roughSize(rows);
      this.#hadNoRoom = !this.#hasRoom(sizeBytes);
      this.#rowsBytes += sizeBytes;
    }
    if (this.isTooLarge) {
      if (this.#hadNoRoom) this.#rowsBytes = 0;
      this.nodes.clear();
      this.#coming.clear();
      return [];
    }
    const all = this.#coming.get(node) ?? [];
    this.#coming.set(node, all);
    for (const row of rows) all.push(row);
    return all;
  }
}

/** The results of the last runs, as many as fit into the limit; the newest is always kept. */
export class RunResults {
  readonly #runs = new Map<string, RunResult>();
  readonly #limits: KeptLimits;

  constructor(limits = KEPT_LIMITS) {
    this.#limits = limits;
  }

  /** A new run's result, empty. */
  open(runId: string): RunResult {
    const result: RunResult = new RunResult(this.#limits, (sizeBytes) => this.#makeRoom(result, sizeBytes));
    this.#runs.set(runId, result);
    return result;
  }

  find(runId: string): RunResult | undefined {
    return this.#runs.get(runId);
  }

  /** A run has ended: lets go of the oldest runs until the rest fits. */
  over(runId: string): void {
    const result = this.#runs.get(runId);
    if (result !== undefined) result.isOver = true;
    this.trim();
  }

  /**
   * Many runs at once have twice the room of those that ended: what has ended goes first; a run for which nothing is left
   * beside the others is not kept. One that runs alone has its own limits.
   */
  #makeRoom(asking: RunResult, sizeBytes: number): boolean {
    const most = this.#limits.allBytes * 2;
    let total = sizeBytes;
    for (const one of this.#runs.values()) total += one.sizeBytes;
    for (const [runId, one] of this.#runs) {
      if (total <= most) return true;
      if (!one.isOver || one === asking) continue;
      this.#runs.delete(runId);
      total -= one.sizeBytes;
    }
    const others = [...this.#runs.values()].some((one) => one !== asking && one.sizeBytes > 0);
    return total <= most || !others;
  }

  /** Lets go of the oldest runs until the rest fits. */
  trim(): void {
    const newest = [...this.#runs.keys()].at(-1);
    let total = 0;
    for (const { sizeBytes } of this.#runs.values()) total += sizeBytes;
    for (const [runId, { sizeBytes }] of this.#runs) {
      if (total <= this.#limits.allBytes || runId === newest) return;
      this.#runs.delete(runId);
      total -= sizeBytes;
    }
  }

  forget(runId: string): void {
    this.#runs.delete(runId);
  }
}
