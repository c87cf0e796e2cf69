import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import type { CertificateFacts, Problem } from '../../preload/contract/index.ts';
import { FROM_BACKUP, readCertificates, type Authority, type AuthorityMemo } from './authorities.ts';
import { certificateFacts } from './certificate-facts.ts';
import { authorityProblems, clientProblems } from './certificate-problems.ts';
import { readPemField, relabelKey } from './pem.ts';

/** The credentials of a talosconfig context as they stand in the file: base64 of PEM. Empty means not set. */
export interface IdentityFields {
  readonly ca?: string | undefined;
  readonly crt?: string | undefined;
  readonly key?: string | undefined;
}

/** What was found out about credentials, as plain data without key material: it may cross to and from a worker. */
export interface CheckedCredentials {
  /** Facts of the client certificate, also when it cannot be used. */
  readonly certificate?: CertificateFacts;
  /** Fingerprint of the CA certificate of `ca` that signed the client certificate, if one did. */
  readonly issuerFingerprint?: string;
  /** Lower-case hex SHA-256 of each readable CA certificate, sorted. Empty with the system's roots. */
  readonly caFingerprints: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * `quick` takes the word of names and key identifiers for who issued a certificate and leaves out its signature, which is
 * half of the work. A broken signature, or an authority made anew under an old name, is then not seen.
 */
export type CheckDepth = 'full' | 'quick';

/**
 * Checks the credentials of a context without touching the network. A refused client certificate shows up on the wire as
 * nothing more than a closed connection, so everything that can be known here is said here.
 */
export function checkCredentials(
  fields: IdentityFields,
  nowMs: number,
  memo: AuthorityMemo,
  depth: CheckDepth = 'full',
): CheckedCredentials {
  const problems: Problem[] = [];
  const reading = fields.ca ? memo.read(fields.ca) : undefined;
  const authorities = reading?.authorities;
  if (reading !== undefined) {
    problems.push(...reading.problems);
    problems.push(...authorityProblems(reading.authorities, nowMs));
  }
  const chain = readClient(fields, problems);
  const [leaf] = chain;
  const caFingerprints = (authorities ?? []).map(({ fingerprint }) => fingerprint).sort();
  if (leaf === undefined) return { caFingerprints, problems };
  const certificate = certificateFacts(leaf);
  const issuer = authorities && issuerOf(leaf, authorities, depth);
  problems.push(...clientProblems({ chain, certificate, authorities, issuer }, nowMs));
  return { certificate, ...(issuer && { issuerFingerprint: issuer.fingerprint }), caFingerprints, problems };
}

function issuerOf(leaf: X509Certificate, authorities: readonly Authority[], depth: CheckDepth): Authority | undefined {
  return authorities.find(
    ({ certificate, key }) => leaf.checkIssued(certificate) && (depth === 'quick' || leaf.verify(key)),
  );
}

/** The client certificate's chain, leaf first. */
function readClient({ crt, key }: IdentityFields, problems: Problem[]): readonly X509Certificate[] {
  if (!crt && !key) return [];
  const chain = crt ? readChain(crt, problems) : [];
  const privateKey = key ? readKey(key, problems) : undefined;
  if (!crt || !key) {
    const [present, missing] = crt ? ['crt', 'key'] : ['key', 'crt'];
    const message = `The context has ${present} but no ${missing}; they are only useful together.`;
    problems.push({ severity: 'error', message, hint: FROM_BACKUP, field: missing });
    return chain;
  }
  const [leaf] = chain;
  if (leaf !== undefined && privateKey !== undefined && !leaf.checkPrivateKey(privateKey)) {
    const message = 'The key does not belong to the client certificate: crt and key come from different sources.';
    problems.push({ severity: 'error', message, hint: FROM_BACKUP, field: 'key' });
  }
  return chain;
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

function readKey(value: string, problems: Problem[]): KeyObject | undefined {
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
  try {
    return createPrivateKey(relabelKey(block));
  } catch {
    // The parser's own words are left out on purpose: they are about key material.
    return report('The private key in key cannot be read.');
  }
}

const DECRYPT = 'Store the key without a passphrase: openssl pkey -in key.pem -out plain.pem';
