import { Metadata, status as grpcStatus, type StatusObject } from '@grpc/grpc-js';
import { endingOf } from './ending.ts';
import type { Link, LinkCall } from '../link.ts';
import type { Ending, WasSent } from './retry.ts';

/** One request, ready to be sent any number of times. */
export interface WireCall {
  /** Full gRPC path. */
  readonly path: string;
  /** The only message, already encoded. Without it the caller sends messages itself, and says when there are no more. */
  readonly payload?: Buffer;
  readonly metadata: Metadata;
  /** Milliseconds that are left; passed on to the server. `Infinity` for none. */
  readonly remainingMs: number;
  /** See {@link LinkCall.sticky}. */
  readonly sticky: boolean;
  /** See {@link LinkCall.canMove}. Default: what is not sticky can. */
  readonly canMove?: () => boolean;
  /** See {@link LinkCall.isProbe}. Default false. */
  readonly isProbe?: boolean;
}

/** How one try ended. */
export interface TryEnd {
  readonly ending: Ending;
  readonly wasSent: WasSent;
  /** The status, the server's or one of grpc-js, see `ending`. */
  readonly status: StatusObject;
  /** We gave up on a connection that answers nobody. */
  readonly silent?: true;
}

/** Receives what one try brings. `onEnd` comes exactly once, last. */
export interface TryListener {
  /** The answer begins. A server that only has a status says no more than that. */
  onHeaders?(): void;
  onMessage(message: Buffer): void;
  onEnd(end: TryEnd): void;
}

/** One call on one connection. Messages come one per `read`, so a reader that stops reading stops the server. */
export class TryCall implements LinkCall {
  readonly sticky: boolean;
  readonly isProbe: boolean;
  readonly #canMove: (() => boolean) | undefined;
  readonly #link: Link;
  readonly #listener: TryListener;
  readonly #call: ReturnType<Link['channel']['createCall']> | undefined;
  #headersSeen = false;
  #cancelled = false;
  #ended = false;

  constructor(link: Link, wire: WireCall, listener: TryListener) {
    this.sticky = wire.sticky;
    this.isProbe = wire.isProbe ?? false;
    this.#canMove = wire.canMove;
    this.#link = link;
    this.#listener = listener;
    link.calls.add(this);
    if (!link.isReady) {
      // It ended between being chosen and being used.
      queueMicrotask(() => {
        this.#finish({ ending: 'lost', wasSent: false, status: unavailable('the connection ended before the call') });
      });
      return;
    }
    // The one place that needs wall time: grpc-js takes deadlines as dates and turns them into timeouts at once.
    const deadline = wire.remainingMs === Infinity ? Infinity : new Date(Date.now() + wire.remainingMs);
    this.#call = link.channel.createCall(wire.path, deadline, null, null, null);
    this.#call.start(wire.metadata, {
      onReceiveMetadata: () => {
        this.#headersSeen = true;
        this.#listener.onHeaders?.();
      },
      onReceiveMessage: (message: Buffer) => {
        if (!this.#ended) this.#listener.onMessage(message);
      },
      onReceiveStatus: (status: StatusObject) => {
        this.#finish(this.#endOf(wholeStatus(status)));
      },
    });
    if (wire.payload === undefined) return;
    this.#call.sendMessageWithContext({}, wire.payload);
    this.#call.halfClose();
  }

  /** The answer has begun. */
  get headersSeen(): boolean {
    return this.#headersSeen;
  }

  get canMove(): boolean {
    return !this.sticky && (this.#canMove?.() ?? true);
  }

  /** Asks for one more message. */
  read(): void {
    this.#call?.startRead();
  }

  /** Sends a message; resolves when the next one may be sent, which is never once the call is over. */
  send(message: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#ended) this.#call?.sendMessageWithContext({ callback: () => resolve() }, message);
    });
  }

  /** Says that no more messages come. */
  sentAll(): void {
    if (!this.#ended) this.#call?.halfClose();
  }

  /** Tells the server to stop; ends as `cancelled`. */
  cancel(): void {
    this.#cancelled = true;
    this.#call?.cancelWithStatus(grpcStatus.CANCELLED, 'cancelled by the caller');
  }

  /** Gives up on the connection: ends at once as `lost`, and tells the server in case it still listens. */
  abandon(): void {
    const status = unavailable('connection went silent');
    this.#finish({ ending: 'lost', wasSent: this.#headersSeen ? true : 'unknown', status, silent: true });
    this.#call?.cancelWithStatus(grpcStatus.CANCELLED, 'connection went silent');
  }

  #endOf(status: StatusObject): TryEnd {
    const ending = endingOf({
      status,
      headersSeen: this.#headersSeen,
      // Before it has a stream a call names the channel's own target (`pool:…`) as its peer.
      hadStream: this.#call?.getPeer().startsWith('pool:') === false,
      connectionEnded: !this.#link.isReady,
      cancelled: this.#cancelled,
    });
    return { ...ending, status };
  }

  #finish(end: TryEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#link.remove(this);
    this.#listener.onEnd(end);
  }
}

/** grpc-js 1.14.7 loses code and words when it does not know how a message is compressed. */
function wholeStatus(status: StatusObject): StatusObject {
  if (typeof status.code === 'number' && typeof status.details === 'string') return status;
  return { ...status, code: grpcStatus.INTERNAL, details: 'Compression method not supported' };
}

const unavailable = (details: string): StatusObject => ({
  code: grpcStatus.UNAVAILABLE,
  details,
  metadata: new Metadata(),
});
