import { X509Certificate } from 'node:crypto';
import type { PlainMap } from '../plain-value.ts';
import { textOf } from './kubeconfig.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----(?:(?!-----)[\s\S])*-----END CERTIFICATE-----/g;

/** Certificates in a `…-data` field (base64 of PEM); those that cannot be read are left out. */
export function certificatesOf(base64: string): readonly X509Certificate[] {
  if (base64 === '') return [];
  const pem = Buffer.from(base64, 'base64').toString('latin1');
  return [...pem.matchAll(CERTIFICATE)].flatMap(([block]) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return []; // It names nobody then; what kubectl makes of it is kubectl's.
    }
  });
}

/** The authorities a cluster entry trusts, as far as they stand in the file itself. */
export const authoritiesOf = (cluster: PlainMap): readonly X509Certificate[] =>
  certificatesOf(textOf(cluster.get('certificate-authority-data')));

/** The client certificate of a user entry, if it stands in the file itself. */
export const clientCertificateOf = (user: PlainMap): X509Certificate | undefined =>
  certificatesOf(textOf(user.get('client-certificate-data')))[0];

/** Lower-case hex SHA-256 of a certificate. */
export const fingerprintOf = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

/** Lower-case hex SHA-256 of each authority of a cluster entry, sorted, without repetitions. */
export function authorityFingerprints(cluster: PlainMap): readonly string[] {
  return [...new Set(authoritiesOf(cluster).map(fingerprintOf))].sort();
}

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
