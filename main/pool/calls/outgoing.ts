/** Where messages go: one try of a call. */
export interface Outlet {
  /** The call is over; what is sent now goes nowhere. */
  readonly isOver: boolean;
  /** Resolves when the next message may be sent; never once the call is over. */
  send(message: Buffer): Promise<void>;
  /** No more messages come. */
  sentAll(): void;
  cancel(): void;
}

/**
 * Our messages of one call, pulled from their source as fast as the other side takes them. The first is kept until the second
 * is asked for: so long a call that provably never left can begin anew elsewhere. Whoever makes it calls `stop`.
 */
export class Outgoing<Q> {
  readonly #source: AsyncIterator<Q>;
  readonly #encode: (message: Q) => Buffer;
  #first: Promise<IteratorResult<Q>> | undefined;
  #asked = 0;
  #stopped = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(source: AsyncIterable<Q>, encode: (message: Q) => Buffer) {
    this.#source = source[Symbol.asyncIterator]();
    this.#encode = encode;
  }

  /** Nothing was taken from the source that is not still here. */
  get canRestart(): boolean {
    return this.#asked < 2;
  }

  /** What the source or the encoder threw. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Sends everything, from the beginning. Never rejects: what the source throws cancels the call and becomes `failure`. */
  async sendOn(outlet: Outlet): Promise<void> {
    try {
      for (let position = 0; ; position += 1) {
        const next = await (position === 0 ? (this.#first ??= this.#ask()) : this.#ask());
        if (outlet.isOver || this.#stopped) return;
        if (next.done === true) {
          outlet.sentAll();
          return;
        }
        await outlet.send(this.#encode(next.value));
      }
    } catch (error) {
      this.#failure ??= { error };
      outlet.cancel();
    }
  }

  /** Nobody asks for more. The source hears of it, and is not waited for: it may be waiting itself. */
  stop(): void {
    this.#stopped = true;
    void this.#close();
  }

  #ask(): Promise<IteratorResult<Q>> {
    this.#asked += 1;
    return this.#source.next();
  }

  async #close(): Promise<void> {
    try {
      await this.#source.return?.();
    } catch {
      // How the source ends after nobody wants anything of it changes nothing about the call.
    }
  }
}
