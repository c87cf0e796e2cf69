import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { CertificateFacts, Problem } from '../../preload/contract/index.ts';
import { certificateFacts, fingerprintOf } from './certificate-facts.ts';
import { authorityProblems, clientProblems } from './certificate-problems.ts';
import { Identity } from './identity.ts';
import { readPemField, relabelKey, type PemBlock } from './pem.ts';
import { Secret } from '../lib/secret.ts';

/** The credentials of a talosconfig context as they stand in the file: base64 of PEM. Empty means not set. */
export interface IdentityFields {
  readonly ca?: string | undefined;
  readonly crt?: string | undefined;
  readonly key?: string | undefined;
}

/** What was found before dialling. */
export interface IdentityReading {
  /** Missing when one of the problems is an error. */
  readonly identity?: Identity;
  /** Facts of the client certificate, also when it cannot be used. */
  readonly certificate?: CertificateFacts;
  /** Fingerprint of the CA certificate of `ca` that signed the client certificate, if one did. */
  readonly issuerFingerprint?: string;
  /** Lower-case hex SHA-256 of each readable CA certificate, sorted. Empty with the system's roots. */
  readonly caFingerprints: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks the credentials of a context without touching the network. A refused client certificate shows up on
 * the wire as nothing more than a closed connection, so everything that can be known here is said here.
 */
export function readIdentity(fields: IdentityFields, nowMs: number): IdentityReading {
  const problems: Problem[] = [];
  const authorities = fields.ca ? readAuthorities(fields.ca, problems) : undefined;
  if (authorities !== undefined) problems.push(...authorityProblems(authorities, nowMs));
  const client = readClient(fields, problems);
  const [leaf] = client.chain;
  if (leaf !== undefined) problems.push(...clientProblems(client.chain, authorities, nowMs));

  const isUsable = problems.every((problem) => problem.severity !== 'error');
  const identity = new Identity({
    ...(authorities && { ca: authorities.map((authority) => authority.toString()) }),
    ...(client.key && { client: { cert: client.chain.map((one) => one.toString()).join(''), key: client.key } }),
  });
  return {
    ...(isUsable && { identity }),
    ...(leaf !== undefined && { certificate: certificateFacts(leaf) }),
    ...issuerOf(leaf, authorities),
    caFingerprints: (authorities ?? []).map(fingerprintOf).sort(),
    problems,
  };
}

function issuerOf(
  leaf: X509Certificate | undefined,
  authorities: readonly X509Certificate[] | undefined,
): { readonly issuerFingerprint?: string } {
  const issuer = leaf && authorities?.find((one) => leaf.checkIssued(one) && leaf.verify(one.publicKey));
  return issuer === undefined ? {} : { issuerFingerprint: fingerprintOf(issuer) };
}

const FROM_BACKUP = 'Copy the context again from the talosconfig it came from, or take the talosconfig from a backup.';

function readCertificates(blocks: readonly PemBlock[]): { certificates: X509Certificate[]; broken: number } {
  const certificates: X509Certificate[] = [];
  let broken = 0;
  for (const block of blocks.filter(({ label }) => label === 'CERTIFICATE')) {
    try {
      certificates.push(new X509Certificate(block.pem));
    } catch {
      // What the parser says about broken bytes helps nobody; the caller reports how many there were.
      broken += 1;
    }
  }
  return { certificates, broken };
}

/** As Go does: unreadable certificates of a bundle are skipped, and only a bundle without any readable one fails. */
function readAuthorities(value: string, problems: Problem[]): readonly X509Certificate[] {
  const reading = readPemField('ca', value);
  if ('problem' in reading) {
    problems.push(reading.problem);
    return [];
  }
  const { certificates, broken } = readCertificates(reading.blocks);
  const hint = FROM_BACKUP;
  if (certificates.length === 0) {
    const message = broken === 0 ? 'ca holds no certificate.' : 'None of the certificates in ca can be read.';
    problems.push({ severity: 'error', message, hint, field: 'ca' });
  } else if (broken > 0) {
    const message = `${broken} of the ${broken + certificates.length} certificates in ca cannot be read; the others are used.`;
    problems.push({ severity: 'warning', message, hint, field: 'ca' });
  }
  return certificates;
}

interface Client {
  /** Leaf first. */
  readonly chain: readonly X509Certificate[];
  readonly key?: Secret;
}

function readClient({ crt, key }: IdentityFields, problems: Problem[]): Client {
  if (!crt && !key) return { chain: [] };
  const chain = crt ? readChain(crt, problems) : [];
  const privateKey = key ? readKey(key, problems) : undefined;
  if (!crt || !key) {
    const [present, missing] = crt ? ['crt', 'key'] : ['key', 'crt'];
    const message = `The context has ${present} but no ${missing}; they are only useful together.`;
    problems.push({ severity: 'error', message, hint: FROM_BACKUP, field: missing });
    return { chain };
  }
  const [leaf] = chain;
  if (leaf === undefined || privateKey === undefined) return { chain };
  if (!leaf.checkPrivateKey(privateKey.parsed)) {
    const message = 'The key does not belong to the client certificate: crt and key come from different sources.';
    problems.push({ severity: 'error', message, hint: FROM_BACKUP, field: 'key' });
    return { chain };
  }
  return { chain, key: privateKey.pem };
}

function readChain(value: string, problems: Problem[]): readonly X509Certificate[] {
  const reading = readPemField('crt', value);
  if ('problem' in reading) {
    problems.push(reading.problem);
    return [];
  }
  const { certificates, broken } = readCertificates(reading.blocks);
  if (certificates.length > 0 && broken === 0) return certificates;
  const message = broken === 0 ? 'crt holds no certificate.' : 'The certificate in crt cannot be read.';
  problems.push({ severity: 'error', message, hint: FROM_BACKUP, field: 'crt' });
  return [];
}

function readKey(value: string, problems: Problem[]): { parsed: KeyObject; pem: Secret } | undefined {
  const reading = readPemField('key', value);
  if ('problem' in reading) {
    problems.push(reading.problem);
    return undefined;
  }
  const block = reading.blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  const report = (message: string, hint = FROM_BACKUP): undefined => {
    problems.push({ severity: 'error', message, hint, field: 'key' });
  };
  if (block === undefined) return report('key holds no private key.');
  if (block.label === 'ENCRYPTED PRIVATE KEY' || block.pem.includes('ENCRYPTED')) {
    return report('The private key is protected by a passphrase, which Talos tools cannot use.', DECRYPT);
  }
  const pem = relabelKey(block);
  try {
    return { parsed: createPrivateKey(pem), pem: new Secret(pem) };
  } catch {
    // The parser's own words are left out on purpose: they are about key material.
    return report('The private key in key cannot be read.');
  }
}

const DECRYPT = 'Store the key without a passphrase: openssl pkey -in key.pem -out plain.pem';
