import { X509Certificate } from 'node:crypto';
import { oneLine } from '../../credentials/certificate-facts.ts';
import { pemBlocks } from '../../credentials/pem.ts';
import { yamlValue } from '../commands/resources/yaml-value.ts';

/** A certificate that a resource holds. */
export interface HeldCertificate {
  /** Where in the spec: `server`, `acceptedCAs[0]`. */
  readonly place: string;
  readonly subject: string;
  readonly issuer: string;
  readonly isAuthority: boolean;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** No resource of Talos holds more, or deeper, or longer ones. */
const MOST = 64;
const DEEPEST = 8;
const MOST_VALUES = 2_000;
const LONGEST = 64 * 1024;

/**
 * The certificates in the text of a spec, base64 of PEM or PEM itself, in its order. Whatever else stands there, keys above
 * all, is passed over and goes no further. Undefined for what is no YAML.
 */
export function heldCertificates(yaml: string): readonly HeldCertificate[] | undefined {
  const spec = yamlValue(yaml, 'failsafe');
  if (spec === undefined) return undefined;
  const found: HeldCertificate[] = [];
  let values = 0;
  const walk = (value: unknown, place: string, depth: number): void => {
    if (++values > MOST_VALUES || depth > DEEPEST || found.length >= MOST) return;
    if (typeof value === 'string') found.push(...certificatesIn(value, place).slice(0, MOST - found.length));
    else if (Array.isArray(value)) value.forEach((one, index) => walk(one, `${place}[${index}]`, depth + 1));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        // What is called a certificate or an authority goes by what it stands in.
        const own = key === 'crt' || key === 'cert' ? place : place === '' ? key : `${place}.${key}`;
        walk(one, own, depth + 1);
      }
    }
  };
  walk(spec, '', 0);
  return found;
}

function certificatesIn(text: string, place: string): readonly HeldCertificate[] {
  if (text.length > LONGEST) return [];
  const pem = text.includes('-----BEGIN ')
    ? text
    : text.startsWith('LS0t')
      ? Buffer.from(text, 'base64').toString('latin1')
      : '';
  return pemBlocks(pem).flatMap((block) => {
    if (block.label !== 'CERTIFICATE') return [];
    try {
      const certificate = new X509Certificate(block.pem);
      return [
        {
          place: place === '' ? 'crt' : place,
          subject: oneLine(certificate.subject),
          issuer: oneLine(certificate.issuer),
          isAuthority: certificate.ca,
          notBeforeMs: certificate.validFromDate.getTime(),
          notAfterMs: certificate.validToDate.getTime(),
        },
      ];
    } catch {
      return []; // What cannot be read as one is none.
    }
  });
}
