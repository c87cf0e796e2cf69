import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Extension,
  type JsonGeneralName,
  type JsonName,
  type X509Certificate,
} from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';

/*
 * Makes certificates in memory, as Talos does: Ed25519 keys, roles in the subject's Organization values, one usage per leaf.
 * Users: the TLS self-test, the simulator and tests. The libraries behind it take long to load, so the app imports this
 * module dynamically, never at start-up.
 */

/** Extended key usages a leaf may carry. */
export type LeafUsage = 'serverAuth' | 'clientAuth';

/** Key algorithms: Talos uses Ed25519; the others stand for the user's own PKI. */
export type KeyAlgorithm = 'ed25519' | 'ecdsa' | 'rsa';

/** Validity in epoch milliseconds, kept to whole seconds. */
interface Validity {
  readonly notBeforeMs?: number;
  readonly notAfterMs?: number;
}

/** What an authority may be given. Default: Ed25519, valid from an hour ago for ten years. */
export interface AuthorityOptions extends Validity {
  readonly keyAlgorithm?: KeyAlgorithm;
}

/** What a leaf says. Default: clientAuth, no names, no roles, valid from an hour ago for a year. */
export interface LeafOptions extends Validity {
  readonly commonName?: string;
  /** Organization values: Talos roles such as `os:admin`. */
  readonly organizations?: readonly string[];
  /** `[]` leaves the extension out. */
  readonly eku?: LeafUsage | readonly LeafUsage[];
  readonly ipAddresses?: readonly string[];
  readonly dnsNames?: readonly string[];
  readonly keyAlgorithm?: KeyAlgorithm;
}

/** A fresh leaf with its key. Holds key material: for TLS options and talosconfigs only, never for logs. */
export interface MintedLeaf {
  readonly certPem: string;
  /** PKCS#8 with the label every TLS library reads (`PRIVATE KEY`). */
  readonly keyPem: string;
  /** The same bytes as Talos labels them in a talosconfig (`ED25519 PRIVATE KEY`). */
  readonly talosKeyPem: string;
}

/** A certificate authority that lives in memory. */
export interface MintedAuthority {
  readonly certPem: string;
  issue(options?: LeafOptions): Promise<MintedLeaf>;
}

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

const ALGORITHMS = {
  ed25519: { generate: { name: 'Ed25519' }, signing: { name: 'Ed25519' } },
  ecdsa: { generate: { name: 'ECDSA', namedCurve: 'P-256' }, signing: { name: 'ECDSA', hash: 'SHA-256' } },
  rsa: {
    generate: {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    signing: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  },
} as const;

const USAGE_OIDS: Readonly<Record<LeafUsage, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};

/** 127 random bits with the top bit clear: positive, and no authority ever repeats one. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

const newKeys = (algorithm: KeyAlgorithm): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHMS[algorithm].generate, true, [
    'sign',
    'verify',
  ]) as Promise<webcrypto.CryptoKeyPair>;

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function validity(options: Validity, defaultMs: number): { notBefore: Date; notAfter: Date } {
  const notBeforeMs = options.notBeforeMs ?? Date.now() - HOUR_MS;
  return { notBefore: new Date(notBeforeMs), notAfter: new Date(options.notAfterMs ?? notBeforeMs + defaultMs) };
}

function subjectOf(options: LeafOptions): JsonName {
  const subject: JsonName = (options.organizations ?? []).map((value) => ({ O: [value] }));
  if (options.commonName !== undefined) subject.push({ CN: [options.commonName] });
  return subject;
}

async function leafExtensions(options: LeafOptions, issuer: X509Certificate): Promise<Extension[]> {
  const usages = [options.eku ?? 'clientAuth'].flat();
  const names: JsonGeneralName[] = [
    ...(options.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
    ...(options.dnsNames ?? []).map((value) => ({ type: 'dns' as const, value })),
  ];
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
  ];
  if (usages.length > 0) extensions.push(new ExtendedKeyUsageExtension(usages.map((usage) => USAGE_OIDS[usage])));
  if (names.length > 0) extensions.push(new SubjectAlternativeNameExtension(names));
  return extensions;
}

/** Makes a self-signed authority whose subject is `O=<name>`, as Talos's own is `O=talos`. */
export async function mintAuthority(name: string, options: AuthorityOptions = {}): Promise<MintedAuthority> {
  const { signing } = ALGORITHMS[options.keyAlgorithm ?? 'ed25519'];
  const keys = await newKeys(options.keyAlgorithm ?? 'ed25519');
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ O: [name] }],
    ...validity(options, 10 * YEAR_MS),
    keys,
    signingAlgorithm: signing,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });

  async function issue(leaf: LeafOptions = {}): Promise<MintedLeaf> {
    const leafKeys = await newKeys(leaf.keyAlgorithm ?? 'ed25519');
    const minted = await X509CertificateGenerator.create({
      serialNumber: newSerial(),
      subject: subjectOf(leaf),
      issuer: certificate.subjectName,
      ...validity(leaf, YEAR_MS),
      publicKey: leafKeys.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: signing,
      extensions: await leafExtensions(leaf, certificate),
    });
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey);
    return {
      certPem: pem('CERTIFICATE', minted.rawData),
      keyPem: pem('PRIVATE KEY', pkcs8),
      talosKeyPem: pem('ED25519 PRIVATE KEY', pkcs8),
    };
  }

  return { certPem: pem('CERTIFICATE', certificate.rawData), issue };
}
