import type { Connection } from '../connections.ts';
import { TryCall, type TryEnd, type WireCall } from './try-call.ts';

/** Messages are fetched ahead of the reader up to this size; beyond it the server has to wait. */
const READ_AHEAD_BYTES = 256 * 1024;

/** One stream on one connection, as a queue to pull from. */
export class StreamTry {
  readonly #call: TryCall;
  readonly #queue: Buffer[] = [];
  #queuedBytes = 0;
  #reading = false;
  #end: TryEnd | undefined;
  #wake: (() => void) | undefined;

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
      },
      onEnd: (end) => {
        this.#end = end;
        shell.record.callEnded();
        shell.waiting(link, -1);
        if (end.ending === 'answered') shell.answered(link);
        onEnd();
        this.#wake?.();
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
