import { Channel, connectivityState, Metadata, type ChannelInterface, type StatusObject } from '@grpc/grpc-js';
import type { Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import type { ChannelTarget, CredentialsSource, PeerFacts, ProxyTunnel } from './channel-source.ts';
import { addressesOf, dialOptions, dialTarget, type Lookup } from './dialing.ts';
import { joinHostPort } from '../lib/endpoint-address.ts';
import { ObservedCredentials } from './observed-credentials.ts';
import { errorCode, type TransportProblem, type TransportStage } from './transport-failure.ts';

/** A proxy to dial instead of the endpoint. */
export interface LinkProxy {
  readonly host: string;
  readonly port: number;
  readonly open: ProxyTunnel['open'];
}

/** What a link is made of. */
export interface LinkOptions {
  readonly target: ChannelTarget;
  readonly credentials: CredentialsSource;
  readonly proxy?: LinkProxy;
  readonly lookup: Lookup;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  readonly maxReceiveBytes: number;
  readonly windowBytes: number;
}

/** How a link ended: before it was up (`failed`), or after (`lost`). */
export interface LinkEnd {
  readonly kind: 'failed' | 'lost';
  readonly problem: TransportProblem;
  /** The error as thrown, for those who know TLS; undefined if the problem is our own. */
  readonly error: unknown;
}

/** Called by a link; never from inside one of its methods. `onEnd` comes at most once and never after `close`. */
export interface LinkListener {
  onReady(): void;
  onPeer(facts: PeerFacts): void;
  onEnd(end: LinkEnd): void;
}

/** A call on a link, as the link ends it. */
export interface LinkCall {
  /** Must not be given up while an answer may still come: its method may not run twice. */
  readonly sticky: boolean;
  /** Loses nothing by being given up here, since it can go on elsewhere. */
  readonly canMove: boolean;
  /** The pool's own question whether the connection lives, nobody's call. */
  readonly isProbe: boolean;
  cancel(): void;
  abandon(): void;
}

/**
 * One connection to one endpoint. Whoever opens it calls `release` (calls may finish), `abandon` (it answers nobody) or
 * `destroy` (nothing is left).
 */
export interface Link {
  readonly calls: Set<LinkCall>;
  readonly channel: Pick<ChannelInterface, 'createCall'>;
  /** Up, and neither closed nor told to go away. */
  readonly isReady: boolean;
  /** Ended, and no call is left on it. */
  readonly isOver: boolean;
  /** Bytes received since the connection is up. */
  readonly bytesRead: number;
  /** Takes no new calls; those running may finish, then the connection closes. */
  release(): void;
  /** Gives up on a silent connection: calls that may run elsewhere end as lost, sticky ones keep waiting. */
  abandon(): void;
  /** After `release`, or when it was told to go away: calls that can go on elsewhere end as lost, the others may finish. */
  moveCalls(): void;
  /** Ends the calls that may run twice; those that may not go on. */
  cancelCalls(): void;
  /** Ends everything now: calls get `cancel`, sockets are gone. */
  destroy(): void;
  /** Called by a call when it is over. */
  remove(call: LinkCall): void;
  /** Asks the system whether the connection still exists; ends it and its calls if not. Call it while answers are awaited. */
  check(): void;
}

/** Opens a link; it starts to connect at once. Tests pass their own. */
export type OpenLink = (options: LinkOptions, listener: LinkListener) => Link;

type LinkSocket = Pick<Socket, 'bytesRead' | 'destroyed'>;

/**
 * Whether the system has forgotten the connection although Node has not noticed: on a busy machine, a reset under load now and
 * then brings neither an error nor an end (Node 24.21), and calls would wait until the silence is noticed.
 * `remoteAddress` is cached, so the socket's handle is asked; where it cannot tell, the silence is still noticed.
 */
function isReset(socket: LinkSocket | undefined): boolean {
  const handle = (socket as { readonly _handle?: { getpeername?(name: object): number } | null } | undefined)?._handle;
  return (handle?.getpeername?.({}) ?? 0) !== 0;
}

/** Opens a real one. */
export const openLink: OpenLink = (options, listener) => new ChannelLink(options, listener);

/**
 * A grpc-js channel that connects once. grpc-js would reconnect by itself, with its own delays; here the channel is closed
 * as soon as its connection ends, so the state machine alone decides about the next.
 */
class ChannelLink implements Link {
  readonly calls = new Set<LinkCall>();
  readonly channel: ChannelInterface;
  readonly #listener: LinkListener;
  readonly #sockets = new AbortController();
  #stage: TransportStage;
  #state: 'connecting' | 'ready' | 'ended' = 'connecting';
  #closed = false;
  #error: unknown;
  #socket: LinkSocket | undefined;
  readonly #cancelTimeout: () => void;

  constructor(options: LinkOptions, listener: LinkListener) {
    this.#listener = listener;
    this.#stage = options.proxy === undefined ? 'name' : 'proxy';
    const authority = joinHostPort(options.target.host, options.target.port);
    this.channel = new Channel(dialTarget(authority), this.#credentials(options), {
      ...dialOptions({ resolve: () => this.#resolve(options), signal: this.#sockets.signal }),
      'grpc.default_authority': authority,
      'grpc.enable_http_proxy': 0,
      'grpc.enable_retries': 0,
      'grpc.enable_channelz': 0,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.service_config_disable_resolution': 1,
      'grpc.max_receive_message_length': options.maxReceiveBytes,
      'grpc.max_send_message_length': -1,
      'grpc-node.flow_control_window': options.windowBytes,
    });
    this.#cancelTimeout = options.clock.after(options.connectTimeoutMs, () => {
      const seconds = options.connectTimeoutMs / 1000;
      this.#failWith({ stage: this.#stage, code: 'TIMEOUT', details: `no connection after ${seconds} s` });
    });
    this.channel.getConnectivityState(true);
    this.#watch(connectivityState.IDLE);
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get isOver(): boolean {
    return this.#state === 'ended' && this.calls.size === 0;
  }

  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  release(): void {
    this.#closed = true;
    this.#shut();
    this.#destroyIfUnused();
  }

  abandon(): void {
    this.#closed = true;
    this.#shut();
    for (const call of [...this.calls]) if (!call.sticky) call.abandon();
    this.#destroyIfUnused();
  }

  moveCalls(): void {
    for (const call of [...this.calls]) if (call.canMove) call.abandon();
  }

  cancelCalls(): void {
    for (const call of [...this.calls]) if (!call.sticky && !call.isProbe) call.cancel();
  }

  destroy(): void {
    this.#closed = true;
    this.#shut();
    for (const call of [...this.calls]) call.cancel();
    this.#destroySockets();
  }

  remove(call: LinkCall): void {
    this.calls.delete(call);
    if (this.#state === 'ended') this.#destroyIfUnused();
  }

  check(): void {
    if (this.#state === 'connecting' || !isReset(this.#socket)) return;
    this.#error ??= Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    this.#lose();
    // Nothing can come any more, so calls that may not run twice are over as well.
    for (const call of [...this.calls]) call.abandon();
  }

  #resolve({ target, proxy, lookup }: LinkOptions) {
    const { host, port } = proxy ?? target;
    return addressesOf(host, port, lookup).then(
      (addresses) => {
        if (this.#stage === 'name') this.#stage = 'connect';
        return addresses;
      },
      (error: unknown) => {
        this.#error = error;
        throw error;
      },
    );
  }

  #credentials({ target, credentials, proxy }: LinkOptions): ObservedCredentials {
    const inner = credentials(target, {
      onPeerCertificate: (facts) => {
        if (this.#state !== 'ended') this.#listener.onPeer(facts);
      },
      onTlsError: (error) => {
        this.#error = error;
      },
      ...(proxy && {
        tunnel: {
          to: target,
          open: async (socket, to) => {
            const through = await proxy.open(socket, to);
            this.#stage = 'tls';
            return through;
          },
        },
      }),
    });
    return new ObservedCredentials(inner, {
      isOver: () => this.#state === 'ended',
      onTcp: () => {
        this.#stage = proxy ? 'proxy' : 'tls';
      },
      onSecure: (socket) => {
        this.#stage = 'http2';
        this.#socket = socket;
      },
      onError: (error) => {
        this.#error = error;
      },
    });
  }

  #watch(current: connectivityState): void {
    this.channel.watchConnectivityState(current, Infinity, () => {
      // grpc-js calls in the middle of its own change: act after it.
      queueMicrotask(() => {
        this.#changed();
      });
    });
  }

  #changed(): void {
    if (this.#state === 'ended') return;
    const current = this.channel.getConnectivityState(false);
    if (this.#state === 'connecting') {
      if (current === connectivityState.READY) this.#becomeReady();
      else if (current === connectivityState.TRANSIENT_FAILURE) void this.#fail();
    } else if (current !== connectivityState.READY) {
      this.#lose();
    }
    if (this.#isOpen()) this.#watch(current);
  }

  #isOpen(): boolean {
    return this.#state !== 'ended';
  }

  #becomeReady(): void {
    this.#state = 'ready';
    this.#stage = 'established';
    this.#cancelTimeout();
    this.#listener.onReady();
  }

  async #fail(): Promise<void> {
    const details = this.#error === undefined ? await this.#lastErrorText() : describe(this.#error);
    const error = this.#error ?? details;
    this.#failWith({ stage: this.#stage, code: errorCode(error), details }, error);
  }

  /** An error tells of a reset; without one the socket was closed, or it still stands and the server sent GOAWAY. */
  #lose(): void {
    this.#shut();
    // The error and the close of the socket may come a little after grpc-js says that the connection is gone.
    setImmediate(() => {
      const error = this.#error;
      const code = error === undefined ? this.#endCode() : errorCode(error);
      const details = error === undefined ? '' : describe(error);
      this.#destroyIfUnused();
      if (!this.#closed)
        this.#listener.onEnd({ kind: 'lost', problem: { stage: 'established', code, details }, error });
    });
  }

  #endCode(): string {
    return this.#socket?.destroyed === false ? 'GOAWAY' : 'CLOSED';
  }

  #failWith(problem: TransportProblem, error?: unknown): void {
    if (this.#state !== 'connecting') return;
    this.#shut();
    this.#destroyIfUnused();
    this.#listener.onEnd({ kind: 'failed', problem, error });
  }

  #shut(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#cancelTimeout();
    this.channel.close();
  }

  #destroyIfUnused(): void {
    if (this.calls.size === 0) this.#destroySockets();
  }

  #destroySockets(): void {
    // Later, so that the last frames (a cancellation, GOAWAY) leave first.
    setImmediate(() => {
      this.#sockets.abort();
    });
  }

  /** grpc-js tells the cause of a failed TCP connection only in the status of a call: make one that is never sent. */
  #lastErrorText(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    let call: ReturnType<Channel['createCall']>;
    try {
      call = this.channel.createCall('/pool/LastError', Infinity, null, null, null);
    } catch {
      return Promise.resolve(''); // A channel that was shut down meanwhile tells nothing any more.
    }
    call.start(new Metadata(), {
      onReceiveMetadata: () => undefined,
      onReceiveMessage: () => undefined,
      onReceiveStatus: (status: StatusObject) => {
        resolve(status.details);
      },
    });
    return promise;
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
