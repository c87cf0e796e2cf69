import { X509Certificate } from 'node:crypto';
import { certificateFingerprint } from '../lib/certificate-fingerprint.ts';
import type { PlainMap } from '../yaml/plain-value.ts';
import { textOf } from './kubeconfig.ts';

/** Text of the files that a kubeconfig names, by the path as written there. */
export type CertificateFiles = ReadonlyMap<string, string>;

/** Where every certificate stands in the kubeconfig itself. */
export const NO_CERTIFICATE_FILES: CertificateFiles = new Map();

const CERTIFICATE = /-----BEGIN CERTIFICATE-----(?:(?!-----)[\s\S])*-----END CERTIFICATE-----/g;

/** Twice what all authorities of an operating system are; what is longer names nobody. */
const MAX_LENGTH = 512 * 1024;

/** Certificates in a `…-data` field (base64 of PEM); those that cannot be read are left out. */
export function certificatesOf(base64: string): readonly X509Certificate[] {
  return base64 === '' || base64.length > MAX_LENGTH
    ? []
    : certificatesIn(Buffer.from(base64, 'base64').toString('latin1'));
}

function certificatesIn(pem: string): readonly X509Certificate[] {
  if (pem.length > MAX_LENGTH) return [];
  return [...pem.matchAll(CERTIFICATE)].flatMap(([block]) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return []; // It names nobody then; what kubectl makes of it is kubectl's.
    }
  });
}

/** The path of the file that holds a field's certificates; `''` when they stand in the kubeconfig, which wins. */
export function certificateFileOf(entry: PlainMap, field: 'certificate-authority' | 'client-certificate'): string {
  return textOf(entry.get(`${field}-data`)) === '' ? textOf(entry.get(field)) : '';
}

/** The authorities a cluster entry trusts. */
export function authoritiesOf(cluster: PlainMap, files: CertificateFiles): readonly X509Certificate[] {
  const file = certificateFileOf(cluster, 'certificate-authority');
  if (file !== '') return certificatesIn(files.get(file) ?? '');
  return certificatesOf(textOf(cluster.get('certificate-authority-data')));
}

/** The client certificate of a user entry. */
export function clientCertificateOf(user: PlainMap, files: CertificateFiles): X509Certificate | undefined {
  const file = certificateFileOf(user, 'client-certificate');
  if (file !== '') return certificatesIn(files.get(file) ?? '')[0];
  return certificatesOf(textOf(user.get('client-certificate-data')))[0];
}

/** Lower-case hex SHA-256 of each authority of a cluster entry, sorted, without repetitions. */
export function authorityFingerprints(cluster: PlainMap, files: CertificateFiles): readonly string[] {
  return fingerprintsOf(authoritiesOf(cluster, files));
}

/** The same of the certificates in a file. */
export const fingerprintsIn = (pem: string): readonly string[] => fingerprintsOf(certificatesIn(pem));

const fingerprintsOf = (certificates: readonly X509Certificate[]): readonly string[] =>
  [...new Set(certificates.map(certificateFingerprint))].sort();

/** True when one of the authorities signed the certificate. */
export function isSignedBy(certificate: X509Certificate, authorities: readonly X509Certificate[]): boolean {
  return authorities.some((authority) => {
    try {
      return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
    } catch {
      return false; // A key type that this runtime does not verify proves nothing.
    }
  });
}
