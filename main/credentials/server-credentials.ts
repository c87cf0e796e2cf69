import type { TlsOptions } from 'node:tls';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts';

/*
 * The server half of the TLS seam: the simulator, the demo and the self-test. It needs our signature algorithms as much
 * as the client does.
 */

/** What a server shows and trusts, as PEM text. */
export interface ServerPem {
  /** Authority of the clients' certificates. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** How a server treats its clients. */
export interface ServerTlsOptions {
  /** Ask for a client certificate and refuse clients without a good one. `false` is maintenance mode. Default true. */
  readonly requestCert?: boolean;
  /** Only for tests that show what happens without our list. */
  readonly signatureAlgorithms?: string;
}

/** Options for `tls.createServer` and `http2.createSecureServer`. Hold the key: never log them. */
export function serverTlsOptions(
  { ca, cert, key }: ServerPem,
  { requestCert = true, signatureAlgorithms = SIGNATURE_ALGORITHMS }: ServerTlsOptions = {},
): TlsOptions {
  return {
    ...{ ca, cert, key, sigalgs: signatureAlgorithms, minVersion: 'TLSv1.2' },
    requestCert,
    rejectUnauthorized: requestCert,
    ALPNProtocols: ['h2'],
  };
}
