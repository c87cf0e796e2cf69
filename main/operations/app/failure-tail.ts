import { shownLine } from './log-tail.ts';

/** What is written of a failure that was written in full before (`ipc/told-failures.ts`): its own trace id, and that of the full line. */
const AGAIN = /^(\S+) info the same again traceId=(\S+) as=(\S+)$/;

const traceOf = (line: string): string | undefined => / traceId=(\S+)/.exec(line)?.[1];

/** A failure as it was written in full. */
interface Shown {
  /** The trace id of the full line. */
  readonly as: string;
  /** With the time and the trace id that it had last. */
  readonly line: string;
}

/**
 * The newest failures of a log that were shown, each once, with the time and the trace id it had last, to be looked at without
 * reading its file. One that comes again every second does not push out the others.
 */
export class FailureTail {
  readonly #most: number;
  #shown: readonly Shown[] = [];

  /** `most`: failures it holds. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The one that was shown last is the last. */
  get lines(): readonly string[] {
    return this.#shown.map(({ line }) => line);
  }

  /** For the sink of the log. */
  take(line: string): void {
    const again = AGAIN.exec(line);
    if (again !== null) return this.#seeAgain(again[1] ?? '', again[2] ?? '', again[3] ?? '');
    const traceId = traceOf(line);
    if (traceId === undefined) return;
    const kept = shownLine(line);
    const same = sameness(kept);
    const others = this.#shown.filter((each) => sameness(each.line) !== same);
    this.#shown = [...others, { as: traceId, line: kept }].slice(-this.#most);
  }

  #seeAgain(time: string, traceId: string, as: string): void {
    const known = this.#shown.find((each) => each.as === as);
    if (known === undefined) return;
    const line = known.line.replace(/^\S+/, () => time).replace(/ traceId=\S+/, () => ` traceId=${traceId}`);
    this.#shown = [...this.#shown.filter((each) => each !== known), { as, line }];
  }
}

/** What tells a line of a failure from one of another: all but its time and its trace id. */
const sameness = (line: string): string => line.replace(/^\S+ /, '').replace(/ traceId=\S+/, '');
