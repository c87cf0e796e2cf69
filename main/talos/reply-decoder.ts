import type { MethodDefinition } from '@grpc/grpc-js';
import { JoinedParts } from '../../preload/contract/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { WorkerPool, type Overrun } from '../lib/worker-pool.ts';
import type { BoundedMethod } from './bounded-method.ts';
import type { DecodeJobs } from './decode-worker.ts';
import { replyHead } from './reply-head.ts';

/** Where the worker finds what it needs. */
export interface DecodeWorkerPlace {
  /** The built main/talos/decode-worker.ts, or that file itself. */
  readonly workerFile: URL | string;
  /** As given to {@link loadTalosProto}. */
  readonly protoDir: string;
}

/** Bounds of decoding; tests pass smaller ones. */
export interface DecodeLimits {
  /** Larger replies are decoded in the worker. */
  readonly hereBytes: number;
  /** So are those that make more values than this: 100,000 take some 20 ms. */
  readonly hereValues: number;
  /** Bytes of all replies that wait for the worker; what comes on top fails. */
  readonly waitingBytes: number;
  /** Longest time for one reply from when its turn comes until its first part, and for each part after it, ms. */
  readonly deadlineMs: number;
  /** Memory of the worker, MB. */
  readonly maxHeapMb: number;
}

/** Of one reply. */
export interface DecodeOptions<A = never> {
  /** Nobody waits for the reply any more. */
  readonly signal?: AbortSignal;
  /** Awaited before a reply is decoded in the worker. */
  readonly beforeLarge?: () => Promise<void>;
  /** Gets the beginning of a reply that the worker decodes, at once: the first entries of its first message. */
  readonly onHead?: (head: A) => void;
}

/** Some thousand entries of a list, decoded in a few milliseconds. */
const HEAD_BYTES = 64 * 1024;

const MIB = 1024 * 1024;

/** What is decoded on main's thread, what may wait, and how long decoding may take. */
export const DECODE_LIMITS: DecodeLimits = {
  hereBytes: MIB,
  hereValues: 100_000,
  waitingBytes: 160 * MIB,
  deadlineMs: 60_000,
  maxHeapMb: 768,
};

const asIs = (bytes: Buffer): Buffer => bytes;

/**
 * Decodes replies: here when that costs little, else in a worker thread, one reply after the other, so that the window never
 * waits for 100,000 processes. What the worker cannot do within its time and memory fails; it is never done again here.
 * The worker starts with the first large reply and does not keep the process alive. Whoever makes it closes it.
 */
export class ReplyDecoder {
  readonly #pool: WorkerPool<DecodeJobs> | undefined;
  readonly #limits: DecodeLimits;
  readonly #raw = new Map<string, unknown>();
  #waitingBytes = 0;
  #isClosed = false;

  /** Without a place large replies fail. */
  constructor(place?: DecodeWorkerPlace, limits: Partial<DecodeLimits> = {}, clock: Clock = systemClock) {
    this.#limits = { ...DECODE_LIMITS, ...limits };
    const { deadlineMs, maxHeapMb } = this.#limits;
    this.#pool =
      place &&
      new WorkerPool<DecodeJobs>({
        file: place.workerFile,
        threads: 1,
        workerData: { protoDir: place.protoDir },
        ...{ deadlineMs, maxHeapMb, clock, overrun },
      });
  }

  /** The method with replies left as bytes, for {@link decode}. */
  raw<Q, A>(method: MethodDefinition<Q, A>): MethodDefinition<Q, Buffer> {
    const known = this.#raw.get(method.path);
    // One path has one type of request.
    if (known !== undefined) return known as MethodDefinition<Q, Buffer>;
    const raw: MethodDefinition<Q, Buffer> = { ...method, responseSerialize: asIs, responseDeserialize: asIs };
    this.#raw.set(method.path, raw);
    return raw;
  }

