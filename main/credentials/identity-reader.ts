import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { WorkerPool } from '../lib/worker-pool.ts';
import { AuthorityMemo, FROM_BACKUP } from './authorities.ts';
import {
  checkCredentials,
  type CheckDepth,
  type CheckedCredentials,
  type IdentityFields,
} from './check-credentials.ts';
import type { IdentityJobs } from './identity-worker.ts';
import { withIdentity, type IdentityReading } from './read-identity.ts';

/** As many are checked at once, in about 10 ms: fewer than this are not worth asking the worker. */
const PORTION = 50;
/** Most characters checked in one go here: as many as fifty ordinary contexts have. One context of more is for the worker alone. */
const PORTION_LENGTH = 256 * 1024;
/** A portion takes the worker some 10 ms; one that takes so long never ends. */
const DEADLINE_MS = 10_000;
/** Others have their turn after so many characters. */
const HASHED_AT_ONCE = 4 * 1024 * 1024;
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

/**
 * Reads the credentials of many contexts: those that have not changed are remembered; of many new ones a worker thread takes
 * what it can, and the rest is done here meanwhile, in turns with other events. What is too large to be done in a turn is
 * left to the worker, which has a deadline; what passes it is said to be unchecked and cannot be used. The worker starts
 * when first needed and does not keep the process alive; where it cannot start, the rest is done here. Whoever makes it
 * closes it.
 */
export class IdentityReader {
  readonly #known = new Map<string, Known>();
  readonly #memo = new AuthorityMemo();
  readonly #pool: WorkerPool<IdentityJobs> | undefined;

  /** `workerFile` is the built main/credentials/identity-worker.ts, or that file itself. Without it all is done here. */
  constructor(workerFile?: URL | string) {
    if (workerFile === undefined) return;
    const bounds = { threads: 1, maxHeapMb: 256, deadlineMs: DEADLINE_MS, clock: systemClock };
    this.#pool = new WorkerPool({ file: workerFile, ...bounds });
  }

  /** In the order of the fields. Never rejects. */
  async readAll(
    fields: readonly IdentityFields[],
    nowMs: number,
    options: ReadAllOptions = {},
  ): Promise<readonly IdentityReading[]> {
    const keys = await keysOf(fields);
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

  /** Stops the worker; the small part of what it was checking is checked here. */
  async close(): Promise<void> {
    await this.#pool?.close();
  }

  #remember(keys: readonly string[], fresh: ReadonlyMap<number, CheckedCredentials | undefined>, nowMs: number): void {
    if (this.#known.size + fresh.size > MOST_KEPT) this.#known.clear();
    for (const [index, checked] of fresh) {
      // The dates of authorities are not in the result, so what concerns them is checked each time.
      if (checked === undefined || checked === UNCHECKED || checked.problems.some(({ field }) => field === 'ca'))
        continue;
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
    const { left, heavy } = portionsOf(fields);
    const checked: CheckedCredentials[] = [];
    const take = ({ from }: Portion, results: readonly CheckedCredentials[]): void => {
      results.forEach((one, index) => (checked[from + index] = one));
    };
    const pool = left.length > 1 || heavy.length > 0 ? this.#pool : undefined;
    const ask = (portion: Portion): Promise<readonly CheckedCredentials[] | undefined> =>
      pool === undefined ? Promise.resolve(undefined) : askOf(pool, portion.fields, nowMs, depth);
    const unchecked = (portion: Portion): readonly CheckedCredentials[] => portion.fields.map(() => UNCHECKED);
    const heavyDone = Promise.all(
      heavy.map(async (portion) => {
        take(portion, (await ask(portion)) ?? unchecked(portion));
      }),
    );
    /** What the worker has and has not answered. */
    const asked = new Set<Portion>();
    const there = async (): Promise<void> => {
      for (let next = left.shift(); pool && next; next = left.shift()) {
        asked.add(next);
        const results = await ask(next);
        if (results === undefined) return here();
        if (asked.delete(next)) take(next, results);
      }
    };
    // In the end also what the worker is slow with: it may only just be starting, or be at what is large.
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
    if (pool !== undefined && isInBackground) await there();
    else {
      if (pool !== undefined && left.length > 1) void there();
      await here();
    }
    await heavyDone;
    return checked;
  }
}

/** Portions that are done in a turn, and those of one context that are not. */
function portionsOf(fields: readonly IdentityFields[]): {
  readonly left: Portion[];
  readonly heavy: readonly Portion[];
} {
  const left: Portion[] = [];
  const heavy: Portion[] = [];
  let from = 0;
  let length = 0;
  const close = (to: number): void => {
    if (to > from) left.push({ from, fields: fields.slice(from, to) });
    from = to;
    length = 0;
  };
  fields.forEach((one, index) => {
    const more = lengthOf(one);
    if (index - from >= PORTION || length + more > PORTION_LENGTH) close(index);
    length += more;
    if (more <= PORTION_LENGTH) return;
    heavy.push({ from: index, fields: [one] });
    from = index + 1;
    length = 0;
  });
  close(fields.length);
  return { left, heavy };
}

/** Undefined: there is no worker that could. */
async function askOf(
  pool: WorkerPool<IdentityJobs>,
  ...order: Parameters<IdentityJobs['check']>
): Promise<readonly CheckedCredentials[] | undefined> {
  try {
    return await pool.run('check', order);
  } catch (error) {
    const isTooMuch = error instanceof Failed && error.failure.code === 'too-large';
    // What took the worker too long is not tried here.
    return isTooMuch ? order[0].map(() => UNCHECKED) : undefined;
  }
}

const UNCHECKED: CheckedCredentials = {
  caFingerprints: [],
  problems: [
    {
      severity: 'error',
      message: 'The certificates and keys of this context are too large to be checked, so it cannot be used.',
      hint: FROM_BACKUP,
      field: 'ca',
    },
  ],
};

/** An authority may begin or end meanwhile; its dates are not in the result. */
const KEPT_MS = 3_600_000;

/** A fingerprint: no key is kept. The lengths keep fields apart. */
function keyOf({ ca = '', crt = '', key = '' }: IdentityFields): string {
  return createHash('sha256').update(`${ca.length} ${crt.length} ${ca}${crt}${key}`).digest('base64');
}

const lengthOf = ({ ca = '', crt = '', key = '' }: IdentityFields): number => ca.length + crt.length + key.length;

async function keysOf(fields: readonly IdentityFields[]): Promise<readonly string[]> {
  const keys: string[] = [];
  let length = 0;
  for (const one of fields) {
    keys.push(keyOf(one));
    length += lengthOf(one);
    if (length < HASHED_AT_ONCE) continue;
    length = 0;
    await setImmediate();
  }
  return keys;
}

const first = <T>(set: ReadonlySet<T>): T | undefined => set.values().next().value;
