import type { ChannelCredentials } from '@grpc/grpc-js';
import type { Socket } from 'node:net';

/** The server's certificate as seen in the handshake; may be shown. */
export interface PeerFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly names: readonly string[];
}

/** The endpoint a channel is for. `name` is what its certificate must carry. IPv6 without brackets. */
export interface ChannelTarget {
  readonly host: string;
  readonly port: number;
  readonly name: string;
}

/** How to get to the endpoint through a proxy: speaks the proxy's protocol on a socket that is connected to the proxy. */
export interface ProxyTunnel {
  readonly to: { readonly host: string; readonly port: number };
  open(socket: Socket, to: { readonly host: string; readonly port: number }): Promise<Socket>;
}

/** What the maker of credentials must report, and the tunnel it must use if there is one. */
export interface CredentialHooks {
  onPeerCertificate(facts: PeerFacts): void;
  onTlsError(error: Error): void;
  readonly tunnel?: ProxyTunnel;
}

/** Makes the credentials of one connection; called for every new one. The pool never looks inside. */
export type CredentialsSource = (target: ChannelTarget, hooks: CredentialHooks) => ChannelCredentials;
