import { createServer, type Server as TcpServer } from 'node:net';
import type { Clock } from '../../lib/clock.ts';
import { PERFECT_LINE, Wire, type LineShape } from '../wire/shaped-line.ts';

/**
 * The TCP side of an endpoint: one listener and the wires it accepted. Knows nothing of TLS or gRPC; `onWire` gets each
 * new connection, unless the line is a black hole.
 */
export class EndpointLines {
  readonly address: string;
  readonly #clock: Clock;
  readonly #onWire: (wire: Wire) => void;
  readonly #wires = new Set<Wire>();
  #listener: TcpServer | null = null;
  #port = 0;
  #shape: LineShape = PERFECT_LINE;
  #swallowNew = false;
  /** Connections accepted while the line was a black hole: they never speak, whatever comes later. */
  readonly #swallowed = new Set<Wire>();

  constructor(address: string, clock: Clock, onWire: (wire: Wire) => void) {
    this.address = address;
    this.#clock = clock;
    this.#onWire = onWire;
  }

  /** The port in use, also while the listener is closed. */
  get port(): number {
    return this.#port;
  }

  get openConnections(): number {
    return this.#wires.size + this.#swallowed.size;
  }

  /** Starts to accept; 0 takes any free port. Rejects when the address or port cannot be used. */
  listen(port: number): Promise<void> {
    if (this.#listener !== null) return Promise.resolve();
    const listener = createServer((socket) => this.#accept(new Wire(socket, this.#clock)));
    this.#listener = listener;
    return new Promise((resolve, reject) => {
      listener.once('error', (error) => {
        this.#listener = null;
        reject(error);
      });
      listener.listen({ host: this.address, port, exclusive: true }, () => {
        const bound = listener.address();
        if (bound !== null && typeof bound === 'object') this.#port = bound.port;
        resolve();
      });
    });
  }

  #accept(wire: Wire): void {
    wire.on('error', () => undefined);
    const home = this.#swallowNew ? this.#swallowed : this.#wires;
    home.add(wire);
    wire.once('close', () => home.delete(wire));
    if (this.#swallowNew) {
      wire.setSilent(true);
      return;
    }
    wire.setShape(this.#shape);
    this.#onWire(wire);
  }

  /** Refuses new connections; open ones stay. */
  stopListening(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    if (listener === null) return Promise.resolve();
    // `close` also waits for open connections, which nobody here wants: the port is free at once.
    return new Promise((resolve) => {
      listener.close();
      setImmediate(resolve);
    });
  }

  setShape(shape: LineShape): void {
    this.#shape = shape;
    for (const wire of this.#wires) wire.setShape(shape);
  }

  /** New connections are accepted and never spoken to. */
  setSwallowNew(swallow: boolean): void {
    this.#swallowNew = swallow;
  }

  /** Open connections carry nothing, in neither direction, until `false`. */
  setSilent(silent: boolean): void {
    for (const wire of this.#wires) wire.setSilent(silent);
  }

  /** Resets open connections after so many more bytes to the client; with 0 it resolves when they are gone. */
  async resetOpen(afterBytes: number): Promise<void> {
    const wires = afterBytes === 0 ? this.#open() : [...this.#wires];
    const gone = afterBytes === 0 ? wires.map(closed) : [];
    for (const wire of wires) wire.resetAfter(afterBytes);
    await Promise.all(gone);
  }

  #open(): readonly Wire[] {
    return [...this.#wires, ...this.#swallowed];
  }

  /** Closes everything; resolves when no socket is left. */
  async close(): Promise<void> {
    const wires = this.#open();
    const gone = wires.map(closed);
    await this.stopListening();
    for (const wire of wires) wire.destroy();
    await Promise.all(gone);
  }
}

const closed = (wire: Wire): Promise<void> =>
  new Promise((resolve) => (wire.closed ? resolve() : wire.once('close', () => resolve())));