  /**
   * At once if it is small. Throws, or rejects with, Failed `too-large` for what passes a bound, and what the method's own
   * decoding throws. A reply nobody waits for any more is not begun.
   */
  decode<Q, A>(method: BoundedMethod<Q, A>, bytes: Buffer, options: DecodeOptions<A> = {}): A | Promise<A> {
    const { hereBytes, hereValues, waitingBytes } = this.#limits;
    if (bytes.length <= hereBytes) {
      const reply = method.decodeWithin(bytes, hereValues);
      if (reply !== undefined) return reply;
    }
    if (this.#isClosed) throw closing();
    if (this.#pool === undefined) throw noThread();
    if (this.#waitingBytes > 0 && this.#waitingBytes + bytes.length > waitingBytes) throw tooManyWait();
    this.#waitingBytes += bytes.length;
    if (options.onHead) tellHead(method, bytes, hereValues, options.onHead);
    return this.#decodeLater(this.#pool, method.path, bytes, options) as Promise<A>;
  }

  /** Stops the worker; what it was decoding fails as `cancelled`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#pool?.close();
  }

  async #decodeLater(
    pool: WorkerPool<DecodeJobs>,
    path: string,
    bytes: Buffer,
    { signal, beforeLarge }: Pick<DecodeOptions, 'signal' | 'beforeLarge'>,
  ): Promise<unknown> {
    try {
      // Before the turn: who waits here holds up nobody else.
      await beforeLarge?.();
      return await this.#decodeThere(pool, path, bytes, signal);
    } finally {
      this.#waitingBytes -= bytes.length;
    }
  }

  async #decodeThere(
    pool: WorkerPool<DecodeJobs>,
    path: string,
    bytes: Buffer,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    // A copy, since the bytes belong to whoever asks. It takes a millisecond or three.
    const args = (): Parameters<DecodeJobs['decode']> => [path, Uint8Array.prototype.slice.call(bytes)];
    const parts = pool.parts('decode', args, {
      transfer: ([, copy]) => [copy.buffer as ArrayBuffer],
      ...(signal && { signal }),
    });
    const joined = new JoinedParts();
    try {
      for (let part = await parts.next(); part.done !== true;) {
        // The thread makes the next one meanwhile.
        const next = parts.next();
        joined.add(part.value);
        part = await next;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Failed) throw error;
      throw noThread(error);
    }
    return joined.value;
  }
}

const OVERRUN: Readonly<Record<Exclude<Overrun, 'crash'>, string>> = {
  time: 'The answer takes too long to read.',
  memory: 'The answer needs too much memory to be read.',
  answer: 'The answer has a part that is too large to be read.',
};

function overrun(why: Overrun, cause?: unknown): Failed {
  if (why === 'crash') return noThread(cause);
  return new Failed({
    code: 'too-large',
    message: OVERRUN[why],
    hint: 'No healthy node answers like this: find out what runs there.',
  });
}

function noThread(cause?: unknown): Failed {
  return new Failed(
    {
      code: 'too-large',
      message: 'The answer is large, and the part of Minos that reads large answers does not start.',
      hint: 'Start Minos again; if that does not help, install it anew.',
    },
    cause,
  );
}

function tooManyWait(): Failed {
  return new Failed({
    code: 'too-large',
    message: 'Too many large answers came at once.',
    hint: 'Run it on fewer nodes at a time.',
    retry: 'safe',
  });
}

const closing = (): Failed => new Failed({ code: 'cancelled', message: 'Minos is ending.' });

function tellHead<Q, A>(
  method: BoundedMethod<Q, A>,
  bytes: Buffer,
  mostValues: number,
  onHead: (head: A) => void,
): void {
  const cut = replyHead(bytes, HEAD_BYTES);
  if (cut === undefined) return;
  let head: A | undefined;
  try {
    head = method.decodeWithin(cut, mostValues);
  } catch {
    // The whole of it says what is wrong.
  }
  if (head !== undefined) onHead(head);
}
