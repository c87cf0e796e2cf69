import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { Identity } from './identity.ts';
import { readPeerCertificate, type PeerCertificate } from './peer-certificate.ts';

/** Longest wait for a TLS handshake: what grpc-go allows for a whole connection attempt. */
const HANDSHAKE_TIMEOUT_MS = 20_000;

/** Codes of errors that are ours, where Node reports nothing. */
export const OWN_CODE = {
  /** The server did not finish the handshake in time. */
  handshakeTimeout: 'MINOS_TLS_HANDSHAKE_TIMEOUT',
  /** The server closed the connection after the handshake without a byte: how TLS 1.3 refusals often look. */
  closedUnread: 'MINOS_TLS_CLOSED_AFTER_HANDSHAKE',
  /** The connection was closed during the handshake. */
  closedEarly: 'MINOS_TLS_CLOSED_IN_HANDSHAKE',
} as const;

/** An error with a code, as Node's own have. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What to secure, and who wants to know. */
export interface SecureConnectionOptions {
  readonly identity: Identity;
  /** Host the server's certificate must name, and the SNI unless it is an address. */
  readonly host: string;
  /** Default {@link HANDSHAKE_TIMEOUT_MS}. */
  readonly handshakeTimeoutMs?: number | undefined;
  /** Gets the server's certificate of every handshake, also of one that is then refused. */
  readonly onPeerCertificate?: ((facts: PeerCertificate) => void) | undefined;
  /** Gets every error of the connection as an object with a `code`: in the handshake, and later for as long as it lives. */
  readonly onTlsError?: ((error: Error) => void) | undefined;
}

/**
 * The one place where the app becomes a TLS client. Takes a connected socket and resolves once the server is verified;
 * rejects with the true cause otherwise, and then destroys the socket. In TLS 1.3 the server judges our certificate only
 * after that, so a refusal comes as an error, or a close, of the resolved socket.
 */
export function secureConnection(socket: Socket, options: SecureConnectionOptions): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const tlsSocket = connect(connectionOptions(socket, options));
  let failed = false;
  let isSecure = false;
  const fail = (error: Error): void => {
    if (failed) return;
    failed = true;
    const cause = isSecure ? afterHandshake(tlsSocket, error) : error;
    options.onTlsError?.(cause);
    reject(cause);
    tlsSocket.destroy();
    socket.destroy();
  };

  // Node emits `secure` before it judges the certificate: the only moment at which a refused one can still be read.
  tlsSocket.prependOnceListener('secure', () => {
    options.onPeerCertificate?.(readPeerCertificate(tlsSocket.getPeerCertificate()));
  });
  tlsSocket.once('secureConnect', () => {
    tlsSocket.setTimeout(0);
    isSecure = true;
    resolve(tlsSocket);
  });
  tlsSocket.setTimeout(options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS, () => {
    if (!isSecure) fail(new TlsError(OWN_CODE.handshakeTimeout, 'TLS handshake timed out'));
  });
  tlsSocket.on('error', fail);
  socket.on('error', fail);
  tlsSocket.once('close', () => {
    if (!isSecure) fail(new TlsError(OWN_CODE.closedEarly, 'connection closed during the TLS handshake'));
    else if (tlsSocket.bytesRead === 0) fail(closedUnread());
  });
  return promise;
}

/** A reset before the first byte is the same refusal as a close before it; which of the two arrives is a race. */
function afterHandshake(socket: TLSSocket, error: Error): Error {
  const isReset = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
  return isReset && socket.bytesRead === 0 ? closedUnread() : error;
}

const closedUnread = (): TlsError => new TlsError(OWN_CODE.closedUnread, 'connection closed after the TLS handshake');

/** Waits for the server's first byte: only then has a TLS 1.3 server accepted our certificate. */
export function firstByte(socket: TLSSocket, timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('data', () => {
    resolve();
  });
  socket.once('error', (error: Error) => {
    reject(afterHandshake(socket, error));
  });
  socket.once('close', () => {
    reject(closedUnread());
  });
  socket.setTimeout(timeoutMs, () => {
    reject(new TlsError('ETIMEDOUT', 'no answer after the TLS handshake'));
  });
  return promise;
}

function connectionOptions(socket: Socket, { identity, host }: SecureConnectionOptions): ConnectionOptions {
  return {
    socket,
    secureContext: identity.secureContext(),
    // Said aloud: the default is whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
    ALPNProtocols: ['h2'],
    // Go sends no SNI for an address either, and Node is going to ignore one (DEP0123).
    ...(isIP(host) === 0 && { servername: host }),
    // Verified against the host we meant, whatever Node would derive from the socket.
    checkServerIdentity: (_host, certificate) => checkServerIdentity(host, certificate),
  };
}
