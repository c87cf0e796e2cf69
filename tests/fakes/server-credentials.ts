import { ServerCredentials } from '@grpc/grpc-js';
import type { SecureContextOptions } from 'node:tls';
import { serverTlsOptions, type ServerPem, type ServerTlsOptions } from '../../main/credentials/server-credentials.ts';

/** `ServerCredentials.createSsl` cannot pass our signature algorithms, so this is a subclass. */
class TalosServerCredentials extends ServerCredentials {
  readonly #context: SecureContextOptions;

  constructor(context: SecureContextOptions, requestCert: boolean) {
    super({ requestCert, rejectUnauthorized: requestCert });
    this.#context = context;
  }

  override _getSecureContextOptions(): SecureContextOptions {
    return this.#context;
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}

/** Credentials for a grpc-js server with mutual TLS; with `requestCert: false` any client may connect. */
export function serverCredentials(pem: ServerPem, options: ServerTlsOptions = {}): ServerCredentials {
  const {
    ALPNProtocols: _protocols,
    requestCert = true,
    rejectUnauthorized: _,
    ...context
  } = serverTlsOptions(pem, options);
  return new TalosServerCredentials(context, requestCert);
}
