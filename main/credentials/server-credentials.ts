import { ServerCredentials } from '@grpc/grpc-js';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import { inspect } from 'node:util';
import { Secret } from '../lib/secret.ts';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts';

/*
 * The server half of the TLS seam: the simulator, the demo and the self-test. It needs our signature algorithms as much
 * as the client does; `ServerCredentials.createSsl` cannot pass them, so this is a subclass.
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

function contextOptions(pem: ServerPem, signatureAlgorithms: string): SecureContextOptions {
  return { ca: pem.ca, cert: pem.cert, key: pem.key, sigalgs: signatureAlgorithms, minVersion: 'TLSv1.2' };
}

/** Options for `tls.createServer` and `http2.createSecureServer`. Hold the key: never log them. */
export function serverTlsOptions(pem: ServerPem, options: ServerTlsOptions = {}): TlsOptions {
  const requestCert = options.requestCert ?? true;
  return {
    ...contextOptions(pem, options.signatureAlgorithms ?? SIGNATURE_ALGORITHMS),
    requestCert,
    rejectUnauthorized: requestCert,
    ALPNProtocols: ['h2'],
  };
}

/** Keeps the key in a private field, so that neither printing nor cloning reveals it. */
class TalosServerCredentials extends ServerCredentials {
  readonly #context: Secret<SecureContextOptions>;

  constructor(context: SecureContextOptions, requestCert: boolean) {
    super({ requestCert, rejectUnauthorized: requestCert });
    this.#context = new Secret(context);
  }

  override _getSecureContextOptions(): SecureContextOptions {
    return this.#context.reveal();
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }

  toJSON(): string {
    return '[server credentials]';
  }

  [inspect.custom](): string {
    return '[server credentials]';
  }
}

/** Credentials for a grpc-js server with mutual TLS; with `requestCert: false` any client may connect. */
export function serverCredentials(pem: ServerPem, options: ServerTlsOptions = {}): ServerCredentials {
  const context = contextOptions(pem, options.signatureAlgorithms ?? SIGNATURE_ALGORITHMS);
  return new TalosServerCredentials(context, options.requestCert ?? true);
}
