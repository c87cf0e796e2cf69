import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Clock } from '../../lib/clock.ts';

/** How a line behaves. The defaults are those of loopback. */
export interface LineShape {
  /** Time a byte needs there and back again. */
  readonly roundTripMs: number;
  /** Bytes each direction carries per second. */
  readonly bytesPerSecond: number;
}

/** Loopback as it is. */
export const PERFECT_LINE: LineShape = { roundTripMs: 0, bytesPerSecond: Infinity };

/** What a delayed direction may hold before its source has to wait: enough for 100 MiB/s at a round trip of 300 ms. */
const HELD_BYTES_MAX = 32 * 1024 * 1024;

/** Who is told of what passes over a wire. */
export interface WireTap {
  inbound(chunk: Buffer): void;
  outbound(chunk: Buffer): void;
}

interface HeldChunk {
  readonly chunk: Buffer;
  readonly dueMs: number;
}

/** One direction of a shaped line: chunks leave in order, late, and no faster than the line carries. */
class DelayLine {
  readonly #clock: Clock;
  readonly #deliver: (chunk: Buffer) => void;
  readonly #held: HeldChunk[] = [];
  #heldBytes = 0;
  #freeAtMs = 0;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;

  constructor(clock: Clock, deliver: (chunk: Buffer) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  push(chunk: Buffer, shape: LineShape): void {
    const nowMs = this.#clock.monotonic();
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (chunk.length / shape.bytesPerSecond) * 1000;
    const lastDueMs = this.#held.at(-1)?.dueMs ?? 0;
    this.#held.push({ chunk, dueMs: Math.max(lastDueMs, this.#freeAtMs + shape.roundTripMs / 2) });
    this.#heldBytes += chunk.length;
    this.#arm();
  }

  /** Keeps what it holds until `false`. */
  setStopped(stopped: boolean): void {
    this.#stopped = stopped;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#arm();
  }

  #arm(): void {
    const next = this.#held[0];
    if (this.#stopped || this.#cancelTimer !== null || next === undefined) return;
    this.#cancelTimer = this.#clock.after(Math.max(0, next.dueMs - this.#clock.monotonic()), () => {
      this.#cancelTimer = null;
      this.#release();
    });
  }

  #release(): void {
    const nowMs = this.#clock.monotonic();
    for (let next = this.#held[0]; next !== undefined && next.dueMs <= nowMs; next = this.#held[0]) {
      this.#held.shift();
      this.#heldBytes -= next.chunk.length;
      this.#deliver(next.chunk);
    }
    this.#arm();
  }

  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#held.length = 0;
  }
}

/**
 * An accepted TCP connection with a lever for everything a network can do to it: fall silent, get slow, break after an
 * exact number of bytes. TLS and HTTP/2 run on top and know nothing of it. Closing either closes both.
 */
export class Wire extends Duplex {
  readonly #socket: Socket;
  readonly #inbound: DelayLine;
  readonly #outbound: DelayLine;
  #tap: WireTap | null = null;
  #shape = PERFECT_LINE;
  #silent = false;
  #bytesUntilReset = Infinity;
  #waitingWrite: (() => void) | null = null;
  #waitingForRoom: (() => void) | null = null;
  #ending: (() => void) | null = null;

  constructor(socket: Socket, clock: Clock) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#inbound = new DelayLine(clock, (chunk) => this.#receive(chunk));
    this.#outbound = new DelayLine(clock, (chunk) => {
      this.#send(chunk, () => undefined);
      this.#afterRelease();
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      if (this.#shape === PERFECT_LINE && this.#inbound.heldBytes === 0) this.#receive(chunk);
      else this.#inbound.push(chunk, this.#shape);
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** The line stops carrying bytes in both directions, and nobody is told. `false` carries what was held back. */
  setSilent(silent: boolean): void {
    if (this.#silent === silent) return;
    this.#silent = silent;
    this.#inbound.setStopped(silent);
    this.#outbound.setStopped(silent);
    if (silent) {
      this.#socket.pause();
      return;
    }
    this.#socket.resume();
    const write = this.#waitingWrite;
    this.#waitingWrite = null;
    write?.();
  }

  /** Tells `tap` of all that passes from now on, until null. */
  setTap(tap: WireTap | null): void {
    this.#tap = tap;
  }

  setShape(shape: LineShape): void {
    this.#shape = shape;
  }

  /** Resets the connection after exactly so many more bytes towards the client; 0 is at once. */
  resetAfter(bytes: number): void {
    this.#bytesUntilReset = bytes;
    if (bytes === 0) this.#socket.resetAndDestroy();
  }

  override _read(): void {
    if (!this.#silent) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#silent) {
      this.#waitingWrite = () => this._write(chunk, _encoding, done);
      return;
    }
    this.#tap?.outbound(chunk);
    if (this.#shape === PERFECT_LINE && this.#outbound.heldBytes === 0) {
      this.#send(chunk, done);
      return;
    }
    this.#outbound.push(chunk, this.#shape);
    if (this.#outbound.heldBytes < HELD_BYTES_MAX) done();
    else this.#waitingForRoom = done;
  }

  override _final(done: () => void): void {
    if (this.#outbound.heldBytes > 0) this.#ending = () => this.#socket.end(done);
    else this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#inbound.close();
    this.#outbound.close();
    this.#socket.destroy();
    done(error);
  }

  #receive(chunk: Buffer): void {
    this.#tap?.inbound(chunk);
    if (!this.destroyed && !this.push(chunk)) this.#socket.pause();
  }

  #send(chunk: Buffer, done: () => void): void {
    if (this.#socket.destroyed) {
      done();
      return;
    }
    if (chunk.length < this.#bytesUntilReset) {
      this.#bytesUntilReset -= chunk.length;
      this.#socket.write(chunk, () => done());
      return;
    }
    this.#socket.write(chunk.subarray(0, this.#bytesUntilReset), () => this.#socket.resetAndDestroy());
  }

  #afterRelease(): void {
    if (this.#outbound.heldBytes < HELD_BYTES_MAX) {
      const resume = this.#waitingForRoom;
      this.#waitingForRoom = null;
      resume?.();
    }
    if (this.#outbound.heldBytes === 0) {
      this.#ending?.();
      this.#ending = null;
    }
  }
}
