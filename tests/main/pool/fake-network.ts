import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import type { Link, LinkCall, LinkListener, LinkOptions, OpenLink } from '../../../main/pool/link.ts';
import type { FakeClock } from '../../fakes/fake-clock.ts';

/** How a fake server behaves to connections and calls. */
export type Mode = 'up' | 'refuse' | 'black-hole';

/** What grpc-js calls on a call, as far as the pool uses it. */
type Call = ReturnType<Link['channel']['createCall']>;
type Listener = Parameters<Call['start']>[1];

const LATENCY_MS = 5;

/** Servers without sockets, by port. Time is the fake clock's. Counts how often each request was carried out. */
export class FakeNetwork {
  readonly modes = new Map<number, Mode>();
  readonly executed = new Map<string, number>();
  readonly links = new Set<FakeLink>();
  readonly clock: FakeClock;
  readonly random: () => number;
  /** Service time of the next calls. */
  serviceMs = 10;

  constructor(clock: FakeClock, random: () => number) {
    this.clock = clock;
    this.random = random;
  }

  readonly openLink: OpenLink = (options, listener) => {
    const link = new FakeLink(this, options, listener);
    this.links.add(link);
    return link;
  };

  modeOf(port: number): Mode {
    return this.modes.get(port) ?? 'up';
  }

  /** Open connections of a server. */
  linksOf(port: number): FakeLink[] {
    return [...this.links].filter((link) => link.port === port);
  }
}

/** One connection of the fake network. */
export class FakeLink implements Link {
  readonly calls = new Set<LinkCall>();
  readonly streams = new Set<FakeCall>();
  readonly port: number;
  readonly network: FakeNetwork;
  bytesRead = 0;
  #state: 'connecting' | 'ready' | 'ended' = 'connecting';
  #released = false;
  readonly #listener: LinkListener;
  readonly #cancelTimers: (() => void)[];

  constructor(network: FakeNetwork, options: LinkOptions, listener: LinkListener) {
    this.network = network;
    this.port = options.target.port;
    this.#listener = listener;
    const { clock } = network;
    this.#cancelTimers = [
      clock.after(LATENCY_MS, () => {
        this.#connect();
      }),
      clock.after(options.connectTimeoutMs, () => {
        this.#fail('TIMEOUT');
      }),
    ];
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get isOver(): boolean {
    return this.#state === 'ended' && this.calls.size === 0;
  }

  get channel(): Link['channel'] {
    return { createCall: (_path: string, deadline: Date | number) => new FakeCall(this, deadline) as unknown as Call };
  }

  #connect(): void {
    const mode = this.network.modeOf(this.port);
    if (mode === 'refuse') this.#fail('ECONNREFUSED');
    if (mode !== 'up' || this.#state !== 'connecting') return;
    this.#state = 'ready';
    this.#cancelTimers.at(-1)?.();
    this.#listener.onReady();
  }

  #fail(code: string): void {
    if (this.#state !== 'connecting') return;
    this.#shut();
    this.#listener.onEnd({ kind: 'failed', problem: { stage: 'connect', code, details: '' }, error: undefined });
  }

  /** The connection is reset: calls on it end, the pool hears of it. */
  reset(): void {
    for (const stream of [...this.streams]) stream.end(status.UNAVAILABLE, 'Connection dropped');
    this.#lose('ECONNRESET');
  }

  /** GOAWAY: calls on it may finish. */
  goaway(): void {
    this.#lose('GOAWAY');
  }

  #lose(code: string): void {
    if (this.#state !== 'ready') return;
    this.#shut();
    if (!this.#released) {
      this.#listener.onEnd({ kind: 'lost', problem: { stage: 'established', code, details: '' }, error: undefined });
    }
  }

  release(): void {
    this.#released = true;
    this.#shut();
  }

  abandon(): void {
    this.release();
    for (const call of [...this.calls]) if (!call.sticky) call.abandon();
    this.#dropIfUnused();
  }

