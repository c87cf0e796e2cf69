import { ChannelCredentials, type CallCredentials } from '@grpc/grpc-js';
import type { experimental } from '@grpc/grpc-js';
import type { Socket } from 'node:net';

type Connector = ReturnType<ChannelCredentials['_createSecureConnector']>;
type SecureResult = Awaited<ReturnType<Connector['connect']>>;

/** What the pool wants to know of a handshake. */
export interface HandshakeObserver {
  /** The connection is not wanted any more: none may be begun or go on. */
  readonly isOver: () => boolean;
  /** TCP is up; TLS begins. */
  onTcp(): void;
  /** TLS is up (the server may still refuse our certificate). */
  onSecure(socket: SecureResult['socket']): void;
  /** The error as it was thrown, before grpc-js turns it into text. */
  onError(error: unknown): void;
}

/**
 * Wraps credentials to see each connection they make. The pool gets structured errors and the socket's byte counter,
 * and still never sees a key.
 */
export class ObservedCredentials extends ChannelCredentials {
  readonly #inner: ChannelCredentials;
  readonly #observer: HandshakeObserver;

  constructor(inner: ChannelCredentials, observer: HandshakeObserver) {
    super();
    this.#inner = inner;
    this.#observer = observer;
  }

  override _isSecure(): boolean {
    return this.#inner._isSecure();
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(
    target: experimental.GrpcUri,
    options: Parameters<ChannelCredentials['_createSecureConnector']>[1],
    callCredentials?: CallCredentials,
  ): Connector {
    const inner = this.#inner._createSecureConnector(target, options, callCredentials);
    const observer = this.#observer;
    return {
      // The last stop before grpc-js dials. A socket given an aborted signal would connect all the same.
      waitForReady: async () => {
        await inner.waitForReady();
        if (observer.isOver()) throw new Error('not wanted any more');
      },
      getCallCredentials: () => inner.getCallCredentials(),
      destroy: () => {
        inner.destroy();
      },
      connect: async (socket: Socket): Promise<SecureResult> => {
        // The pool destroys sockets; without a listener the error of that would be uncaught.
        socket.on('error', () => undefined);
        observer.onTcp();
        try {
          const result = await inner.connect(socket);
          observer.onSecure(result.socket);
          return result;
        } catch (error) {
          observer.onError(error);
          throw error;
        }
      },
    };
  }
}
