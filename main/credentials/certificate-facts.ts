import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../preload/contract/index.ts';
import { certificateFingerprint } from '../lib/certificate-fingerprint.ts';

/** Object identifiers of the extended key usages that matter here. */
export const USAGE = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;

/** Certificates with longer names or more roles are nobody's; only their beginning is shown. */
const MAX_NAME_LENGTH = 1_024;
const MAX_ROLES = 100;

/** What a certificate says, as plain data that may be shown. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    roles: rolesOf(certificate).slice(0, MAX_ROLES),
    notBeforeMs: certificate.validFromDate.getTime(),
    notAfterMs: certificate.validToDate.getTime(),
    fingerprint: certificateFingerprint(certificate),
    serial: certificate.serialNumber.slice(0, MAX_NAME_LENGTH),
  };
}

/** Object identifiers of the extended key usages, in the certificate's order; empty when the extension is missing. */
export function extendedKeyUsages(certificate: X509Certificate): readonly string[] {
  // Node's types promise a list; without the extension there is none.
  return certificate.keyUsage ?? [];
}

/** Talos roles: every Organization value, trimmed, without repetitions, sorted bytewise. Unknown ones are kept. */
export function rolesOf(certificate: X509Certificate): readonly string[] {
  const subject = certificate.toLegacyObject().subject as unknown as Record<string, string | string[] | undefined>;
  const values = [subject['O'] ?? []].flat().map((value) => value.trim().slice(0, MAX_NAME_LENGTH));
  const roles = [...new Set(values)].filter((value) => value !== '');
  return roles.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Node puts each part of a name on its own line. An empty name is said to be so. */
export function oneLine(name: string | undefined): string {
  if (name === undefined || name === '') return '(empty)';
  const line = name.slice(0, MAX_NAME_LENGTH).replaceAll('\n', ', ');
  return name.length > MAX_NAME_LENGTH ? `${line}…` : line;
}
