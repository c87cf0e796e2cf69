import type { MethodDefinition } from '@grpc/grpc-js';
import { Worker } from 'node:worker_threads';
import { endWorker } from '../lib/worker-threads.ts';
import type { DecodeAnswer, DecodeOrder } from './decode-messages.ts';
import { PutTogether } from './reply-parts.ts';

/** Where the worker finds what it needs. */
export interface DecodeWorkerPlace {
  /** The built main/talos/decode-worker.ts, or that file itself. */
  readonly workerFile: URL | string;
  /** As given to {@link loadTalosProto}. */
  readonly protoDir: string;
}

/** Replies above this are decoded in the worker. 1 MiB takes some 20 ms. */
export const LARGE_REPLY_BYTES = 1024 * 1024;

const asIs = (bytes: Buffer): Buffer => bytes;

interface Waiting {
  readonly parts: PutTogether;
  readonly resolve: (reply: unknown) => void;
  /** The worker cannot do it: decode here. */
  readonly giveUp: () => void;
}

/**
 * Decodes replies, large ones in a worker thread, so that the window never waits for 100,000 processes. The worker starts
 * with the first large reply and does not keep the process alive; where it cannot start, everything is decoded here. Whoever
 * makes it closes it.
 */
export class ReplyDecoder {
  readonly #place: DecodeWorkerPlace | undefined;
  readonly #raw = new Map<string, unknown>();
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #cannotStart = false;
  #lastId = 0;

  /** Without a place everything is decoded here. */
  constructor(place?: DecodeWorkerPlace) {
    this.#place = place;
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

  /** At once if it is small. Throws, or rejects with, what the method's own decoding throws. */
  decode<Q, A>(method: MethodDefinition<Q, A>, bytes: Buffer): A | Promise<A> {
    const worker = bytes.length > LARGE_REPLY_BYTES ? this.#start() : undefined;
    if (worker === undefined) return method.responseDeserialize(bytes);
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, {
        parts: new PutTogether(),
        resolve: (reply) => {
          resolve(reply as A);
        },
        giveUp: () => {
          try {
            resolve(method.responseDeserialize(bytes));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        },
      });
      worker.ref();
      // A copy: the bytes must still be here if the worker dies. It takes a millisecond or three.
      const copy = Uint8Array.prototype.slice.call(bytes);
      this.#order(worker, { id, type: 'decode', path: method.path, bytes: copy }, [copy.buffer]);
    });
  }

  /** Stops the worker; what it was decoding is decoded here. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#drop();
    if (worker) await endWorker(worker);
  }

  #order(worker: Worker, order: DecodeOrder, transfer?: readonly ArrayBuffer[]): void {
    worker.postMessage(order, transfer);
  }

  #start(): Worker | undefined {
    if (this.#worker !== undefined || this.#place === undefined || this.#cannotStart) return this.#worker;
    const { workerFile, protoDir } = this.#place;
    let worker: Worker;
    try {
      worker = new Worker(workerFile, { workerData: { protoDir } });
    } catch {
      this.#cannotStart = true;
      return undefined;
    }
    let answered = false;
    worker.on('message', (answer: DecodeAnswer) => {
      answered = true;
      this.#receive(worker, answer);
    });
    const gone = (): void => {
      if (this.#worker !== worker) return;
      // One that never answered would not do so the next time.
      if (!answered) this.#cannotStart = true;
      this.#drop();
    };
    worker.on('error', gone);
    worker.on('exit', gone);
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #receive(worker: Worker, answer: DecodeAnswer): void {
    const { id } = answer;
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    if (answer.type === 'part') {
      waiting.parts.add(answer.part);
      // Others have their turn before the next part.
      this.#order(worker, { id, type: 'next' });
      return;
    }
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) worker.unref();
    if (answer.type === 'done') waiting.resolve(waiting.parts.value);
    else waiting.giveUp();
  }

  #drop(): void {
    const waiting = [...this.#waiting.values()];
    this.#worker = undefined;
    this.#waiting.clear();
    for (const { giveUp } of waiting) giveUp();
  }
}
