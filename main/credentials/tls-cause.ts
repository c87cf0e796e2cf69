import { OWN_CODE } from './secure-connection.ts';

/** Why a connection failed, as far as a user would act differently. */
export type TlsCause =
  /** TCP: nothing listens there. */
  | 'refused'
  /** TCP: no route, or the network is down. */
  | 'no-route'
  /** TCP: this computer forbids it (firewall, local network permission). */
  | 'blocked'
  /** DNS: the name does not exist. */
  | 'no-such-host'
  /** DNS: no answer now. */
  | 'dns-failed'
  /** No answer in time, in TCP or in the handshake. */
  | 'timeout'
  /** Reset or closed before or during the handshake, or later while in use. */
  | 'reset'
  /** Closed after the handshake without a byte: most likely our certificate was refused. */
  | 'closed-unread'
  /** The other side does not speak TLS. */
  | 'not-tls'
  /** It speaks TLS, but not HTTP/2. */
  | 'not-http2'
  /** TLS versions or ciphers have nothing in common. */
  | 'no-common-protocol'
  /** Alert 40: no common signature algorithm, most likely Ed25519. */
  | 'handshake-failure'
  /** Server certificate: signed by an authority that is not in the context. */
  | 'unknown-authority'
  | 'server-expired'
  | 'server-not-yet-valid'
  /** Server certificate: made for something else than a server. */
  | 'server-purpose'
  /** Server certificate: does not name the host we dialled. */
  | 'server-name'
  /** Server certificate: revoked, too long a chain or otherwise refused here. */
  | 'server-invalid'
  /** The server wants a client certificate and got none. */
  | 'client-missing'
  /** The server says that our certificate expired. */
  | 'client-expired'
  /** The server does not know the authority of our certificate. */
  | 'client-unknown-authority'
  /** The server refused our certificate for another reason. */
  | 'client-refused'
  | 'unknown';

/** Error codes of Node: system, DNS, certificate verification and TLS library (OpenSSL and BoringSSL). */
const CAUSE_OF_CODE: ReadonlyMap<string, TlsCause> = new Map<string, TlsCause>(
  Object.entries({
    ECONNREFUSED: 'refused',
    EHOSTUNREACH: 'no-route',
    ENETUNREACH: 'no-route',
    EHOSTDOWN: 'no-route',
    ENETDOWN: 'no-route',
    EADDRNOTAVAIL: 'no-route',
    EACCES: 'blocked',
    EPERM: 'blocked',
    ENOTFOUND: 'no-such-host',
    EAI_NONAME: 'no-such-host',
    EAI_AGAIN: 'dns-failed',
    EAI_FAIL: 'dns-failed',
    ESERVFAIL: 'dns-failed',
    ETIMEDOUT: 'timeout',
    [OWN_CODE.handshakeTimeout]: 'timeout',
    ECONNRESET: 'reset',
    ECONNABORTED: 'reset',
    EPIPE: 'reset',
    [OWN_CODE.closedEarly]: 'reset',
    [OWN_CODE.closedUnread]: 'closed-unread',
    ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
    ERR_SSL_HTTP_REQUEST: 'not-tls',
    ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
    ERR_SSL_UNEXPECTED_MESSAGE: 'not-tls',
    ERR_SSL_UNEXPECTED_RECORD: 'not-tls',
    ERR_SSL_NO_APPLICATION_PROTOCOL: 'not-http2',
    ERR_SSL_UNSUPPORTED_PROTOCOL: 'no-common-protocol',
    ERR_SSL_UNKNOWN_PROTOCOL: 'no-common-protocol',
    ERR_SSL_NO_SHARED_CIPHER: 'no-common-protocol',
    ERR_SSL_NO_COMMON_SIGNATURE_ALGORITHMS: 'handshake-failure',
    ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM: 'handshake-failure',
    ERR_SSL_WRONG_SIGNATURE_TYPE: 'handshake-failure',
    SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-authority',
    UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
    CERT_SIGNATURE_FAILURE: 'unknown-authority',
    CERT_UNTRUSTED: 'unknown-authority',
    INVALID_CA: 'unknown-authority',
    CERT_HAS_EXPIRED: 'server-expired',
    CERT_NOT_YET_VALID: 'server-not-yet-valid',
    INVALID_PURPOSE: 'server-purpose',
    ERR_TLS_CERT_ALTNAME_INVALID: 'server-name',
    HOSTNAME_MISMATCH: 'server-name',
    CERT_REVOKED: 'server-invalid',
    CERT_REJECTED: 'server-invalid',
    CERT_CHAIN_TOO_LONG: 'server-invalid',
    PATH_LENGTH_EXCEEDED: 'server-invalid',
  } satisfies Record<string, TlsCause>),
);

/** TLS alerts (RFC 8446, 6.2): what the server said, by number and by the name libraries put into their codes. */
const ALERTS: readonly { readonly number: number; readonly name: string; readonly cause: TlsCause }[] = [
  { number: 10, name: 'UNEXPECTED_MESSAGE', cause: 'not-tls' },
  { number: 40, name: 'HANDSHAKE_FAILURE', cause: 'handshake-failure' },
  { number: 42, name: 'BAD_CERTIFICATE', cause: 'client-refused' },
  { number: 43, name: 'UNSUPPORTED_CERTIFICATE', cause: 'client-refused' },
  { number: 44, name: 'CERTIFICATE_REVOKED', cause: 'client-refused' },
  { number: 45, name: 'CERTIFICATE_EXPIRED', cause: 'client-expired' },
  { number: 46, name: 'CERTIFICATE_UNKNOWN', cause: 'client-refused' },
  { number: 48, name: 'UNKNOWN_CA', cause: 'client-unknown-authority' },
  { number: 49, name: 'ACCESS_DENIED', cause: 'client-refused' },
  { number: 51, name: 'DECRYPT_ERROR', cause: 'client-refused' },
  { number: 70, name: 'PROTOCOL_VERSION', cause: 'no-common-protocol' },
  { number: 71, name: 'INSUFFICIENT_SECURITY', cause: 'no-common-protocol' },
  { number: 116, name: 'CERTIFICATE_REQUIRED', cause: 'client-missing' },
  { number: 120, name: 'NO_APPLICATION_PROTOCOL', cause: 'not-http2' },
];

/** Codes that may be found inside a text; those of the TLS library come as objects. */
const CODE_IN_TEXT = new RegExp(`\\b(${[...CAUSE_OF_CODE.keys()].join('|')})\\b`);

/** Longer texts hold names of a certificate. */
const MAX_TEXT_LENGTH = 4000;

/**
 * The cause of a connection error, from its `code`, else from the TLS alert number, else from a code inside the text (what
 * grpc-js leaves of a TCP error: `connect ECONNREFUSED 127.0.0.1:50000`).
 */
export function tlsCause(error: unknown): TlsCause {
  const code = codeOf(error);
  const text = (error instanceof Error ? error.message : typeof error === 'string' ? error : '').slice(
    0,
    MAX_TEXT_LENGTH,
  );
  const written = CODE_IN_TEXT.exec(text)?.[1] ?? '';
  return CAUSE_OF_CODE.get(code) ?? alertCause(code, text) ?? CAUSE_OF_CODE.get(written) ?? 'unknown';
}

/** The `code` of an error, or an empty text. An error for several addresses (AggregateError) has its first one's. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}

function alertCause(code: string, text: string): TlsCause | undefined {
  const number = Number(/alert number (\d{1,4})/.exec(text)?.[1] ?? Number.NaN);
  const alert = ALERTS.find((one) => one.number === number || code.endsWith(`ALERT_${one.name}`));
  return alert?.cause;
}
