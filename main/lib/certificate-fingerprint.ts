import type { X509Certificate } from 'node:crypto';

/** Lower-case hex SHA-256 of the DER of a certificate, without colons. */
export const certificateFingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();
