import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { inspect } from 'node:util';
import type { Secret } from '../lib/secret.ts';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts';

/** What an identity is made of, already checked: PEM texts. */
export interface IdentityParts {
  /** Authorities that servers are verified against; undefined means the system's roots (normal for Omni). */
  readonly ca?: readonly string[];
  /** Client certificate with its chain, and its key. Undefined: no certificate is presented. */
  readonly client?: { readonly cert: string; readonly key: Secret };
  /** Only for tests and the self-test that show what happens without our list. */
  readonly signatureAlgorithms?: string;
}

/**
 * Who we are to a cluster, and whom we trust: opaque. It can be passed around and compared, not printed, cloned or read;
 * only main/credentials makes TLS connections with it.
 */
export class Identity {
  readonly #make: () => IdentityParts;
  #known: IdentityParts | undefined;
  #context: SecureContext | undefined;

  /** A function is asked when the parts are needed first: a file of a thousand contexts dials few of them. */
  constructor(parts: IdentityParts | (() => IdentityParts)) {
    this.#make = typeof parts === 'function' ? parts : () => parts;
  }

  get #parts(): IdentityParts {
    return (this.#known ??= this.#make());
  }

  /** True when a client certificate is presented. */
  get hasCertificate(): boolean {
    return this.#parts.client !== undefined;
  }

  /** The TLS settings of every outgoing connection. Made at the first use, then kept: reading a file stays fast. */
  secureContext(): SecureContext {
    const { ca, client, signatureAlgorithms = SIGNATURE_ALGORITHMS } = this.#parts;
    this.#context ??= createSecureContext({
      ca: [...(ca ?? getCACertificates('system'))],
      ...(client && { cert: client.cert, key: client.key.reveal() }),
      sigalgs: signatureAlgorithms,
      minVersion: 'TLSv1.2',
    });
    return this.#context;
  }

  toString(): string {
    return '[identity]';
  }

  toJSON(): string {
    return '[identity]';
  }

  [inspect.custom](): string {
    return '[identity]';
  }
}