  moveCalls(): void {
    for (const call of [...this.calls]) if (call.canMove) call.abandon();
  }

  cancelCalls(): void {
    for (const call of [...this.calls]) if (!call.sticky && !call.isProbe) call.cancel();
  }

  destroy(): void {
    this.release();
    for (const call of [...this.calls]) call.cancel();
    this.network.links.delete(this);
  }

  remove(call: LinkCall): void {
    this.calls.delete(call);
    if (this.#state === 'ended') this.#dropIfUnused();
  }

  check(): void {
    // This network always tells when a connection ends.
  }

  #shut(): void {
    this.#state = 'ended';
    for (const cancel of this.#cancelTimers) cancel();
    this.#dropIfUnused();
  }

  #dropIfUnused(): void {
    if (this.calls.size === 0) this.network.links.delete(this);
  }
}

/** One call of the fake network. A request `follow:N` is a stream of numbers from N on; all others are unary. */
export class FakeCall {
  readonly #link: FakeLink;
  readonly #timers: (() => void)[] = [];
  #listener: Listener | undefined;
  #peer = 'pool:fake';
  #ended = false;

  constructor(link: FakeLink, deadline: Date | number) {
    if (!link.isReady) throw new Error('Channel has been shut down');
    this.#link = link;
    // The pool hands over a date made of the real clock; what counts is how far away it is.
    const leftMs = Number(deadline) - Date.now();
    if (leftMs < 1e9) {
      this.#after(Math.max(1, leftMs), () => {
        this.end(status.DEADLINE_EXCEEDED, 'Deadline exceeded');
      });
    }
  }

  start(_metadata: Metadata, listener: Listener): void {
    this.#listener = listener;
  }

  sendMessageWithContext(_context: object, payload: Buffer): void {
    const { network } = this.#link;
    if (network.random() < 0.01) {
      this.#peer = '127.0.0.1:1';
      this.#after(1, () => {
        this.end(status.UNAVAILABLE, 'Stream refused by server');
      });
      return;
    }
    this.#peer = '127.0.0.1:1';
    this.#link.streams.add(this);
    this.#after(LATENCY_MS, () => {
      if (this.#isDead()) return;
      this.#serve(payload.toString());
    });
  }

  halfClose(): void {
    // Every request of the pool is a single message.
  }

  startRead(): void {
    // Messages are delivered as they come; the pool asks for the next one in time.
  }

  getPeer(): string {
    return this.#peer;
  }

  cancelWithStatus(code: status, details: string): void {
    this.end(code, details);
  }

  end(code: status, details: string, metadata = new Metadata()): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const cancel of this.#timers) cancel();
    this.#link.streams.delete(this);
    const final: StatusObject = { code, details, metadata };
    queueMicrotask(() => {
      this.#listener?.onReceiveStatus(final);
    });
  }

  #isDead(): boolean {
    return this.#link.network.modeOf(this.#link.port) !== 'up';
  }

  #serve(request: string): void {
    const { network } = this.#link;
    network.executed.set(request, (network.executed.get(request) ?? 0) + 1);
    if (request.startsWith('follow:')) {
      this.#follow(Number(request.slice('follow:'.length)));
      return;
    }
    this.#after(network.serviceMs, () => {
      if (this.#isDead()) return;
      this.#message(`${this.#link.port} ${request}`);
      this.end(status.OK, 'OK');
    });
  }

  #follow(next: number): void {
    this.#after(100, () => {
      if (!this.#isDead()) this.#message(String(next));
      this.#follow(this.#isDead() ? next : next + 1);
    });
  }

  #message(text: string): void {
    this.#link.bytesRead += text.length + 1;
    this.#listener?.onReceiveMetadata(new Metadata());
    this.#listener?.onReceiveMessage(Buffer.from(text));
  }

  #after(delayMs: number, run: () => void): void {
    this.#timers.push(
      this.#link.network.clock.after(delayMs, () => {
        if (!this.#ended) run();
      }),
    );
  }
}
