import type { PeerCertificate as NodePeerCertificate } from 'node:tls';

/** What a server's certificate says; may be shown. Fits `EndpointStatus.certificate` of the contract. */
export interface PeerCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Addresses and host names it is valid for, without their kind. */
  readonly names: readonly string[];
}

/** A server may have any names; these are shown. */
const MAX_NAMES = 100;
const MAX_NAME_LENGTH = 500;

type Name = Readonly<Record<string, string | string[] | undefined>>;

/** Facts of a certificate as the TLS socket gives it; empty texts and NaN where it says nothing. */
export function readPeerCertificate(certificate: NodePeerCertificate): PeerCertificate {
  return {
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    notBeforeMs: Date.parse(certificate.valid_from),
    notAfterMs: Date.parse(certificate.valid_to),
    names: alternativeNames(certificate.subjectaltname),
  };
}

function nameText(name: Name | undefined): string {
  return Object.entries(name ?? {})
    .flatMap(([key, value]) => [value ?? []].flat().map((one) => `${key}=${one}`))
    .join(', ')
    .slice(0, MAX_NAME_LENGTH);
}

function alternativeNames(text: string | undefined): string[] {
  if (text === undefined || text === '') return [];
  return text
    .split(', ', MAX_NAMES)
    .map((one) => one.replace(/^(DNS|IP Address|URI|email):/, '').slice(0, MAX_NAME_LENGTH));
}
