import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../preload/contract/index.ts';
import { certificateFingerprint } from '../lib/certificate-fingerprint.ts';
import { readCertificates } from './authorities.ts';
import { certificateFacts } from './certificate-facts.ts';
import { isIssuedBy, judgeClient, type HandedOutClient } from './handed-out-client.ts';
import { pemBlocks } from './pem.ts';

/** What a new certificate was asked for with, and by whom. */
export interface IssueWish {
  readonly roles: readonly string[];
  readonly hours: number;
  /** The context that asked, base64 of PEM as in its file. */
  readonly context: { readonly ca?: string | undefined; readonly crt?: string | undefined };
}

/** What it says, or in words what differs from what was asked for. */
export type JudgedIssue = { readonly certificate: CertificateFacts } | { readonly differs: string };

const HOUR_MS = 3_600_000;
/** How far a life may be off what was asked for: a tenth, and at least this. */
const LIFETIME_TOLERANCE_MS = 10 * 60_000;

/**
 * Judges a Talos certificate that a cluster issued: by the context's own authority, with the roles and about the life that
 * were asked for, for the same name and kind of key.
 */
export function judgeIssued(issued: HandedOutClient, wish: IssueWish, nowMs: number): JudgedIssue {
  const judged = judgeClient(issued, nowMs);
  if ('why' in judged) return { differs: `${judged.field} ${judged.why}` };
  const { authorities, certificate } = judged;
  const known = certificatesOf(wish.context.ca);
  const [old] = certificatesOf(wish.context.crt);
  const facts = certificateFacts(certificate);
  const differs =
    authorityDiffers(certificate, authorities, known, old) ??
    rolesDiffer(facts.roles, wish.roles) ??
    lifetimeDiffers(facts, wish.hours) ??
    nameDiffers(certificate, old) ??
    keyKindDiffers(certificate, [old, ...known]);
  return differs === undefined ? { certificate: facts } : { differs };
}

function authorityDiffers(
  certificate: X509Certificate,
  sent: readonly X509Certificate[],
  known: readonly X509Certificate[],
  old: X509Certificate | undefined,
): string | undefined {
  if (known.length === 0) {
    // Nothing to compare with but what signed the certificate in use.
    const isSame = old !== undefined && sent.some((one) => isIssuedBy(old, one));
    return isSame ? undefined : 'ca is not the authority that issued the certificate in use';
  }
  const fingerprints = new Set(known.map(certificateFingerprint));
  if (!sent.every((one) => fingerprints.has(certificateFingerprint(one)))) {
    return 'ca is another authority than the one of this context';
  }
  return known.some((one) => isIssuedBy(certificate, one)) ? undefined : 'crt is not signed by the context’s authority';
}

function rolesDiffer(has: readonly string[], asked: readonly string[]): string | undefined {
  const wanted = [...new Set(asked)].sort();
  if ([...has].sort().join('\n') === wanted.join('\n')) return undefined;
  const words = (roles: readonly string[]): string => (roles.length === 0 ? 'no role' : listed(roles));
  return `the certificate has ${words(has)} where ${words(wanted)} ${wanted.length === 1 ? 'was' : 'were'} asked for`;
}

/** Foreign names in a sentence: short. */
const listed = (names: readonly string[]): string => {
  const text = names
    .slice(0, 5)
    .join(', ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
  return names.length > 5 || text.length > 100 ? `${text.slice(0, 100)}…` : text;
};

function lifetimeDiffers({ notBeforeMs, notAfterMs }: CertificateFacts, hours: number): string | undefined {
  const askedMs = hours * HOUR_MS;
  const toleranceMs = Math.max(LIFETIME_TOLERANCE_MS, askedMs / 10);
  const lifeMs = notAfterMs - notBeforeMs;
  if (Math.abs(lifeMs - askedMs) <= toleranceMs) return undefined;
  return `the certificate is valid for ${lifeWords(lifeMs)} where ${lifeWords(askedMs)} were asked for`;
}

const lifeWords = (ms: number): string =>
  ms < 2 * HOUR_MS ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / HOUR_MS)} h`;

/** Talos writes roles and nothing else into a subject. What the old one had beside them may go, but not change. */
function nameDiffers(certificate: X509Certificate, old: X509Certificate | undefined): string | undefined {
  const known = new Set(namesOf(old));
  const foreign = namesOf(certificate).find((part) => !known.has(part));
  return foreign === undefined ? undefined : `the certificate is for another subject (${listed([foreign])})`;
}

const namesOf = (certificate: X509Certificate | undefined): readonly string[] =>
  certificate === undefined || certificate.subject === undefined
    ? []
    : certificate.subject.split(/\n| \+ /).filter((part) => part !== '' && !part.startsWith('O='));

/** The cluster makes keys of its authority's kind; those of the certificate in use are accepted as well. */
function keyKindDiffers(
  certificate: X509Certificate,
  known: readonly (X509Certificate | undefined)[],
): string | undefined {
  const kind = kindOf(certificate);
  const kinds = [...new Set(known.flatMap((one) => (one ? [kindOf(one)] : [])))];
  if (kinds.length === 0 || kinds.includes(kind)) return undefined;
  return `the key is of another kind (${kind}, not ${kinds.join(' or ')})`;
}

const kindOf = ({ publicKey }: X509Certificate): string => publicKey.asymmetricKeyType ?? 'unknown';

/** The certificates of a context's field; what cannot be read is said elsewhere. */
const certificatesOf = (value: string | undefined): readonly X509Certificate[] =>
  readCertificates(pemBlocks(Buffer.from(value ?? '', 'base64').toString('latin1'))).certificates;
