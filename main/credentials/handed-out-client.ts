import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { Secret } from '../lib/secret.ts';
import { utcMinute } from '../lib/utc-minute.ts';
import { extendedKeyUsages, USAGE } from './certificate-facts.ts';
import { Identity } from './identity.ts';
import { pemBlocks, relabelKey, type PemBlock } from './pem.ts';

/** A client certificate with its key and authorities as a cluster hands them out: base64 of PEM. */
export interface HandedOutClient {
  readonly ca: string;
  readonly crt: string;
  readonly key: string;
}

/** Which of the three is wrong, and why: to follow the field's name in a sentence. Quotes nothing. */
export interface ClientFlaw {
  readonly field: keyof HandedOutClient;
  readonly why: string;
}

/** What was handed out, when it is good for signing in now. */
export interface JudgedClient {
  readonly authorities: readonly X509Certificate[];
  readonly certificate: X509Certificate;
}

/** Clusters accept a second authority while the first is replaced. */
const MOST_AUTHORITIES = 16;
/** base64 characters per field. */
const MAX_LENGTH = 128 * 1024;
/** What a cluster's clock may be ahead: it issues certificates that begin then. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Judges a client certificate that a cluster issued just now: readable, one certificate, its key, valid now, for clients,
 * signed by one of the authorities that came with it.
 */
export function judgeClient(client: HandedOutClient, nowMs: number): JudgedClient | ClientFlaw {
  const authorities = certificatesIn(client.ca);
  if (typeof authorities === 'string') return { field: 'ca', why: authorities };
  const certificates = certificatesIn(client.crt);
  if (typeof certificates === 'string') return { field: 'crt', why: certificates };
  const [certificate] = certificates;
  if (!certificate || certificates.length > 1) {
    return { field: 'crt', why: `holds ${certificates.length} certificates instead of one` };
  }
  const key = keyIn(client.key);
  if (typeof key === 'string') return { field: 'key', why: key };
  const why = certificateFlaw(certificate, authorities, nowMs);
  if (why !== undefined) return { field: 'crt', why };
  if (!belongs(certificate, key)) return { field: 'key', why: 'does not belong to the certificate beside it' };
  return { authorities, certificate };
}

/** Who a cluster lets us be, and whom we trust there; or what is wrong with what it handed out, see {@link judgeClient}. */
export function handedOutIdentity(client: HandedOutClient, nowMs: number): Identity | ClientFlaw {
  const judged = judgeClient(client, nowMs);
  if ('why' in judged) return judged;
  const [key] = pemBlocks(Buffer.from(client.key, 'base64').toString('latin1'));
  return new Identity({
    ca: judged.authorities.map((authority) => authority.toString()),
    ...(key && { client: { cert: judged.certificate.toString(), key: new Secret(relabelKey(key)) } }),
  });
}

function certificateFlaw(
  certificate: X509Certificate,
  authorities: readonly X509Certificate[],
  nowMs: number,
): string | undefined {
  const [fromMs, untilMs] = [certificate.validFromDate.getTime(), certificate.validToDate.getTime()];
  if (!Number.isFinite(fromMs) || !Number.isFinite(untilMs)) return 'holds a certificate without readable dates';
  if (untilMs <= nowMs) return `holds a certificate that ended on ${utcMinute(untilMs)}`;
  if (fromMs > nowMs + CLOCK_TOLERANCE_MS) return `holds a certificate that is valid only from ${utcMinute(fromMs)}`;
  if (certificate.ca) return 'holds an authority instead of the certificate of a client';
  const usages = extendedKeyUsages(certificate);
  if (usages.length > 0 && !usages.includes(USAGE.clientAuth)) return 'holds a certificate that is not for clients';
  if (!authorities.some((authority) => isIssuedBy(certificate, authority))) {
    return 'holds a certificate that none of the authorities beside it has signed';
  }
  return undefined;
}

/** True when the authority's key signed the certificate. */
export function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  } catch {
    return false; // A kind of key that this runtime does not verify proves nothing.
  }
}

function belongs(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    return false; // A key of another kind.
  }
}

/** The certificates of a field, or what is wrong with it. */
function certificatesIn(value: string): readonly X509Certificate[] | string {
  const blocks = blocksIn(value);
  if (typeof blocks === 'string') return blocks;
  if (blocks.some(({ label }) => label !== 'CERTIFICATE')) return 'holds something beside certificates';
  if (blocks.length > MOST_AUTHORITIES) {
    return `holds ${blocks.length} certificates; more than ${MOST_AUTHORITIES} are not taken`;
  }
  try {
    return blocks.map(({ pem }) => new X509Certificate(pem));
  } catch {
    return 'holds a certificate that cannot be read';
  }
}

function keyIn(value: string): KeyObject | string {
  const blocks = blocksIn(value);
  if (typeof blocks === 'string') return blocks;
  const [block] = blocks;
  if (!block || blocks.length > 1 || !block.label.endsWith('PRIVATE KEY')) return 'holds something else than one key';
  try {
    return createPrivateKey(relabelKey(block));
  } catch {
    return 'holds a key that cannot be read'; // The parser's words are about key material.
  }
}

/** The PEM blocks of a field that holds nothing else. */
function blocksIn(value: string): readonly PemBlock[] | string {
  if (value.length > MAX_LENGTH) return `has ${value.length} characters, which is too much for certificates`;
  const base64 = value.replaceAll(/\s/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return 'is not base64';
  const text = Buffer.from(base64, 'base64').toString('latin1');
  const blocks = pemBlocks(text);
  if (blocks.length === 0) return 'holds no PEM';
  const rest = blocks.reduce((left, { pem }) => left.replace(pem.trimEnd(), ''), text);
  return rest.trim() === '' ? blocks : 'holds something beside PEM';
}
