import { EventEmitter } from 'node:events';

/**
 * One of two entangled ends. What is posted at one arrives at the sink of the other; until there is a sink it is kept.
 * The two ends of a channel may both be in the main process, or one may be carried on into a page.
 */
export class PortEnd {
  #peer: PortEnd | undefined;
  #sink: ((data: unknown) => void) | undefined;
  #kept: unknown[] = [];
  #closed = false;
  #onClosed: (() => void) | undefined;

  static pair(): [PortEnd, PortEnd] {
    const ends: [PortEnd, PortEnd] = [new PortEnd(), new PortEnd()];
    ends[0].#peer = ends[1];
    ends[1].#peer = ends[0];
    return ends;
  }

  post(data: unknown): void {
    const peer = this.#peer;
    if (peer) peer.#receive(data);
  }

  /** Starts the flow: everything kept so far, then everything new. */
  start(sink: (data: unknown) => void): void {
    this.#sink = sink;
    for (const data of this.#kept.splice(0)) sink(data);
  }

  onClosed(listener: () => void): void {
    this.#onClosed = listener;
    if (this.#closed) listener();
  }

  /** Closes both ends. */
  close(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    this.#end();
    if (peer) {
      peer.#peer = undefined;
      peer.#end();
    }
  }

  /** The end as it stands, with what it kept, for a new owner. */
  handOver(): PortEnd {
    this.#sink = undefined;
    this.#onClosed = undefined;
    return this;
  }

  #receive(data: unknown): void {
    if (this.#sink) this.#sink(data);
    else this.#kept.push(data);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed?.();
  }
}

/** Electron's port in the main process: `message` events begin with `start()`, `close` comes when either end closes. */
export class MessagePortMain extends EventEmitter {
  #end: PortEnd | undefined;
  #started = false;

  constructor(end: PortEnd) {
    super();
    this.#end = end;
    end.onClosed(() => {
      if (!this.#end) return;
      this.#end = undefined;
      setImmediate(() => this.emit('close'));
    });
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('The stand-in does not carry ports over ports.');
    const clone: unknown = structuredClone(message);
    this.#end?.post(clone);
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#end?.start((data) => {
      setImmediate(() => this.emit('message', { data, ports: [] }));
    });
  }

  /** This end hears of it at once, as in Electron; the other one a moment later. */
  close(): void {
    const end = this.#end;
    if (!end) return;
    this.#end = undefined;
    end.close();
    this.emit('close');
  }

  /** Takes the end out; this object is neutered. */
  standInDetach(): PortEnd {
    if (!this.#end) throw new Error('The port has been transferred or closed.');
    const end = this.#end.handOver();
    this.#end = undefined;
    return end;
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [one, two] = PortEnd.pair();
    this.port1 = new MessagePortMain(one);
    this.port2 = new MessagePortMain(two);
  }
}
