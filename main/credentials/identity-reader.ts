import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { endWorker } from '../lib/worker-threads.ts';
import { AuthorityMemo } from './authorities.ts';
import {
  checkCredentials,
  type CheckDepth,
  type CheckedCredentials,
  type IdentityFields,
} from './check-credentials.ts';
import type { CheckAnswer, CheckOrder } from './identity-worker.ts';
import { withIdentity, type IdentityReading } from './read-identity.ts';

/** As many are checked at once, in about 10 ms: fewer than this are not worth asking the worker. */
const PORTION = 50;
/** Most results kept; a file that is read again after an edit differs in one context. */
const MOST_KEPT = 20_000;

/** How {@link IdentityReader.readAll} goes about it. */
export interface ReadAllOptions {
  /** Default `full`. What was fully checked before stays so. */
  readonly depth?: CheckDepth;
  /** Nobody waits: the worker does all of it, where there is one. */
  readonly isInBackground?: boolean;
}

interface Known {
  readonly checked: CheckedCredentials;
  /** No certificate in it begins or ends in between, so nothing would be said otherwise. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Credentials still to be checked, with where the answer goes. */
interface Portion {
  readonly from: number;
  readonly fields: readonly IdentityFields[];
}

/** Undefined: the worker cannot do it. */
type Resolve = (checked: readonly CheckedCredentials[] | undefined) => void;

/**
 * Reads the credentials of many contexts: those that have not changed are remembered; of many new ones a worker thread takes
 * what it can, and the rest is done here meanwhile, in turns with other events. The worker starts when first needed and does
 * not keep the process alive; where it cannot start, everything is done here. Whoever makes it closes it.
 */
export class IdentityReader {
  readonly #workerFile: URL | string | undefined;
  readonly #known = new Map<string, Known>();
  readonly #memo = new AuthorityMemo();
  readonly #waiting = new Map<number, Resolve>();
  #worker: Worker | undefined;
  #lastId = 0;

  /** `workerFile` is the built main/credentials/identity-worker.ts, or that file itself. Without it all is done here. */
  constructor(workerFile?: URL | string) {
    this.#workerFile = workerFile;
  }

  /** In the order of the fields. Never rejects. */
  async readAll(
    fields: readonly IdentityFields[],
    nowMs: number,
    options: ReadAllOptions = {},
  ): Promise<readonly IdentityReading[]> {
    const keys = fields.map(keyOf);
    const isKnown = (key: string): boolean => {
      const known = this.#known.get(key);
      return known !== undefined && known.fromMs <= nowMs && nowMs < known.untilMs;
    };
    const unknown = fields.flatMap((one, index) => (isKnown(keys[index] ?? '') ? [] : [{ one, index }]));
    const checked = await this.#check(
      unknown.map(({ one }) => one),
      nowMs,
      options,
    );
    const fresh = new Map(unknown.map(({ index }, at) => [index, checked[at]]));
    const results = fields.map((one, index) => {
      const result = fresh.get(index) ?? this.#known.get(keys[index] ?? '')?.checked;
      if (result === undefined) throw new Error('credentials that were not checked');
      return withIdentity(one, result);
    });
    if (options.depth !== 'quick') this.#remember(keys, fresh, nowMs);
    return results;
  }

  /** Stops the worker; what it was checking is checked here. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#giveUp();
    if (worker) await endWorker(worker);
  }

  #remember(keys: readonly string[], fresh: ReadonlyMap<number, CheckedCredentials | undefined>, nowMs: number): void {
    if (this.#known.size + fresh.size > MOST_KEPT) this.#known.clear();
    for (const [index, checked] of fresh) {
      // The dates of authorities are not in the result, so what concerns them is checked each time.
      if (checked === undefined || checked.problems.some(({ field }) => field === 'ca')) continue;
      const dates = [checked.certificate?.notBeforeMs, checked.certificate?.notAfterMs];
      const within = (ms: number | undefined): ms is number => ms !== undefined;
      this.#known.set(keys[index] ?? '', {
        checked,
        fromMs: Math.max(-Infinity, ...dates.filter(within).filter((ms) => ms <= nowMs)),
        untilMs: Math.min(nowMs + KEPT_MS, ...dates.filter(within).filter((ms) => ms > nowMs)),
      });
    }
  }

  async #check(
    fields: readonly IdentityFields[],
    nowMs: number,
    { depth = 'full', isInBackground = false }: ReadAllOptions,
  ): Promise<readonly CheckedCredentials[]> {
    const left: Portion[] = [];
    for (let from = 0; from < fields.length; from += PORTION) {
      left.push({ from, fields: fields.slice(from, from + PORTION) });
    }
    const checked: CheckedCredentials[] = [];
    const take = ({ from }: Portion, results: readonly CheckedCredentials[]): void => {
      results.forEach((one, index) => (checked[from + index] = one));
    };
    const worker = left.length > 1 ? this.#start() : undefined;
    /** What the worker has and has not answered. */
    const asked = new Set<Portion>();
    const there = async (): Promise<void> => {
      for (let next = left.shift(); worker && next; next = left.shift()) {
        asked.add(next);
        const results = await this.#ask(worker, { id: ++this.#lastId, fields: next.fields, nowMs, depth });
        if (results === undefined) return here();
        if (asked.delete(next)) take(next, results);
      }
    };
    // In the end also what the worker is slow with: it may only just be starting.
    const here = async (): Promise<void> => {
      for (let next = left.shift() ?? first(asked); next; next = left.shift() ?? first(asked)) {
        asked.delete(next);
        take(
          next,
          next.fields.map((one) => checkCredentials(one, nowMs, this.#memo, depth)),
        );
        if (left.length + asked.size > 0) await setImmediate();
      }
    };
    if (worker !== undefined && isInBackground) await there();
    else {
      if (worker !== undefined) void there();
      await here();
    }
    return checked;
  }

  #ask(worker: Worker, order: CheckOrder): Promise<readonly CheckedCredentials[] | undefined> {
    return new Promise((resolve) => {
      if (worker !== this.#worker) return resolve(undefined);
      this.#waiting.set(order.id, resolve);
      worker.ref();
      worker.postMessage(order);
    });
  }

  #start(): Worker | undefined {
    const file = this.#workerFile;
    if (file === undefined || this.#worker !== undefined) return this.#worker;
    const worker = new Worker(file);
    worker.on('message', ({ id, checked }: CheckAnswer) => {
      this.#waiting.get(id)?.(checked);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
    });
    worker.on('error', () => {
      if (this.#worker === worker) this.#giveUp();
    });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  /** What the worker was asked is done here; the next time a new one is tried. */
  #giveUp(): void {
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const resolve of waiting) resolve(undefined);
  }
}

/** An authority may begin or end meanwhile; its dates are not in the result. */
const KEPT_MS = 3_600_000;

/** A fingerprint: no key is kept. The lengths keep fields apart. */
function keyOf({ ca = '', crt = '', key = '' }: IdentityFields): string {
  return createHash('sha256').update(`${ca.length} ${crt.length} ${ca}${crt}${key}`).digest('base64');
}

const first = <T>(set: ReadonlySet<T>): T | undefined => set.values().next().value;
