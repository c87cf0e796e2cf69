import type { Failure, ProducerMessage } from '../../preload/contract/index.ts';
import type { Log } from '../lib/log.ts';

/** Trace ids that are remembered to have been written. */
const MOST_KNOWN = 2000;

/** Failures that are written within a minute: a thousand nodes that fail again and again must not push all else out of the log. */
export const MOST_PER_MINUTE = 600;

const MINUTE_MS = 60_000;

/** For so long, one that comes again is written in short: a node that is down for a night must not push its beginning out of the log. */
const SHORT_FOR_MS = 10 * MINUTE_MS;

/**
 * Writes each failure that one server of ours gives to a page into the log once, so that the trace id that the user reads is found there.
 * It looks where topics and streams have failures: in a value or an item, in what lies directly in it, and in the items of its lists.
 */
export class ToldFailures {
  /** Where they are written. */
  readonly log: Log;
  readonly #monotonicMs: () => number;
  readonly #known = new Set<string>();
  /** What was written in full, by all that it says but its trace id. */
  readonly #full = new Map<string, { readonly traceId: string; readonly atMs: number }>();
  #minute = -Infinity;
  #written = 0;

  constructor(log: Log, monotonicMs: () => number) {
    this.log = log;
    this.#monotonicMs = monotonicMs;
  }

  /** What is being sent on one port. A value that goes in parts is not looked through. */
  take(message: ProducerMessage, what: string): void {
    if (message.type === 'value') this.#look(message.value, what);
    else if (message.type === 'batch') for (const item of message.items) this.#look(item, what);
  }

  /** One failure, with what was behind it. */
  write({ traceId, code, message, where, details }: Failure, what: string, cause?: unknown): void {
    if (traceId === '' || code === 'cancelled' || this.#known.has(traceId) || !this.#mayWrite()) return;
    this.#known.add(traceId);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    const key = JSON.stringify([what, code, message, where, details]);
    const full = this.#full.get(key);
    const nowMs = this.#monotonicMs();
    if (full !== undefined && nowMs - full.atMs < SHORT_FOR_MS) {
      // `operations/app/failure-tail.ts` reads it.
      this.log.write('info', 'the same again', { traceId, as: full.traceId });
      return;
    }
    this.#full.delete(key);
    this.#full.set(key, { traceId, atMs: nowMs });
    const [first] = this.#full.keys();
    if (this.#full.size > MOST_KNOWN && first !== undefined) this.#full.delete(first);
    const facts = { what, traceId, code, ...where, ...(details !== undefined && { details }) };
    this.log.write('info', message, { ...facts, ...(cause !== undefined && { cause }) });
  }

  #look(value: unknown, what: string): void {
    if (!isRecord(value)) return;
    this.#of(value, what);
    for (const part of Object.values(value)) {
      if (Array.isArray(part)) for (const item of part as unknown[]) this.#of(item, what);
      else this.#of(part, what);
    }
  }

  #of(value: unknown, what: string): void {
    if (isRecord(value) && isFailure(value['failure'])) this.write(value['failure'], what);
  }

  #mayWrite(): boolean {
    const nowMs = this.#monotonicMs();
    if (nowMs - this.#minute >= MINUTE_MS) {
      this.#minute = nowMs;
      this.#written = 0;
    }
    this.#written += 1;
    if (this.#written === MOST_PER_MINUTE + 1) {
      this.log.write('warn', 'more failures are shown than are written; the next ones are left out for a minute');
    }
    return this.#written <= MOST_PER_MINUTE;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFailure = (value: unknown): value is Failure =>
  isRecord(value) && typeof value['traceId'] === 'string' && typeof value['message'] === 'string';
