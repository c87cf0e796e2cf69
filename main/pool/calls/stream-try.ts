import type { Clock } from '../../lib/clock.ts';
import type { Connection } from '../connections.ts';
import { TryCall, type TryEnd, type WireCall } from './try-call.ts';

/** Messages are fetched ahead of the reader up to this size; beyond it the server has to wait. */
const READ_AHEAD_BYTES = 256 * 1024;
/** Whoever gathers waits no longer once so much is there: the server must not have to. */
const ENOUGH_BYTES = READ_AHEAD_BYTES / 2;

/** One stream on one connection, as a queue to pull from. */
export class StreamTry {
  readonly #call: TryCall;
  readonly #queue: Buffer[] = [];
  #queuedBytes = 0;
  #reading = false;
  #end: TryEnd | undefined;
  #wake: (() => void) | undefined;
  #isEnough: (() => void) | undefined;

  /** `onEnd` is called once, when the stream is over, whether or not everything was read. */
  constructor({ shell, link }: Connection, wire: WireCall, onEnd: () => void) {
    this.#call = new TryCall(link, wire, {
      onMessage: (message) => {
        this.#reading = false;
        this.#queue.push(message);
        this.#queuedBytes += message.length;
        shell.answered(link);
        this.#readAhead();
        this.#wake?.();
        if (this.#queuedBytes >= ENOUGH_BYTES) this.#isEnough?.();
      },
      onEnd: (end) => {
        this.#end = end;
        shell.record.callEnded();
        shell.waiting(link, -1);
        if (end.ending === 'answered') shell.answered(link);
        onEnd();
        this.#wake?.();
        this.#isEnough?.();
      },
    });
    shell.record.callStarted();
    shell.waiting(link, 1);
    this.#readAhead();
  }

  /** The next message, or how the stream ended once all messages are read. One at a time. */
  async next(): Promise<Buffer | TryEnd> {
    for (;;) {
      const message = this.#queue.shift();
      if (message) {
        this.#queuedBytes -= message.length;
        this.#readAhead();
        return message;
      }
      if (this.#end) return this.#end;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** As {@link next}, with all that comes within so many ms of it. */
  async nextGathered(clock: Clock, forMs: number): Promise<readonly Buffer[] | TryEnd> {
    const first = await this.next();
    if (!Buffer.isBuffer(first)) return first;
    if (!this.#end && this.#queuedBytes < ENOUGH_BYTES) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(forMs, resolve);
        this.#isEnough = () => {
          cancel();
          resolve();
        };
      });
      this.#isEnough = undefined;
    }
    const all = [first, ...this.#queue.splice(0)];
    this.#queuedBytes = 0;
    this.#readAhead();
    return all;
  }

  /** The call is over, whether or not everything was read. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** See {@link TryCall.send}. */
  send(message: Buffer): Promise<void> {
    return this.#call.send(message);
  }

  /** See {@link TryCall.sentAll}. */
  sentAll(): void {
    this.#call.sentAll();
  }

  /** Tells the server to stop. What is queued stays readable. */
  cancel(): void {
    if (!this.#end) this.#call.cancel();
  }

  #readAhead(): void {
    if (this.#reading || this.#end || this.#queuedBytes >= READ_AHEAD_BYTES) return;
    this.#reading = true;
    this.#call.read();
  }
}
