import { createCipheriv, createHmac, type CipherGCMTypes } from 'node:crypto';

/** Alerts of TLS a server sends about a client's certificate. */
export const ALERT = {
  badCertificate: 42,
  certificateExpired: 45,
  unknownAuthority: 48,
  certificateRequired: 116,
} as const;

/** See {@link ALERT}. */
export type Alert = (typeof ALERT)[keyof typeof ALERT];

interface CipherSuite {
  readonly cipher: CipherGCMTypes | 'chacha20-poly1305';
  readonly hash: string;
  readonly keyBytes: number;
}

const SUITES: Readonly<Record<string, CipherSuite>> = {
  TLS_AES_128_GCM_SHA256: { cipher: 'aes-128-gcm', hash: 'sha256', keyBytes: 16 },
  TLS_AES_256_GCM_SHA384: { cipher: 'aes-256-gcm', hash: 'sha384', keyBytes: 32 },
  TLS_CHACHA20_POLY1305_SHA256: { cipher: 'chacha20-poly1305', hash: 'sha256', keyBytes: 32 },
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FATAL = 2;
const TYPE_ALERT = 21;

/** HKDF-Expand-Label of RFC 8446 without a context, for at most one hash's length. */
function expandLabel(hash: string, secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0])]);
  const first = createHmac(hash, secret)
    .update(info)
    .update(Buffer.from([1]))
    .digest();
  return Buffer.from(first.subarray(0, length));
}

/** What is used of a line of Node's key log. */
export interface TrafficSecret {
  readonly secret: Buffer;
  /** Name of the cipher suite: `TLS_AES_256_GCM_SHA384`. */
  readonly suite: string;
}

/**
 * A fatal alert as the `sequence`th record a TLS 1.3 server sends after its handshake. Null for a cipher suite it does not
 * know. Node cannot send one itself: it looks at a client's certificate when the handshake is over.
 */
export function alertRecord({ secret, suite }: TrafficSecret, sequence: number, alert: Alert): Buffer | null {
  const known = SUITES[suite];
  if (known === undefined) return null;
  const key = expandLabel(known.hash, secret, 'key', known.keyBytes);
  const nonce = expandLabel(known.hash, secret, 'iv', NONCE_BYTES);
  nonce.writeUInt32BE((nonce.readUInt32BE(NONCE_BYTES - 4) ^ sequence) >>> 0, NONCE_BYTES - 4);

  const inner = Buffer.from([FATAL, alert, TYPE_ALERT]);
  const header = Buffer.from([23, 3, 3, 0, inner.length + TAG_BYTES]);
  const cipher = createCipheriv(known.cipher as CipherGCMTypes, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(inner), cipher.final(), cipher.getAuthTag()]);
}
