import { CallCredentials, ChannelCredentials, experimental, type ChannelOptions } from '@grpc/grpc-js';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import type { Identity } from './identity.ts';
import type { PeerCertificate } from './peer-certificate.ts';
import { secureConnection, type SecureConnectionOptions } from './secure-connection.ts';

/** A host and a port as they are dialled. IPv6 without brackets. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** How to reach an endpoint through a proxy. */
export interface Tunnel {
  /** The endpoint behind the proxy: what its certificate must name. */
  readonly to: HostPort;
  /** Speaks the proxy's protocol on a socket that is connected to the proxy. Rejects with the proxy's refusal. */
  open(socket: Socket, to: HostPort): Promise<Socket>;
}

/** What a channel's owner may want to know, and how it dials. */
export interface ChannelCredentialsOptions {
  /** The server's certificate, at every handshake, also at one that is then refused. */
  readonly onPeerCertificate?: (facts: PeerCertificate) => void;
  /**
   * The true cause of a failed connection as an error with a `code`; grpc-js keeps its text only. Covers TLS, refusals after
   * the handshake and resets later. TCP errors before it (refused, unreachable) stay in grpc-js's text.
   */
  readonly onTlsError?: (error: Error) => void;
  /** With it, the channel's own target is the proxy, and the authority must be set to the endpoint. */
  readonly tunnel?: Tunnel;
  /** Default: 20 s, as grpc-go. */
  readonly handshakeTimeoutMs?: number;
}

type Connector = ReturnType<ChannelCredentials['_createSecureConnector']>;
type Target = Parameters<ChannelCredentials['_createSecureConnector']>[0];

/**
 * The client half of the TLS seam for grpc-js: every channel of the app is made with it, one per endpoint. A subclass, since
 * `createFromSecureContext` loses the error's code, sends addresses as SNI and cannot tunnel.
 */
export function channelCredentials(identity: Identity, options: ChannelCredentialsOptions = {}): ChannelCredentials {
  return new TalosChannelCredentials(identity, options);
}

class TalosChannelCredentials extends ChannelCredentials {
  readonly #identity: Identity;
  readonly #options: ChannelCredentialsOptions;

  constructor(identity: Identity, options: ChannelCredentialsOptions) {
    super();
    this.#identity = identity;
    this.#options = options;
  }

  override _isSecure(): boolean {
    return true;
  }

  /** Hooks belong to one owner, so nothing is shared between credentials. */
  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(target: Target, _options: ChannelOptions, calls?: CallCredentials): Connector {
    const { tunnel, ...hooks } = this.#options;
    const secure: SecureConnectionOptions = {
      identity: this.#identity,
      host: tunnel?.to.host ?? hostOf(target.path),
      ...hooks,
    };
    return {
      connect: async (socket) => {
        const through = tunnel ? await tunnel.open(socket, tunnel.to) : socket;
        return { socket: await secureConnection(through, secure), secure: true };
      },
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => calls ?? CallCredentials.createEmpty(),
      destroy: () => undefined,
    };
  }

  toJSON(): string {
    return '[channel credentials]';
  }

  [inspect.custom](): string {
    return '[channel credentials]';
  }
}

/** `127.0.0.1:50000` → `127.0.0.1`; brackets of IPv6 are taken off. */
function hostOf(path: string): string {
  return experimental.splitHostPort(path)?.host ?? path;
}
