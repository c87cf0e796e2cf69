import { X509Certificate, type KeyObject } from 'node:crypto';
import type { Problem } from '../../preload/contract/index.ts';
import { certificateFingerprint } from '../lib/certificate-fingerprint.ts';
import { readPemField, type PemBlock } from './pem.ts';

/** What to do about credentials that are broken as they stand in the file. */
export const FROM_BACKUP =
  'Copy the context again from the talosconfig it came from, or take the talosconfig from a backup.';

/** A CA certificate with what checking leaves against it needs. */
export interface Authority {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  readonly fingerprint: string;
}

/** The `ca` field of a context. Holds no problem that depends on the time. */
export interface AuthoritiesReading {
  readonly authorities: readonly Authority[];
  readonly problems: readonly Problem[];
}

/** Most texts kept by {@link AuthorityMemo}: a file has a CA per cluster, and most files have few. */
const MOST_KEPT = 2000;

/** Reads `ca` fields, each text once: the contexts of a cluster share it. */
export class AuthorityMemo {
  readonly #known = new Map<string, AuthoritiesReading>();

  read(value: string): AuthoritiesReading {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const reading = readAuthorities(value);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(value, reading);
    return reading;
  }
}

/** As Go does: unreadable certificates of a bundle are skipped, and only a bundle without any readable one fails. */
function readAuthorities(value: string): AuthoritiesReading {
  const reading = readPemField('ca', value);
  if ('problem' in reading) return { authorities: [], problems: [reading.problem] };
  const { certificates, broken } = readCertificates(reading.blocks);
  const hint = FROM_BACKUP;
  const authorities = certificates.map((certificate) => ({
    certificate,
    key: certificate.publicKey,
    fingerprint: certificateFingerprint(certificate),
  }));
  if (certificates.length === 0) {
    const message = broken === 0 ? 'ca holds no certificate.' : 'None of the certificates in ca can be read.';
    return { authorities, problems: [{ severity: 'error', message, hint, field: 'ca' }] };
  }
  if (broken === 0) return { authorities, problems: [] };
  const message = `${broken} of the ${broken + certificates.length} certificates in ca cannot be read; the others are used.`;
  return { authorities, problems: [{ severity: 'warning', message, hint, field: 'ca' }] };
}

/** The certificates among PEM blocks, and how many could not be read. */
export function readCertificates(blocks: readonly PemBlock[]): {
  readonly certificates: readonly X509Certificate[];
  readonly broken: number;
} {
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
